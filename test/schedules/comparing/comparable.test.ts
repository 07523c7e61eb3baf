import assert from 'node:assert/strict';
import {
  comparableSchedules,
  otherOptimizers,
  reducedOptimizers,
  unusedSchedules,
  withFileNames,
} from '../../../schedules/comparing/comparable.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

const read = (text: string) => readSchedules('document.py', text);

const code = `import optax

warmup = optax.linear_schedule(0.0, 1e-3, 100)
idle = optax.cosine_decay_schedule(1e-3, 1000)
first = optax.adamw(learning_rate=warmup, weight_decay=0.01)
second = optax.chain(optax.clip_by_global_norm(1.0), optax.sgd(1e-4, momentum=0.9))
third = optax.adafactor(learning_rate=warmup)
by_hand = optax.sgd(lambda step: 1e-3 / (step + 1))
`;

describe('What is compared in a text', () => {
  it('is every learning rate that an optimizer is given, with the optimizer', () => {
    const found = comparableSchedules(read(code));
    assert.deepEqual(
      found.map(({ name, function: f, optimizer }) => [name, f, optimizer?.name]),
      [
        ['warmup', 'linear_schedule', 'adamw'],
        ['second', 'constant', 'sgd'],
        ['warmup#2', 'linear_schedule', undefined],
        ['by_hand', 'lambda', 'sgd'],
      ],
    );
    assert.equal(found[0]?.optimizer?.args['weight_decay'], 0.01);
    assert.equal(found[1]?.optimizer?.clipByGlobalNorm, 1);
  });

  it('is every schedule where there is no optimizer', () => {
    const names = comparableSchedules(
      read(code.replaceAll(/^.*optax\.(adam|chain|adaf|sgd).*$/gm, '')),
    );
    assert.deepEqual(
      names.map(({ name }) => name),
      ['warmup', 'idle'],
    );
  });

  it('has the form that a schedule has in JSON, which reads back as the same curve', () => {
    const [warmup, plain, , byHand] = comparableSchedules(read(code));
    assert.ok(warmup && plain);
    assert.deepEqual(warmup.form, {
      function: 'linear_schedule',
      args: { init_value: 0, end_value: 1e-3, transition_steps: 100 },
    });
    assert.deepEqual(plain.form, { function: 'constant_schedule', args: { value: 1e-4 } });
    assert.equal(byHand?.form, undefined);
    const schedules = [warmup, plain].map(({ name, form }) => ({ name, ...form }));
    const { definitions } = readSchedules('document.json', JSON.stringify({ schedules }));
    for (const [i, one] of [warmup, plain].entries()) {
      for (const step of [0, 1, 57, 100, 500]) {
        assert.equal(definitions[i]?.schedule?.schedule(step), one.schedule.schedule(step));
      }
    }
  });

  it('offers beside it the schedules that no optimizer is given', () => {
    assert.deepEqual(
      unusedSchedules(read(code)).map(({ name }) => name),
      ['idle'],
    );
    assert.deepEqual(unusedSchedules(read('import optax\na = optax.constant_schedule(1.0)')), []);
  });

  it('names the optimizers that no comparison has, once', () => {
    assert.deepEqual(otherOptimizers(read(code)), ['adafactor']);
  });

  it('names the chain that makes an optimizer another one', () => {
    const decayed = 'tx = optax.chain(optax.add_decayed_weights(5e-4), optax.sgd(1e-2, 0.9))';
    assert.deepEqual(otherOptimizers(read(`import optax\n${decayed}\n`)), [
      'chain(add_decayed_weights, sgd)',
    ]);
  });

  it('names what a comparison trains without a part of it, once', () => {
    const text = [
      'import optax',
      'a = optax.MultiSteps(optax.adam(1e-3), 4)',
      'b = optax.MultiSteps(optax.adam(1e-4), 8)',
      'c = optax.adamw(1e-3, mask=decays)',
      'd = optax.lookahead(optax.adafactor(1e-3), 5, 0.5)',
      'e = optax.sgd(1e-3)',
    ].join('\n');
    assert.deepEqual(reducedOptimizers(read(text)), [
      'adam without MultiSteps',
      'adamw without mask',
    ]);
    assert.deepEqual(otherOptimizers(read(text)), ['adafactor']);
  });

  it('is one run of a chain that has two schedules, of which neither is offered beside it', () => {
    const text = [
      'import optax',
      'decay = optax.cosine_decay_schedule(1e-3, 1000)',
      'warm = optax.linear_schedule(0.0, 1.0, 100)',
      'tx = optax.chain(optax.adam(decay), optax.scale_by_schedule(warm))',
    ].join('\n');
    const [only, ...others] = comparableSchedules(read(text));
    assert.deepEqual([only?.name, only?.form, others], ['decay', undefined, []]);
    assert.deepEqual(unusedSchedules(read(text)), []);
  });

  it('tells schedules of one name in two files apart', () => {
    const schedules = [{ name: 'a' }, { name: 'b' }];
    const named = withFileNames([
      { file: 'one.py', schedules },
      { file: 'two.py', schedules: [{ name: 'a' }] },
    ]);
    assert.deepEqual(
      named.map(({ name }) => name),
      ['one.py: a', 'b', 'two.py: a'],
    );
  });
});
