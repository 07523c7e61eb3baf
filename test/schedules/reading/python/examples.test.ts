import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSchedules } from '../../../../schedules/readSchedules.ts';

interface GoldenRate {
  readonly name: string;
  readonly values: readonly number[];
}

const repository = new URL('../../../../', import.meta.url);

/** Written by write_examples.py: what `optax.sgd` is given where the examples really run. */
const { steps, ...goldens } = JSON.parse(
  readFileSync(new URL('test/fixtures/reading/examples.json', repository), 'utf8'),
) as {
  readonly steps: readonly number[];
  readonly program: readonly GoldenRate[];
  readonly notebook: readonly GoldenRate[];
};

function readExample(file: string) {
  const text = readFileSync(new URL(`examples/${file}`, repository), 'utf8');
  return { text, ...readSchedules(file, text, {}, { longest: 20_000 }) };
}

for (const [file, golden] of [
  ['tutorial.py', goldens.program],
  ['tutorial.ipynb', goldens.notebook],
] as const) {
  describe(`The example ${file}`, () => {
    const { uses, definitions, findings, training } = readExample(file);

    it('gives 14 learning rates to optimizers, under the names that they have there', () => {
      assert.equal(golden.length, 14);
      const taken = new Map<string, number>();
      const names = golden.map(({ name }) => {
        const n = (taken.get(name) ?? 0) + 1;
        taken.set(name, n);
        return n === 1 ? name : `${name}#${n}`;
      });
      assert.deepEqual(
        uses.map(({ name }) => name),
        names,
      );
      assert.deepEqual(
        uses.map(({ optimizer }) => optimizer),
        golden.map(() => 'sgd'),
      );
    });

    golden.forEach(({ name, values }, i) => {
      it(`has the rates of Optax in ${name} (${i + 1})`, () => {
        const schedule = uses[i]?.learningRate?.schedule ?? assert.fail('no rates');
        const largest = Math.max(...values);
        values.forEach((expected, k) => {
          const step = steps[k]!;
          const difference = Math.abs(schedule(step) - expected);
          assert.ok(difference <= 1e-6 * largest, `step ${step}: ${schedule(step)}, ${expected}`);
        });
      });
    });

    it('lists all but the plain number, and assumes nothing', () => {
      assert.equal(definitions.length, 13);
      assert.deepEqual(
        [...definitions, ...uses].flatMap(({ assumptions }) => assumptions),
        [],
      );
    });

    it('is without a fault', () => {
      const faults = findings.filter(({ severity }) => /error|warning/.test(severity));
      assert.deepEqual(faults, []);
    });

    it('tells how it trains', () => {
      assert.deepEqual(training, {
        epochs: 10,
        batchSize: 256,
        stepsPerEpoch: 235,
        lossReduction: 'sum',
      });
    });
  });
}

