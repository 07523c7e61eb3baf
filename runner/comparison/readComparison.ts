import { InputError } from '../inputError.ts';
import { comparisonFolder } from './folder.ts';
import { readJournal } from './journal.ts';
import { readPlan, type Plan } from './plan.ts';
import { afterEvent, type ComparisonState } from './runStates.ts';

/**
 * What the folder of a comparison tells of it.
 *
 * @throws InputError where it is not such a folder, or its plan or journal is damaged.
 */
export async function readComparison(
  path: string,
): Promise<{ readonly plan: Plan; readonly state: ComparisonState }> {
  const folder = comparisonFolder(path);
  const events = await readJournal(folder.events);
  const plan = await readPlan(folder.plan);
  const state = events.reduce<ComparisonState | undefined>(afterEvent, undefined);
  if (!state) throw new InputError(`${folder.events} does not tell of a comparison's start.`);
  return { plan, state };
}
