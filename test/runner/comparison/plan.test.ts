import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { makePlan, readPlan, summaryOf, writePlan } from '../../../runner/comparison/plan.ts';
import type { Schedule } from '../../../schedules/schedule.ts';
import type { TrainingSettings } from '../../../runner/protocol.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const settings: TrainingSettings = {
  epochs: 3,
  batchSize: 100,
  trainExamples: 250,
  testExamples: 10,
  seed: 0,
  shuffle: false,
  lossReduction: 'sum',
  optimizer: { name: 'sgd', args: { momentum: null, nesterov: false }, clipByGlobalNorm: null },
};

const named = (name: string, schedule: Schedule) => ({
  name,
  function: 'constant_schedule',
  schedule,
});

/** Float32 values of every size, by their bits. */
function everySize(): Float32Array {
  const bits = Uint32Array.from({ length: 20_000 }, (_, i) => (i * 213_901) % 0x7f80_0000);
  return new Float32Array(bits.buffer);
}

describe('The plan of a comparison', () => {
  const folder = temporaryFolder();

  it('has one float32 rate for every step, the last and smaller batch of an epoch included', () => {
    const plan = makePlan('a', [named('tenth', (step) => step / 10)], settings);
    assert.deepEqual(
      plan.runs.map(({ learningRates }) => learningRates),
      [Float32Array.of(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)],
    );
    assert.deepEqual(plan.runs.map(summaryOf), [
      {
        run: 'tenth',
        name: 'tenth',
        schedule: 'tenth',
        seed: 0,
        function: 'constant_schedule',
        totalSteps: 9,
      },
    ]);
  });

  it('repeats all schedules under one seed after the other, with the same rates', () => {
    const schedules = [named('a', () => 1), named('b', () => 2)];
    const { runs } = makePlan('a', schedules, { ...settings, seed: 5 }, 2);
    assert.deepEqual(
      runs.map(({ run, schedule, seed, learningRates }) => [run, schedule, seed, learningRates[0]]),
      [
        ['a (seed 5)', 'a', 5, 1],
        ['b (seed 5)', 'b', 5, 2],
        ['a (seed 6)', 'a', 6, 1],
        ['b (seed 6)', 'b', 6, 2],
      ],
    );
    const alike = [
      named('a', () => 1),
      named('a (seed 1)', () => 1),
      named('a (seed 1) (seed 0)', () => 1),
    ];
    assert.equal(makePlan('a', alike, settings, 2).runs.length, 6);
  });

  it('is read from the disk with the bits of every rate', async () => {
    const learningRates = everySize();
    const name = 'ä "🚀"\n';
    const run = {
      run: name,
      schedule: name,
      seed: 0,
      function: 'constant_schedule',
      learningRates,
    };
    const perturbed = { ...run, run: 'b', perturbation: { size: 1e-7, seed: 3 } };
    const plan = { comparison: 'a', settings, runs: [run, perturbed] };
    const path = folder.path('plan.json');
    await writePlan(path, plan);
    const read = await readPlan(path);
    assert.deepEqual(read, plan);
    const bits = new Uint32Array(read.runs[0]!.learningRates.buffer);
    assert.deepEqual(bits, new Uint32Array(learningRates.buffer));
    assert.ok((await readFile(path, 'utf8')).length < 16 * 2 * learningRates.length);
  });

  it('is refused where a rate is not finite, with the first such step', () => {
    const rates = [named('good', () => 1), named('bad', (step) => (step === 7 ? NaN : 1))];
    assert.throws(() => makePlan('a', rates, settings), {
      name: 'InputError',
      message:
        "The rate of 'bad' is NaN at step 7: change its arguments, or leave it out with --only.",
    });
    assert.throws(() => makePlan('a', [named('big', () => 1e39)], settings), {
      message: /The rate of 'big' is Infinity at step 0/,
    });
  });

  it('is refused where there is nothing to train, or two runs of one name, or no end of steps', () => {
    const one = named('a', () => 1);
    assert.throws(() => makePlan('a', [], settings), {
      message: 'There is no schedule to compare.',
    });
    assert.throws(() => makePlan('a', [one, one], settings), {
      name: 'InputError',
      message: "Two schedules are called 'a': give one of them another name.",
    });
    assert.throws(() => makePlan('a', [one], { ...settings, epochs: 1e9 }), {
      name: 'InputError',
      message: /train for fewer epochs/,
    });
  });

  it('is refused in a sentence where its file is missing or damaged', async () => {
    const path = folder.path('damaged.json');
    await assert.rejects(readPlan(path), {
      name: 'InputError',
      message: `${path} cannot be read; is this the folder of a comparison?`,
    });
    const whole = {
      comparison: 'a',
      settings,
      runs: [
        { run: 'a', schedule: 'a', seed: 0, function: 'constant_schedule', learningRates: [1, 2] },
      ],
    };
    const damages = [
      '',
      JSON.stringify(whole).slice(0, -1),
      'null',
      '[]',
      JSON.stringify({ ...whole, runs: undefined }),
      JSON.stringify({ ...whole, settings: undefined }),
      JSON.stringify({ ...whole, runs: [null] }),
      JSON.stringify({ ...whole, runs: [{ ...whole.runs[0], seed: undefined }] }),
      JSON.stringify({ ...whole, runs: [{ ...whole.runs[0], learningRates: [1, null] }] }),
    ];
    await writeFile(path, JSON.stringify(whole));
    assert.equal((await readPlan(path)).runs.length, 1);
    for (const damage of damages) {
      await writeFile(path, damage);
      await assert.rejects(readPlan(path), {
        name: 'InputError',
        message: `${path} is damaged: it is not the plan of a comparison.`,
      });
    }
  });
});
