import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { identities } from '../../../runner/comparison/identity.ts';
import { makePlan, type Plan } from '../../../runner/comparison/plan.ts';
import printed from '../../../runner/reproduction/printed.json' with { type: 'json' };
import {
  hasPrintedSettings,
  identityDigits,
  printedFigures,
} from '../../../runner/reproduction/printedFigures.ts';
import { chosenSchedules } from '../../../runner/terminal/chosenSchedules.ts';
import { readScheduleFile } from '../../../runner/terminal/files.ts';
import { settingsOf, type SettingOptions } from '../../../runner/terminal/settings.ts';

const example = (name: string): string =>
  fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));

async function planOf(name: string, options: SettingOptions = {}): Promise<Plan> {
  const file = await readScheduleFile(example(name), {});
  return makePlan('tutorial', chosenSchedules([file], undefined), settingsOf([file], options));
}

/** How many printed epochs each run of a plan has. */
const epochsOf = (plan: Plan): Readonly<Record<string, number>> =>
  Object.fromEntries(
    plan.runs.map((run) => [run.run, printedFigures(plan, run)?.losses.length ?? 0]),
  );

describe('What the tutorial printed', function () {
  this.timeout(30_000);

  it('is known by what determines its runs', async () => {
    const plan = await planOf('tutorial.schedules.json');
    for (const { run, identities: kept } of printed.runs) {
      const planned = plan.runs.find((one) => one.run === run)!;
      const own = identities(plan, planned).map((identity) => identity.slice(0, identityDigits));
      assert.equal(kept, own.join(' '), `identities of '${run}' in printed.json`);
    }
  });

  it('is laid under each of its runs, by epoch', async () => {
    const plan = await planOf('tutorial.schedules.json');
    assert.ok(hasPrintedSettings(plan.settings));
    for (const { run, loss, accuracy } of printed.runs) {
      const planned = plan.runs.find((one) => one.run === run)!;
      assert.deepEqual(printedFigures(plan, planned), { run, losses: loss, accuracies: accuracy });
    }
  });

  it('is found by rates, whatever runs are called: not the polynomial that was never trained', async () => {
    const { polynomial_scheduler: polynomial, ...others } = epochsOf(await planOf('tutorial.py'));
    assert.equal(Object.keys(others).length, 13);
    assert.deepEqual(new Set(Object.values(others)), new Set([10]));
    // Its first two epochs have the constant rate of another run.
    assert.equal(polynomial, 2);
  });

  it('is not laid under what was trained in another way', async () => {
    for (const options of [
      { batchSize: 128 },
      { trainExamples: 6000 },
      { testExamples: 1000 },
      { seed: 1 },
      { shuffle: true },
      { lossReduction: 'mean' },
    ] as const) {
      const plan = await planOf('tutorial.schedules.json', options);
      assert.deepEqual(
        new Set(Object.values(epochsOf(plan))),
        new Set([0]),
        JSON.stringify(options),
      );
      assert.ok(!hasPrintedSettings(plan.settings), JSON.stringify(options));
    }
  });
});
