import assert from 'node:assert/strict';
import { naturalLength } from '../../../schedules/optax/phases.ts';
import { build, built, goldens } from './goldens.ts';
import type { RawArguments } from '../../../schedules/optax/binding.ts';

const phasesOf = (name: string, args: RawArguments) =>
  built({ function: name, arguments: args }).phases.map(({ name, from, to }) => [name, from, to]);

const lengthOf = (name: string, args: RawArguments) =>
  naturalLength(built({ function: name, arguments: args }).phases);

describe('Phases', () => {
  it('follow each other in whole steps from 0, the last one endless, for whatever Optax accepts', () => {
    for (const golden of goldens.cases) {
      const result = build(golden);
      if ('problems' in result) continue;
      const { phases } = result;
      const context = `${JSON.stringify(golden.arguments)}: ${JSON.stringify(phases)}`;
      const starts = phases.map(({ from }) => from);
      assert.equal(starts[0], 0, context);
      assert.ok(starts.every(Number.isInteger), context);
      assert.deepEqual(
        [...new Set(starts)].toSorted((a, b) => a - b),
        starts,
        context,
      );
      assert.deepEqual(
        phases.map(({ to }) => to),
        [...starts.slice(1), null],
        context,
      );
    }
  });

  it('that hold keep one rate', () => {
    let held = 0;
    for (const golden of goldens.cases) {
      if (!('values' in golden) || !golden.values.every(Number.isFinite)) continue;
      const { schedule, phases } = built(golden);
      const largest = Math.max(...golden.values.map(Math.abs));
      for (const { name, from, to } of phases) {
        if (name !== 'hold') continue;
        const end = Math.min(to ?? Infinity, from + 100, 2e9); // JAX's int32 ends at 2**31.
        for (let step = from; step < end; step++, held++)
          assert.ok(
            Math.abs(schedule(step) - schedule(from)) <= 1e-6 * largest,
            `${golden.function}(${JSON.stringify(golden.arguments)}) at ${step}`,
          );
      }
    }
    assert.ok(held > 10_000);
  });

  it('of a schedule with warm-up are warm-up, decay and hold', () => {
    const args = { init_value: 0, peak_value: 0.1, warmup_steps: 100, decay_steps: 1000 };
    assert.deepEqual(phasesOf('warmup_cosine_decay_schedule', args), [
      ['warm-up', 0, 100],
      ['decay', 100, 1000],
      ['hold', 1000, null],
    ]);
  });

  it('of a warm-up that takes no steps leave it out', () => {
    const args = { init_value: 0, peak_value: 0.1, warmup_steps: 0, decay_steps: 1000 };
    assert.deepEqual(phasesOf('warmup_cosine_decay_schedule', args), [
      ['decay', 0, 1000],
      ['hold', 1000, null],
    ]);
  });

  it('of a one-cycle schedule are the warm-up and two decays', () => {
    const args = { transition_steps: 1000, peak_value: 0.1 };
    assert.deepEqual(phasesOf('linear_onecycle_schedule', args), [
      ['warm-up', 0, 300],
      ['decay', 300, 850],
      ['decay', 850, 1000],
      ['hold', 1000, null],
    ]);
  });

  it('of a piecewise constant schedule begin at its boundaries, in order', () => {
    const boundaries = [
      { step: 60, scale: 0.1 },
      { step: 30, scale: 0.5 },
    ];
    const args = { init_value: 1, boundaries_and_scales: boundaries };
    assert.deepEqual(phasesOf('piecewise_constant_schedule', args), [
      ['hold', 0, 30],
      ['hold', 30, 60],
      ['hold', 60, null],
    ]);
  });

  it('of an exponential decay end where it meets its bound', () => {
    const args = { init_value: 1, transition_steps: 100, decay_rate: 0.5, end_value: 0.1 };
    const { schedule } = built({ function: 'exponential_decay', arguments: args });
    const [, hold] = phasesOf('exponential_decay', args);
    assert.deepEqual(hold, ['hold', 333, null]);
    assert.ok(schedule(332) > schedule(333) && schedule(333) === schedule(334));
  });

  it('of joined schedules leave out those that are never in force', () => {
    const constant = (value: number) => ({ function: 'constant_schedule', arguments: { value } });
    const schedules = [constant(1), constant(2), constant(3)];
    assert.deepEqual(phasesOf('join_schedules', { schedules, boundaries: [6, 3] }), [
      ['hold', 0, 3],
      ['hold', 3, null],
    ]);
  });

  it('give the length that a schedule was laid out for', () => {
    assert.equal(lengthOf('constant_schedule', { value: 1 }), 0);
    const cosine = { init_value: 1, decay_steps: 900 };
    assert.equal(lengthOf('cosine_decay_schedule', cosine), 900);
    const linear = { init_value: 1, end_value: 0, transition_steps: 90, transition_begin: 10 };
    assert.equal(lengthOf('linear_schedule', linear), 100);
    const cycle = { init_value: 0, peak_value: 1, warmup_steps: 1, decay_steps: 50 };
    assert.equal(lengthOf('sgdr_schedule', { cosine_kwargs: [cycle, cycle, cycle] }), 150);
  });

  it('count one period of an exponential decay that never ends', () => {
    const args = { init_value: 1, transition_steps: 100, decay_rate: 0.9, transition_begin: 20 };
    assert.equal(lengthOf('exponential_decay', args), 120);
  });
});
