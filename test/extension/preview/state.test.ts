import assert from 'node:assert/strict';
import { CurveMemory } from '../../../extension/preview/curveMemory.ts';
import { withLastCurves } from '../../../extension/preview/staleCurves.ts';
import { curveOf, previewSchedules, previewTraining } from '../../../extension/preview/state.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import type { Curve, PreviewSchedule } from '../../../webview/messages.ts';

function previewed(text: string, kind: 'python' | 'json' = 'python') {
  const read = readSchedules(
    kind === 'json' ? 'a.schedules.json' : 'a.py',
    text,
    {},
    { longest: 10_000 },
  );
  const colorOf = (name: string): number =>
    read.definitions.findIndex((definition) => definition.name === name);
  return { kind, text, read, colorOf, isBound: () => false };
}

function only(text: string): PreviewSchedule {
  const [schedule] = previewSchedules(previewed(`import optax\n${text}\n`));
  assert.ok(schedule);
  return schedule;
}

const warmupCosine =
  'lr = optax.warmup_cosine_decay_schedule(0.0, 1e-3, warmup_steps=100, decay_steps=1000)';

describe('The state of a preview', () => {
  it('has every schedule of the text with its curve over the same steps', () => {
    const schedules = previewSchedules(
      previewed(`import optax\n${warmupCosine}\nflat = optax.constant_schedule(3e-4)\n`),
    );
    assert.deepEqual(
      schedules.map(({ name, color, curve }) => [name, color, curve?.from, curve?.to]),
      [
        ['lr', 0, 0, 1000],
        ['flat', 1, 0, 1000],
      ],
    );
  });

  it('shows as many steps as the training has where that is longer', () => {
    const text = `import optax\nepochs = 10\nsteps_per_epoch = 235\n${warmupCosine}\n`;
    assert.equal(previewSchedules(previewed(text))[0]?.curve?.to, 2350);
    assert.deepEqual(previewTraining(previewed(text)), {
      stepsPerEpoch: 235,
      epochs: 10,
      batchSize: null,
      steps: 2350,
      canChange: { epochs: true, batchSize: false },
    });
  });

  it('says what can be done with each argument', () => {
    const { arguments: described } = only(
      'lr = optax.warmup_cosine_decay_schedule(0.0, peak_value=1 / 1e3, warmup_steps=warmup_steps, decay_steps=1000)',
    );
    assert.deepEqual(
      described.map(({ name, source, change }) => [name, source, change]),
      [
        ['init_value', '0.0', 'literal'],
        ['peak_value', '1 / 1e3', 'expression'],
        ['warmup_steps', 'warmup_steps', 'assumed'],
        ['decay_steps', '1000', 'literal'],
        ['end_value', '', 'default'],
        ['exponent', '', 'default'],
      ],
    );
  });

  it('has handles where the curve has the values of arguments', () => {
    const { handles } = only(warmupCosine);
    assert.deepEqual(
      handles.map(({ argument, axis, step }) => [argument, axis, step]),
      [
        ['init_value', 'rate', 0],
        ['peak_value', 'rate', 100],
        ['warmup_steps', 'step', 100],
        ['decay_steps', 'step', 1000],
      ],
    );
  });

  it('moves the peak of a one-cycle along the steps by its fraction of them', () => {
    const { handles } = only('lr = optax.cosine_onecycle_schedule(1000, 1e-3, pct_start=0.3)');
    const handle = handles.find(({ argument }) => argument === 'pct_start');
    assert.equal(handle?.step, 300);
    assert.equal(handle.perUnit, 1 / 1000);
  });

  it('says why a schedule has no curve', () => {
    const schedule = only('lr = optax.cosine_decay_schedule(1e-3, -5)');
    assert.equal(schedule.curve, null);
    assert.match(String(schedule.refused), /decay_steps/);
  });

  it('keeps the last curve of what Optax refuses, and all where the text has none for a moment', () => {
    const good = only('lr = optax.cosine_decay_schedule(1e-3, 500)');
    const bad = only('lr = optax.cosine_decay_schedule(1e-3, -5)');
    const [kept] = withLastCurves([bad], [good], false).schedules;
    assert.ok(kept);
    assert.equal(kept.curve, good.curve);
    assert.notEqual(kept.refused, null);
    const none = withLastCurves([], [good], false);
    assert.deepEqual(none.schedules, [good]);
    assert.notEqual(none.stale, null);
    assert.deepEqual(withLastCurves([], [good], true).schedules, []);
  });
});

