import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { assumptionTitle, boundNames, scheduleLenses } from '../../../schedules/language/lenses.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import { program, read } from '../reading/python/readProgram.ts';

const titles = (...lines: readonly string[]): readonly string[] =>
  scheduleLenses(program(...lines), read(program(...lines))).map(({ title }) => title);

describe('The lens above a schedule', () => {
  it('tells its length and its first and last rate', () => {
    assert.deepEqual(titles('a = optax.linear_schedule(1e-4, 1e-5, 2350)'), [
      '2350 steps, 1e-4 → 1e-5',
    ]);
  });

  it('tells the peak where it is higher than both ends', () => {
    assert.deepEqual(titles('a = optax.warmup_cosine_decay_schedule(0, 3e-4, 100, 1000, 1e-5)'), [
      '1000 steps, 0 → 3e-4 → 1e-5',
    ]);
    assert.deepEqual(titles('a = optax.linear_schedule(0, 1e-3, 1000)'), ['1000 steps, 0 → 1e-3']);
  });

  it('calls constant what never changes', () => {
    assert.deepEqual(titles('a = optax.constant_schedule(0.1)'), ['constant 0.1']);
    assert.deepEqual(titles('a = optax.polynomial_schedule(1e-3, 0, 0, 100)'), ['constant 1e-3']);
  });

  it('follows a decay without an end as far as the training, else for one period', () => {
    const decay = 'a = optax.exponential_decay(0.8, 100, 0.5)';
    assert.deepEqual(titles(decay), ['100 steps, 0.8 → 0.4']);
    const training = ['epochs = 3', 'steps_per_epoch = 100'];
    assert.deepEqual(titles(...training, decay), ['300 steps, 0.8 → 0.1']);
  });

  it('follows a schedule that is written by hand', () => {
    const lines = ['def rise_and_fall(step):', '    return 0.1 * min(step / 10, 1 - step / 100)'];
    const [title = ''] = titles(...lines);
    assert.match(title, /^\d+ steps, 0 → 0\.0\d+ → -/);
  });

  it('says that Optax refuses it', () => {
    assert.deepEqual(titles('a = optax.cosine_decay_schedule(0.1, -5)'), [
      'no curve: Optax refuses these arguments',
    ]);
  });

  it('shares a line with few others, under their names, and counts the rest', () => {
    const [first, second, third, rest] = titles(
      'd = {n: optax.constant_schedule(n) for n in (1, 2, 3, 4, 5)}',
    );
    assert.deepEqual(
      [first, second, third, rest],
      ['d[1]: constant 1', 'd[2]: constant 2', 'd[3]: constant 3', 'and 2 more'],
    );
  });

  it('names what the schedule rests on', () => {
    const text = program(
      'def create(lr, total_steps):',
      '    return optax.warmup_cosine_decay_schedule(0, lr, warmup_steps, total_steps)',
    );
    const [lens] = scheduleLenses(text, read(text));
    assert.deepEqual(lens?.assumptions.map(assumptionTitle).toSorted(), [
      'assumes lr = 0.001',
      'assumes total_steps = 10000',
      'assumes warmup_steps = 1000',
    ]);
  });

  it('stands above schedules of a JSON file', () => {
    const json = `{"schedules": [
      {"name": "a", "function": "linear_schedule",
        "args": {"init_value": 1, "end_value": 0, "transition_steps": 10}}
    ]}`;
    const [lens] = scheduleLenses(json, readSchedules('a.schedules.json', json));
    assert.equal(lens?.title, '10 steps, 1 → 0');
    assert.equal(json.indexOf('{"name"'), lens.span.from);
  });
});

describe('The lens of a value that the user has set', () => {
  it('stands where the name stands first, but in no comment and no longer name', () => {
    const text = '# n\nn_steps = 1\nself.n = 2\nuse(n, config["n"])\n';
    assert.deepEqual(boundNames(text, ['n', 'config["n"]', 'absent']), [
      { name: 'n', span: { from: text.indexOf('n, '), to: text.indexOf('n, ') + 1 } },
      {
        name: 'config["n"]',
        span: { from: text.indexOf('config'), to: text.indexOf('config') + 'config["n"]'.length },
      },
    ]);
  });
});