/** Each trap, the severity and code of what is told of it, and the text that is underlined. */
const traps: readonly (readonly [name: string, told: string, at: string])[] = [
  ['one_cycle_without_rise', 'warning one-cycle-phases', '3'],
  ['one_cycle_without_peak', 'warning one-cycle-phases', '0.5'],
  ['one_cycle_out_of_order', 'warning one-cycle-phases', '0.7'],
  ['one_cycle_all_rise', 'warning one-cycle-phases', '1.0'],
  ['join_unsorted', 'warning unsorted-boundaries', '[5000, 1000]'],
  ['join_too_few', 'warning too-few-boundaries', '[1000]'],
  ['join_too_many', 'information too-many-boundaries', '[1000, 5000]'],
  ['join_empty_part', 'warning duplicate-boundaries', '[1000, 1000]'],
  ['alpha_as_end_value', 'warning alpha-as-end-value', '1e-5'],
  ['alpha_above_one', 'warning alpha-out-of-range', '1.5'],
  ['end_value_from_step_0', 'warning end-value-from-start', '1e-2'],
  ['end_value_jump', 'warning end-value-jump', '2e-3'],
  ['rates_as_scales', 'warning rates-as-scales', '{5000: 1e-4, 8000: 1e-5}'],
  ['peak_of_zero', 'warning ignored-end-value', '1e-4'],
  ['decay_over_no_steps', 'warning empty-transition', '0'],
  ['warmup_over_no_steps', 'warning empty-warmup', '0'],
  ['warmup_below_zero', 'warning negative-warmup', '-1000'],
  ['scale_at_step_0', 'warning boundary-at-start', '{0: 0.5, 5000: 0.1}'],
  ['power_of_zero', 'warning exponent-not-positive', '0'],
  ['power_below_zero', 'warning exponent-not-positive', '-1'],
  ['rate_below_zero', 'warning non-finite-rate', 'optax.exponential_decay()'],
  ['rate_below_zero', 'warning negative-decay-rate', '-0.5'],
  ['train_with_another', 'warning another-schedule-used', 'rise'],
  ['train_with_epochs_for_steps', 'warning epochs-for-steps', 'epochs'],
  ['train_too_short', 'hint training-ends-early', 'optax.cosine_decay_schedule()'],
  ['train_too_long', 'hint schedule-ends-early', 'optax.cosine_decay_schedule()'],
  ['refused_missing_argument', 'error missing-argument', 'optax.cosine_decay_schedule()'],
  ['refused_unknown_argument', 'error unknown-argument', 'decay_step'],
  ['refused_surplus_argument', 'error surplus-argument', '10_000'],
  ['refused_text_for_number', 'error wrong-type', "'10_000'"],
  ['refused_no_decay_steps', 'error refused-by-optax', '0'],
  ['refused_no_cycle', 'error refused-by-optax', '0'],
  ['refused_warmup_as_long_as_all', 'error refused-by-optax', '1000'],
  ['refused_negative_scale', 'error refused-by-optax', '{5000: -0.1}'],
  ['refused_interpolation', 'error wrong-type', "'cubic'"],
  [
    'refused_incomplete_cycle',
    'error missing-argument',
    "[{'init_value': 0.0, 'warmup_steps': 100, 'decay_steps': 1000}]",
  ],
  ['refused_empty_join', 'error refused-by-optax', '[]'],
];

describe('The example traps.py', () => {
  const { text, findings, definitions } = readExample('traps.py');

  it('has every trap told where it stands, and nothing else', () => {
    const starts = [...text.matchAll(/^(?:def )?(\w+)(?: = |\()/gm)];
    const told = [...findings]
      .sort((a, b) => a.span.from - b.span.from)
      .map(({ code, severity, span }) => {
        const name = starts.findLast(({ index }) => index <= span.from)?.[1];
        // Of a whole call it is enough to see its begin and end.
        const at = text.slice(span.from, span.to).replace(/^(optax\.\w+\().*\)$/s, '$1)');
        return [name, `${severity} ${code}`, at];
      });
    assert.deepEqual(told, traps);
  });

  it('tells of all that its names call a trap or refused', () => {
    const [begin, end] = ['one_cycle_without_rise =', '# ---- Right'].map((at) => text.indexOf(at));
    const silent = /^(?:warmup|plateau|decay)$/;
    const module = [...text.slice(begin, end).matchAll(/^(\w+) =/gm)].map(([, name = '']) => name);
    const functions = [...text.matchAll(/^def (\w+)/gm)].map(([, name = '']) => name);
    assert.deepEqual(
      [...module.filter((name) => !silent.test(name)), ...functions],
      [...new Set(traps.map(([name]) => name))],
    );
  });

  it('has curves of all but what Optax refuses', () => {
    const refused = definitions.filter(({ schedule }) => !schedule).map(({ name }) => name);
    assert.deepEqual(
      refused,
      [...text.matchAll(/^def (refused_\w+)/gm)].map(([, name]) => name),
    );
  });
});
