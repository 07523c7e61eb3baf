import assert from 'node:assert/strict';
import { identities } from '../../../runner/comparison/identity.ts';
import { makePlan, readPlan, writePlan, type Plan } from '../../../runner/comparison/plan.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const settings = {
  epochs: 3,
  batchSize: 16,
  trainExamples: 64,
  testExamples: 32,
  seed: 0,
  shuffle: false,
  lossReduction: 'sum',
  optimizer: { name: 'sgd', args: { momentum: null, nesterov: false }, clipByGlobalNorm: null },
} as const;

const rate = (step: number): number => 1e-3 / (step + 1);

function planOf(change: Partial<Plan['settings']>, schedule = rate): Plan {
  const schedules = [{ name: 'a', function: 'f', schedule }];
  return makePlan('a', schedules, { ...settings, ...change });
}

const identitiesOf = (plan: Plan): readonly string[] => identities(plan, plan.runs[0]!);

describe('The identity of a run', () => {
  const folder = temporaryFolder();
  const own = identitiesOf(planOf({}));

  it('is one per epoch, all different', () => {
    assert.equal(new Set(own).size, settings.epochs);
  });

  it('is the same for the epochs before the rates differ, and another one from there on', () => {
    for (const [step, same] of [
      [0, 0],
      [3, 0],
      [4, 1],
      [11, 2],
    ] as const) {
      const other = identitiesOf(planOf({}, (at) => (at === step ? 1 : rate(at))));
      assert.deepEqual(
        other.map((identity, i) => identity === own[i]),
        [0, 1, 2].map((i) => i < same),
      );
    }
  });

  it('does not depend on how long is trained, nor on the order of names', () => {
    assert.deepEqual(identitiesOf(planOf({ epochs: 5 })).slice(0, 3), own);
    const { optimizer } = settings;
    const args = { nesterov: false, momentum: null };
    assert.deepEqual(identitiesOf(planOf({ optimizer: { ...optimizer, args } })), own);
  });

  it('is another one with any other setting', () => {
    const { optimizer } = settings;
    for (const change of [
      { batchSize: 17 },
      { trainExamples: 63 },
      { testExamples: 31 },
      { seed: 1 },
      { shuffle: true },
      { lossReduction: 'mean' },
      { optimizer: { ...optimizer, clipByGlobalNorm: 1 } },
      { optimizer: { ...optimizer, args: { momentum: 0.9, nesterov: false } } },
    ] as const) {
      assert.notEqual(identitiesOf(planOf(change))[0], own[0], JSON.stringify(change));
    }
    const plan = planOf({});
    const moved = { ...plan.runs[0]!, perturbation: { size: 1e-7, seed: 1 } };
    assert.notEqual(identities(plan, moved)[0], own[0]);
  });

  it('is the same once the plan was on the disk', async () => {
    for (const schedule of [rate, () => -0, (step: number) => Math.fround(Math.PI) / (step + 1)]) {
      const plan = planOf({}, schedule);
      await writePlan(folder.path('plan.json'), plan);
      const read = await readPlan(folder.path('plan.json'));
      assert.deepEqual(identitiesOf(read), identitiesOf(plan));
    }
  });
});
