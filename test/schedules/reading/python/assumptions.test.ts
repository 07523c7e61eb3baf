import assert from 'node:assert/strict';
import type { Assumption } from '../../../../schedules/reading/reading.ts';
import { program, rateAt, ratesIn, read } from './readProgram.ts';

/** Everything that the schedules and optimizers of a text rest on, each once. */
function assumedIn(text: string): readonly Assumption[] {
  const { definitions, uses } = read(text);
  const all = [...definitions, ...uses].flatMap(({ assumptions }) => assumptions);
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

const valuesIn = (...lines: readonly string[]) =>
  Object.fromEntries(assumedIn(program(...lines)).map(({ name, value }) => [name, value]));

describe('What nothing gives is assumed', () => {
  it('by what the argument is for, with the reason', () => {
    const text = program('s = optax.warmup_cosine_decay_schedule(a, b, c, d, e)');
    assert.deepEqual(
      assumedIn(text).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      [
        {
          name: 'a',
          value: 0,
          why: "Nothing gives 'a': assumed, warm-ups often start at 0.",
        },
        {
          name: 'b',
          value: 0.001,
          why: "Nothing gives 'b': assumed, a usual rate of Adam.",
        },
        {
          name: 'c',
          value: 1000,
          why: "Nothing gives 'c': assumed, a tenth of the 10000 steps that the schedule has.",
        },
        {
          name: 'd',
          value: 10000,
          why: "Nothing gives 'd': assumed, nothing says how long is trained.",
        },
        {
          name: 'e',
          value: 0,
          why: "Nothing gives 'e': assumed, decays often end at 0.",
        },
      ],
    );
  });

  it('by what names mean that the argument is computed from', () => {
    const steps = 'epochs * (num_examples // batch_size)';
    const text = program(`s = optax.linear_schedule(base_lr * batch_size / 256, 0.0, ${steps})`);
    const { base_lr, ...counts } = valuesIn(...text.split('\n'));
    assert.equal(base_lr, 0.001);
    assert.deepEqual(counts, { epochs: 10, num_examples: 60_000, batch_size: 256 });
    const [s = assert.fail()] = read(text).definitions;
    assert.deepEqual([rateAt(s.schedule, 0), rateAt(s.schedule, 1170)], [0.001, 0.0005]);
  });

  it('as a tenth of the total for a warm-up', () => {
    const call = 'optax.warmup_cosine_decay_schedule(0.0, 0.1, warmup_steps, ';
    assert.deepEqual(valuesIn(`s = ${call}5000)`), { warmup_steps: 500 });
    assert.deepEqual(valuesIn('total = 300 * 10', `s = ${call}total)`), { warmup_steps: 300 });
  });

  it('once for all the schedules of a file', () => {
    const text = program(
      'a = optax.linear_schedule(peak, 0.0, total)',
      'b = optax.cosine_decay_schedule(peak, total)',
      'c = optax.constant_schedule(peak * 2)',
    );
    assert.deepEqual(valuesIn(...text.split('\n')), { peak: 0.001, total: 10_000 });
    assert.deepEqual(ratesIn(read(text)), { a: 0.001, b: 0.001, c: 0.002 });
  });

  it('for parameters, attributes, items and keywords, under their names in the text', () => {
    assert.deepEqual(
      valuesIn(
        'def make(lr, config, **kwargs):',
        '    steps = config["training"]["steps"]',
        '    return optax.linear_schedule(lr, config.optimizer.end_lr, steps)',
      ),
      { lr: 0.001, 'config.optimizer.end_lr': 0, 'config["training"]["steps"]': 10_000 },
    );
    assert.deepEqual(valuesIn('s = optax.cosine_decay_schedule(**options)'), {
      'options["init_value"]': 0.001,
      'options["decay_steps"]': 10_000,
    });
  });

  it('for boundaries, parts of a join and whole cycles', () => {
    const { findings, definitions } = read(
      program(
        'a = optax.piecewise_constant_schedule(0.1, boundaries)',
        'b = optax.join_schedules([optax.constant_schedule(0.1), after], switches)',
        'c = optax.sgdr_schedule(cycles)',
      ),
    );
    assert.deepEqual(findings, []);
    assert.deepEqual(ratesIn({ definitions }, 5000), { a: 0.01, b: 0.001, c: 0 });
    assert.deepEqual(
      definitions.map(({ assumptions }) => assumptions.map(({ name }) => name)),
      [['boundaries'], ['after', 'switches'], ['cycles']],
    );
  });

  it('for the rate of an optimizer', () => {
    const [{ learningRate, assumptions } = assert.fail()] = read(
      program('tx = optax.adam(lr)'),
    ).uses;
    assert.equal(rateAt(learningRate, 0), 0.001);
    assert.deepEqual(
      assumptions.map(({ name, value }) => [name, value]),
      [['lr', 0.001]],
    );
  });

  it('for what is imported from nowhere, under the name that it has in the text', () => {
    assert.deepEqual(valuesIn('import settings', 's = optax.constant_schedule(settings.lr)'), {
      'settings.lr': 0.001,
    });
    const importText = () => ({ path: '/project/settings.py', text: '' });
    const text = program('import settings', 's = optax.constant_schedule(settings.lr)');
    const [s = assert.fail()] = read(text, {}, { importText }).definitions;
    assert.deepEqual(
      s.assumptions.map(({ name }) => name),
      ['settings.lr'],
    );
  });
});

describe('Nothing is assumed', () => {
  for (const [where, ...lines] of [
    ['a parameter has', 'def make(lr=0.1):', '    return optax.constant_schedule(lr)'],
    [
      'a dataclass has',
      'from dataclasses import dataclass',
      '@dataclass',
      'class Config:',
      '    lr: float = 0.1',
      'def make(config: Config):',
      '    return optax.constant_schedule(config.lr)',
    ],
    ['.get has', 's = optax.constant_schedule(config.get("lr", 0.1))'],
    ['getattr has', 's = optax.constant_schedule(getattr(config, "lr", 0.1))'],
    [
      'the environment has',
      'import os',
      's = optax.constant_schedule(float(os.getenv("LR", "0.1")))',
    ],
    [
      'argparse has',
      'import argparse',
      'parser = argparse.ArgumentParser()',
      'parser.add_argument("--lr", type=float, default=0.1)',
      'args = parser.parse_args()',
      's = optax.constant_schedule(args.lr)',
    ],
    [
      'a flag of absl has',
      'from absl import flags',
      'flags.DEFINE_float("lr", 0.1, "the rate")',
      's = optax.constant_schedule(flags.FLAGS.lr)',
    ],
    [
      'an option of click has',
      'import click',
      '@click.command()',
      '@click.option("--lr", default=0.1)',
      'def main(lr):',
      '    train(optax.sgd(optax.constant_schedule(lr)))',
    ],
  ] as const) {
    it(`where ${where} a default`, () => {
      const { definitions, uses } = read(program(...lines));
      assert.equal(definitions.length, 1);
      assert.equal(rateAt(definitions[0]?.schedule ?? null, 0), 0.1);
      for (const { assumptions } of [...definitions, ...uses]) assert.deepEqual(assumptions, []);
    });
  }

  it('where the arguments that are not known are those of other functions', () => {
    assert.deepEqual(valuesIn('model = Model(width)', 's = optax.constant_schedule(0.1)'), {});
  });
});

describe('A schedule that rests on assumptions', () => {
  it('is not refused for what was only assumed', () => {
    const text = program('s = optax.warmup_cosine_decay_schedule(0.0, 0.1, 20_000, total)');
    assert.deepEqual(read(text).findings, []);
  });

  it('is refused for what the code gives itself', () => {
    const text = program('s = optax.cosine_decay_schedule(peak, "long")');
    assert.deepEqual(
      read(text).findings.map(({ code }) => code),
      ['wrong-type'],
    );
  });
});
