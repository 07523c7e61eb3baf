import assert from 'node:assert/strict';
import { withoutBlanks, type Completion } from '../../../schedules/language/completion.ts';
import { pythonCompletions } from '../../../schedules/language/pythonCompletions.ts';
import { scheduleFunctions } from '../../../schedules/optax/catalog.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import { atCursor } from '../../support/cursor.ts';

function itemsAt(marked: string): readonly Completion[] {
  const { text, offset } = atCursor(marked);
  return pythonCompletions(text, readSchedules('train.py', text), offset);
}

const labelsAt = (marked: string): readonly string[] => itemsAt(marked).map(({ label }) => label);

/** The text with an item put in, its cursor's line alone. */
function put(marked: string, label: string): string {
  const { text } = atCursor(marked);
  const item = itemsAt(marked).find((one) => one.label === label);
  assert.ok(item, `${label} is offered among ${labelsAt(marked).join(', ')}`);
  const { from, to } = item.span;
  const changed = text.slice(0, from) + withoutBlanks(item.text) + text.slice(to);
  return changed.slice(changed.lastIndexOf('\n', from - 1) + 1).split('\n', 1)[0] ?? '';
}

const names = 'import optax\nepochs = 10\nlearning_rate = 3e-4\ntotal_steps = epochs * 235\n';