describe('The memory of curves', () => {
  const text = (peak: string) => `import optax
a = optax.join_schedules([optax.linear_schedule(0.0, ${peak}, 10), optax.constant_schedule(${peak})], [10])
b = optax.piecewise_constant_schedule(1e-3, {5: 0.1})
c = lambda step: 1e-3 * 0.9 ** step
`;

  it('has what did not change sampled once, and what changed anew', () => {
    const memory = new CurveMemory();
    const first = previewSchedules(previewed(text('1e-3')), memory);
    const again = previewSchedules(previewed(text('1e-3')), memory);
    const changed = previewSchedules(previewed(text('2e-3')), memory);
    const sameAsFirst = (schedules: readonly PreviewSchedule[]) =>
      schedules.map(({ curve }, i) => curve === first[i]?.curve);
    assert.deepEqual(sameAsFirst(again), [true, true, false]);
    assert.deepEqual(sameAsFirst(changed), [false, true, false]);
    assert.equal(Math.max(...(changed[0]?.curve?.rates ?? [])), Math.fround(2e-3));
  });
});

describe('A curve of a preview', () => {
  const shapes = {
    'a staircase':
      'optax.exponential_decay(1e-3, transition_steps=997, decay_rate=0.9, staircase=True)',
    'many restarts':
      'optax.sgdr_schedule([dict(init_value=0.0, peak_value=1e-3, warmup_steps=37, decay_steps=701)] * 40)',
    'a spike of one step':
      'optax.join_schedules([optax.constant_schedule(1e-3), optax.constant_schedule(1.0), optax.constant_schedule(1e-3)], [12345, 12346])',
    'a cosine': 'optax.cosine_decay_schedule(1e-3, 28_000)',
  };
  const columns = 500;
  for (const [title, call] of Object.entries(shapes)) {
    it(`has the extremes of ${title} in every pixel column`, () => {
      const { read } = previewed(`import optax\nlr = ${call}\n`);
      const schedule = read.definitions[0]?.schedule;
      assert.ok(schedule);
      for (const [from, to] of [
        [0, 27_999],
        [12_000, 13_000],
      ] as const) {
        const curve = curveOf(schedule, { from, to }, columns);
        for (const [i, step] of curve.steps.entries()) {
          assert.equal(curve.rates[i], schedule.schedule(step));
        }
        const all = Float64Array.from({ length: to - from + 1 }, (_, i) => from + i);
        const drawn = extremes(all, (i) => drawnAt(curve, from + i), from, to);
        const real = extremes(all, (i) => schedule.schedule(from + i), from, to);
        const height = Math.max(...real.map(([, high]) => high));
        for (const [column, [low, high]] of real.entries()) {
          const [drawnLow, drawnHigh] = drawn[column] ?? [low, high];
          assert.ok(Math.abs(drawnLow - low) <= 2e-3 * height, `column ${column}`);
          assert.ok(Math.abs(drawnHigh - high) <= 2e-3 * height, `column ${column}`);
        }
      }
    });
  }

  it('of ten million steps is as quick as a short one', () => {
    const { read } = previewed(
      'import optax\nlr = optax.cosine_decay_schedule(1e-3, 10_000_000)\n',
    );
    const schedule = read.definitions[0]?.schedule;
    assert.ok(schedule);
    const curve = curveOf(schedule, { from: 0, to: 10_000_000 }, columns);
    assert.ok(curve.steps.length <= 4 * columns + 2);
    assert.equal(curve.rates.at(-1), schedule.schedule(10_000_000));
  });

  /** Where the line through the points of a curve is at a step. */
  function drawnAt({ steps, rates }: Curve, step: number): number {
    const after = steps.findIndex((one) => one >= step);
    const [left = 0, right = 0] = [steps[after - 1], steps[after]];
    const [low = 0, high = 0] = [rates[after - 1], rates[after]];
    return right === step ? high : low + ((high - low) * (step - left)) / (right - left);
  }

  /** The lowest and highest rate in each pixel column. */
  function extremes(
    steps: Float64Array,
    rateAt: (index: number) => number,
    from: number,
    to: number,
  ): [number, number][] {
    const found: [number, number][] = [];
    for (const [i, step] of steps.entries()) {
      const column = Math.floor(((step - from) * columns) / (to - from));
      const rate = rateAt(i);
      const [low, high] = found[column] ?? [Infinity, -Infinity];
      found[column] = [Math.min(low, rate), Math.max(high, rate)];
    }
    return found;
  }
});
