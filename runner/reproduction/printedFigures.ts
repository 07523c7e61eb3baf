import { identities } from '../comparison/identity.ts';
import type { Plan, PlannedRun } from '../comparison/plan.ts';
import type { PrintedRun } from '../protocol.ts';
import printed from './printed.json' with { type: 'json' };

/** So many digits of an identity tell all runs apart. */
export const identityDigits = 16;

/**
 * What the tutorial printed of a run, by epoch, as far as network, data, settings and rates are those
 * of one of the tutorial's; undefined where they are not even for an epoch.
 */
export function printedFigures(plan: Plan, run: PlannedRun): PrintedRun | undefined {
  const own = identities(plan, run).map((identity) => identity.slice(0, identityDigits));
  let same: { readonly epochs: number; readonly of: (typeof printed.runs)[number] } | undefined;
  for (const of of printed.runs) {
    const theirs = of.identities.split(' ');
    const different = own.findIndex((identity, i) => identity !== theirs[i]);
    const epochs = different < 0 ? own.length : different;
    if (epochs > (same?.epochs ?? 0)) same = { epochs, of };
  }
  return (
    same && {
      run: run.run,
      losses: same.of.loss.slice(0, same.epochs),
      accuracies: same.of.accuracy.slice(0, same.epochs),
    }
  );
}
