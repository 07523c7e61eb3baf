import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSchedules } from '../../../../schedules/readSchedules.ts';
import type { Settings } from '../../../../schedules/reading/reading.ts';
import { goldens } from '../../optax/goldens.ts';

const tutorialSteps = 2350;

const example = readFileSync(
  new URL('../../../../examples/tutorial.schedules.json', import.meta.url),
  'utf8',
);

function read(settings: Settings = {}) {
  const reading = readSchedules('tutorial.schedules.json', example, settings);
  assert.deepEqual(reading.findings, []);
  return reading;
}

function scheduleOf(name: string, settings: Settings = {}): (step: number) => number {
  const { schedule } = read(settings).definitions.find((definition) => definition.name === name)!;
  return schedule!.schedule;
}

/** Real Optax's values of the tutorial's call of a function. */
function goldenValues(name: string, interpolation?: 'linear' | 'cosine'): readonly number[] {
  const found = goldens.cases.filter(
    (golden) =>
      golden.function === name &&
      'values' in golden &&
      golden.values.length === tutorialSteps &&
      (interpolation === undefined || golden.arguments['interpolate_type'] === interpolation),
  );
  assert.equal(found.length, 1, `${found.length} golden curves of ${name}`);
  return (found[0] as { values: number[] }).values;
}

const runs: Readonly<Record<string, readonly number[]>> = {
  'Constant Learning Rate': goldenValues('constant_schedule'),
  'Cosine Decay Scheduler': goldenValues('cosine_decay_schedule'),
  'Cosine One Cycle Scheduler': goldenValues('cosine_onecycle_schedule'),
  'Exponential Decay': goldenValues('exponential_decay'),
  'Linear One Cycle Scheduler': goldenValues('linear_onecycle_schedule'),
  'Linear Scheduler': goldenValues('linear_schedule'),
  'Piecewise Constant Scheduler': goldenValues('piecewise_constant_schedule'),
  'Piecewise Interpolate Scheduler V1': goldenValues('piecewise_interpolate_schedule', 'linear'),
  'Piecewise Interpolate Scheduler V2': goldenValues('piecewise_interpolate_schedule', 'cosine'),
  // The tutorial passed the schedule of the row before to this run.
  'Polynomial Scheduler': goldenValues('piecewise_interpolate_schedule', 'cosine'),
  'Polynomial Scheduler (as meant)': goldenValues('polynomial_schedule'),
  'Warmup Cosine Decay Scheduler': goldenValues('warmup_cosine_decay_schedule'),
  'Warmup Exponential Decay Scheduler': goldenValues('warmup_exponential_decay_schedule'),
  'Combining Multiple Scheduler': goldenValues('join_schedules'),
  'SGD With Warm Restarts': goldenValues('sgdr_schedule'),
};

describe("The example with the tutorial's schedules", () => {
  it('has the fourteen runs, and the polynomial schedule as it was meant', () => {
    assert.deepEqual(
      read().definitions.map(({ name }) => name),
      Object.keys(runs),
    );
    assert.equal(Object.keys(runs).length, 15);
  });

  for (const [name, values] of Object.entries(runs)) {
    it(`${name} has the rates that Optax gives the tutorial's call`, () => {
      const rate = scheduleOf(name);
      const largest = Math.max(...values);
      values.forEach((expected, step) => {
        const actual = rate(step);
        assert.ok(Math.abs(actual - expected) <= 1e-6 * largest, `${actual} at step ${step}`);
      });
    });
  }

  it('trains as the tutorial does', () => {
    const { training, names } = read();
    assert.deepEqual(training, { epochs: 10, batchSize: 256 });
    assert.deepEqual(names.slice(0, 2), ['epochs', 'batch_size']);
  });

  it('is scaled by --set epochs=1 to one epoch, every length computed from it included', () => {
    const oneEpoch = { epochs: '1' };
    assert.deepEqual(read(oneEpoch).training, { epochs: 1, batchSize: 256 });
    const linear = scheduleOf('Linear Scheduler', oneEpoch);
    // It begins to fall at int(0.25 * 235) and takes 235 steps.
    assert.equal(linear(58), linear(0));
    assert.ok(linear(59) < linear(58));
    assert.ok(linear(58 + 234) > linear(58 + 235));
    assert.equal(linear(58 + 235), linear(58 + 236));
    const restarts = scheduleOf('SGD With Warm Restarts', oneEpoch);
    assert.ok(restarts(90) > restarts(100), 'its first cycle ends at round(235 * 1000 / 2350)');
    assert.ok(restarts(100) < restarts(110), 'its second cycle begins there');
  });

  it('follows a name that is computed from others, too', () => {
    const linear = scheduleOf('Linear Scheduler', { total_steps: '4 * steps_per_epoch' });
    assert.equal(linear(235), linear(0));
    assert.ok(linear(236) < linear(235));
  });
});
