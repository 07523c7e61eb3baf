import assert from 'node:assert/strict';
import { readSchedules } from '../../../schedules/readSchedules.ts';

/** What is said of a rate that doubles every step and is infinite from step 128 on. */
function warnings(training: string, count = 1): readonly string[] {
  const doubling =
    '{"name": "doubling", "function": "exponential_decay", "args": {"init_value": 1, "transition_steps": 1, "decay_rate": 2}}';
  const schedules = Array.from({ length: count }, () => doubling).join();
  const text = `{${training} "schedules": [${schedules}]}`;
  const { findings } = readSchedules('a.schedules.json', text);
  const ofRates = findings.filter(({ code }) => code === 'non-finite-rate');
  return ofRates.map(({ message }) => message);
}

const training = (epochs: number): string =>
  `"training": {"train_examples": 64, "batch_size": 1, "epochs": ${epochs}},`;

describe('A rate that is not finite', () => {
  it('is told of with its first step, where the training gets that far', () => {
    assert.deepEqual(warnings(training(2)), []);
    assert.deepEqual(warnings(training(3)), [
      "The rate of 'doubling' is Infinity at step 128; change its arguments, or training ends in NaN.",
    ]);
  });

  it('is found in a thousand schedules of a million steps within seconds', () => {
    const start = performance.now();
    assert.equal(warnings(training(20_000), 1000).length, 1000);
    assert.ok(performance.now() - start < 10_000);
  });
});
