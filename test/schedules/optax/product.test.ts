import assert from 'node:assert/strict';
import type { PhasedSchedule } from '../../../schedules/optax/phases.ts';
import { product } from '../../../schedules/optax/product.ts';

const half: PhasedSchedule = {
  schedule: () => 0.5,
  phases: [{ name: 'hold', from: 0, to: null }],
};
const rise: PhasedSchedule = {
  schedule: (step) => step,
  phases: [{ name: 'rise', from: 0, to: null }],
  interpreted: true,
};
const decay: PhasedSchedule = {
  schedule: (step) => Math.fround(1 / (step + 1)),
  phases: [
    { name: 'decay', from: 0, to: 100 },
    { name: 'hold', from: 100, to: null },
  ],
};

describe('The product of two rates', () => {
  it('is that of each step, as a float32', () => {
    assert.equal(product(half, decay).schedule(2), Math.fround(0.5 * Math.fround(1 / 3)));
  });

  it('has the phases of the one that moves, or moves longer', () => {
    assert.equal(product(half, rise).phases, rise.phases);
    assert.equal(product(rise, decay).phases, decay.phases);
    assert.equal(product(half, half).phases, half.phases);
  });

  it('is interpreted where one of them is', () => {
    assert.equal(product(half, rise).interpreted, true);
    assert.equal(product(half, decay).interpreted, undefined);
  });
});
