import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { planLink, planOf } from '../../../extension/compare/planLink.ts';
import type { ComparisonStarted } from '../../../runner/protocol.ts';
import { defaultOptimizer } from '../../../schedules/comparing/training.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

const run = (schedule: string, definition?: Readonly<Record<string, unknown>>) => ({
  run: schedule,
  name: schedule,
  schedule,
  seed: 0,
  function: 'constant_schedule',
  totalSteps: 10,
  ...(definition && { definition }),
});

const started: ComparisonStarted = {
  type: 'comparisonStarted',
  comparison: 'tutorial',
  engine: 'wasm',
  device: 'CPU',
  settings: {
    epochs: 3,
    batchSize: 128,
    trainExamples: 5120,
    testExamples: 1000,
    seed: 7,
    shuffle: false,
    lossReduction: 'mean',
    optimizer: { ...defaultOptimizer('adamw'), clipByGlobalNorm: 0.5 },
  },
  runs: [
    run('warm-up "é"', {
      function: 'linear_schedule',
      args: { init_value: 0, end_value: 1e-3, transition_steps: 100 },
    }),
    run('by hand'),
  ],
};

const packed = (text: string): string => `plan=${deflateRawSync(text).toString('base64url')}`;

describe('A link to a plan', () => {
  it('opens as a file of schedules that trains the same', () => {
    const { query, missing } = planLink(started);
    assert.deepEqual(missing, ['what is written by hand (by hand)']);
    const { definitions, training, findings } = readSchedules('plan.json', planOf(query));
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.deepEqual(
      definitions.map(({ name, schedule }) => [name, schedule?.schedule(50)]),
      [['warm-up "é"', Math.fround(5e-4)]],
    );
    assert.deepEqual(training, {
      epochs: 3,
      batchSize: 128,
      trainExamples: 5120,
      testExamples: 1000,
      seed: 7,
      lossReduction: 'mean',
      optimizer: defaultOptimizer('adamw'),
      clipByGlobalNorm: 0.5,
    });
  });

  it('says what it cannot hold', () => {
    const runs = [0, 1, 2].flatMap((seed) => started.runs.map((one) => ({ ...one, seed })));
    const settings = { ...started.settings, shuffle: true };
    assert.deepEqual(planLink({ ...started, runs, settings }).missing, [
      'what is written by hand (by hand)',
      'that each schedule is trained from 3 seeds',
      'that batches are shuffled',
    ]);
  });

  it('is refused where no schedule has a form, or it would be too long for an address', () => {
    assert.throws(() => planLink({ ...started, runs: [run('by hand')] }), /written by hand/);
    const boundaries = Array.from({ length: 9_000 }, () => randomBytes(4).readUInt32LE());
    const long = run('long', { function: 'piecewise_constant_schedule', args: { boundaries } });
    assert.throws(() => planLink({ ...started, runs: [long] }), /too long for a link/);
  });

  it('from outside is refused where it is cut, no plan, or unpacks to more than a plan can be', () => {
    const { query } = planLink(started);
    for (const bad of [
      '',
      'plan=',
      'other=1',
      query.slice(0, -20),
      'plan=***',
      packed('[1, 2'),
      packed('{"training": {}}'),
      packed('null'),
      packed(`{"schedules": "${'a'.repeat(2 ** 21)}"}`),
      `plan=${'A'.repeat(20_000)}`,
    ]) {
      assert.throws(() => planOf(bad), /holds no plan of a comparison/, bad.slice(0, 40));
    }
  });
});