describe('Completion of schedules in Python', () => {
  it('offers every schedule function after the module, with its arguments filled in', () => {
    const all = scheduleFunctions.map(({ name }) => name);
    assert.deepEqual(labelsAt(`${names}schedule = optax.|`), all);
    assert.deepEqual(labelsAt('import optax as ox\nschedule = ox.|'), all);
    assert.deepEqual(labelsAt('schedule = optax.schedules.|'), all);
    assert.equal(
      put(`${names}schedule = optax.cos|`, 'cosine_decay_schedule'),
      'schedule = optax.cosine_decay_schedule(init_value=learning_rate, decay_steps=total_steps)',
    );
    assert.equal(
      put('schedule = optax.|', 'warmup_cosine_decay_schedule'),
      'schedule = optax.warmup_cosine_decay_schedule(init_value=0.0, peak_value=1e-3, warmup_steps=1000, decay_steps=10000)',
    );
    assert.equal(
      put(`${names}schedule = optax.|`, 'join_schedules'),
      'schedule = optax.join_schedules(schedules=[optax.linear_schedule(init_value=0.0, end_value=learning_rate, transition_steps=int(0.1 * total_steps)), optax.cosine_decay_schedule(init_value=learning_rate, decay_steps=total_steps - int(0.1 * total_steps))], boundaries=[int(0.1 * total_steps)])',
    );
  });

  it('makes calls that Optax accepts, of whatever function, with or without names', () => {
    for (const before of ['import optax\n', names, `${names}def f(cfg, warmup_steps):\n  `]) {
      for (const { label, text } of itemsAt(`${before}schedule = optax.|`)) {
        const written = `${before}schedule = optax.${withoutBlanks(text)}`;
        const { calls, findings, unreachedCalls } = readSchedules('train.py', written);
        const call = [...calls, ...(unreachedCalls?.() ?? [])].find(
          (one) => one.function === label,
        );
        assert.ok(call?.schedule, `${written}: ${findings.map(({ message }) => message).join()}`);
      }
    }
  });

  it('offers the schedules of the text and all functions for the rate of an optimizer', () => {
    const text = `${names}cosine = optax.cosine_decay_schedule(1e-3, 100)\ndef custom(step):\n  return 0.1 / step\nother = custom\n`;
    const labels = labelsAt(`${text}optimizer = optax.adamw(learning_rate=|)`);
    assert.deepEqual(labels.slice(0, 3), ['other', 'custom', 'cosine']);
    assert.equal(labels[3], 'optax.constant_schedule');
    assert.deepEqual(labelsAt(`${text}optimizer = optax.sgd(|`), labels);
    assert.deepEqual(labelsAt(`${text}optimizer = optax.sgd(0.1, |`), []);
    assert.deepEqual(labelsAt(`${text}optimizer = optax.adamw(b1=|`), []);
    const local = 'import optax\ndef f():\n  local = optax.linear_schedule(1, 0, 9)\n  ';
    assert.equal(labelsAt(`${local}return optax.sgd(|`)[0], 'local');
    const spelled = 'from optax import linear_schedule as line, sgd\nx = sgd(|';
    assert.equal(labelsAt(spelled)[1], 'line');
  });

  it('offers the arguments that a call lacks, each with a value', () => {
    assert.deepEqual(labelsAt(`${names}x = optax.cosine_decay_schedule(|`), [
      'init_value=learning_rate',
      'decay_steps=total_steps',
      'alpha=0.0',
      'exponent=1.0',
    ]);
    assert.deepEqual(labelsAt('x = optax.cosine_decay_schedule(1e-3, alpha=0, dec|)'), [
      'decay_steps=10000',
      'exponent=1.0',
    ]);
    assert.deepEqual(labelsAt('x = optax.cosine_decay_schedule(|, decay_steps=3)'), [
      'init_value=1e-3',
      'alpha=0.0',
      'exponent=1.0',
    ]);
    const line = 'x = optax.cosine_decay_schedule(1e-3, dec|)';
    assert.equal(
      put(line, 'decay_steps=10000'),
      'x = optax.cosine_decay_schedule(1e-3, decay_steps=10000)',
    );
  });

  it('offers values that the names in scope and the other arguments make', () => {
    const value = (name: string, before = names): readonly string[] =>
      labelsAt(`${before}x = optax.warmup_cosine_decay_schedule(${name}=|`);
    assert.deepEqual(value('decay_steps'), ['total_steps']);
    assert.deepEqual(value('decay_steps', `${names}cycle_steps = 1\nstep = 2\nlog_steps = 3\n`), [
      'total_steps',
      'cycle_steps',
    ]);
    assert.deepEqual(value('warmup_steps').slice(0, 2), [
      'int(0.1 * total_steps)',
      'int(0.05 * total_steps)',
    ]);
    assert.deepEqual(value('warmup_steps', 'w = 1\nwarmup_steps = 3\n')[0], 'warmup_steps');
    assert.deepEqual(value('peak_value', 'lr = 1\nmax_lr = 2\nlr_name = "x"\n').slice(0, 2), [
      'max_lr',
      'lr',
    ]);
    assert.deepEqual(value('decay_steps', 'num_epochs = 3\nsteps_per_epoch = 4\n'), [
      'num_epochs * steps_per_epoch',
    ]);
    assert.deepEqual(value('decay_steps', 'def f(cfg, loader):\n  print(cfg.epochs)\n  '), [
      'cfg.epochs * len(loader)',
    ]);
    assert.deepEqual(
      labelsAt('x = optax.warmup_cosine_decay_schedule(decay_steps=2000, warmup_steps=|)'),
      ['200', '100'],
    );
    assert.deepEqual(labelsAt('x = optax.piecewise_interpolate_schedule(interpolate_type=|'), [
      "'linear'",
      "'cosine'",
    ]);
    assert.deepEqual(labelsAt('x = optax.exponential_decay(staircase=|'), ['True', 'False']);
  });

  it('offers steps and factors in lists and dicts, and schedules in a list of them', () => {
    const join = 'optax.join_schedules';
    assert.deepEqual(
      labelsAt(`${names}x = ${join}([a, b], boundaries=[|])`)[0],
      'int(0.1 * total_steps)',
    );
    assert.equal(labelsAt(`${names}x = ${join}([|])`)[0], 'optax.constant_schedule');
    const piecewise = 'x = optax.piecewise_constant_schedule(1.0,';
    assert.deepEqual(labelsAt(`${piecewise} {|`), ['1000', '2500', '5000', '7500']);
    assert.equal(labelsAt(`${piecewise} {100: |})`)[0], '0.5');
  });

  it('replaces what is typed of the word, wherever the columns are', () => {
    const line = `名前 = "🎉", optax.cosine_decay_schedule(1e-3, decay_steps=tot|)`;
    assert.equal(
      put(`${names}${line}`, 'total_steps'),
      `名前 = "🎉", optax.cosine_decay_schedule(1e-3, decay_steps=total_steps)`,
    );
  });

  for (const marked of [
    'optax|',
    'x = |',
    'import optax.|',
    'from optax.| import x',
    'def f() -> optax.|',
    'def f(x: optax.|',
    'rate: optax.|',
    'optax.linear|(1, 2, 3)',
    'x = other.|',
    'optax.linear_schedule.|',
    '# optax.|',
    '"optax.|"',
    'x = optax.linear_schedule(init_value="|")',
    'x = optax.linear_schedule(init_value=2 * |)',
    'x = optax.linear_schedule(init_value=config.|)',
    'x = optax.linear_schedule(init_|value=1)',
    'x = optax.linear_schedule(int(|))',
    'x = optax.linear_schedule(lambda x: |)',
    'x = linear_schedule(|',
    'x = print(|)',
  ]) {
    it(`offers nothing at ${marked}`, () => {
      assert.deepEqual(labelsAt(`import optax\n${marked}`), []);
    });
  }
});
