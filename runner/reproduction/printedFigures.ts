import { identitiesByEpoch } from '../comparison/identity.ts';
import type { Plan, PlannedRun } from '../comparison/plan.ts';
import type { PrintedRun, TrainingSettings } from '../protocol.ts';
import printed from './printed.json' with { type: 'json' };

/** So many digits of an identity tell all runs apart. */
export const identityDigits = 16;

/** Whether the tutorial may have printed something of runs with such settings. */
export function hasPrintedSettings(settings: TrainingSettings): boolean {
  // With several seeds, that of the settings is the first and least.
  const { settings: common } = printed;
  return objectKeys(common).every((name) => settings[name] === common[name]);
}

const objectKeys = Object.keys as <T extends object>(object: T) => readonly (keyof T)[];

/**
 * What the tutorial printed of a run, by epoch, as far as network, data, settings and rates are those
 * of one of the tutorial's; undefined where they are not even for an epoch.
 */
export function printedFigures(plan: Plan, run: PlannedRun): PrintedRun | undefined {
  let epochs = 0;
  let same = tutorialRuns;
  for (const identity of identitiesByEpoch(plan, run)) {
    const own = identity.slice(0, identityDigits);
    const still = same.filter(({ identities }) => identities[epochs] === own);
    if (still.length === 0) break;
    epochs++;
    same = still;
  }
  const [found] = same;
  if (!found || epochs === 0) return undefined;
  return {
    run: run.run,
    losses: found.loss.slice(0, epochs),
    accuracies: found.accuracy.slice(0, epochs),
  };
}

const tutorialRuns = printed.runs.map((run) => ({ ...run, identities: run.identities.split(' ') }));
