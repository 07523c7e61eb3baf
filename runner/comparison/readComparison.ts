import { InputError } from '../inputError.ts';
import { comparisonFolder } from './folder.ts';
import { readJournal } from './journal.ts';
import { readPlan, type Plan } from './plan.ts';
import { readCorrectImages, type CorrectImages } from './predictions.ts';
import { afterEvent, type ComparisonState } from './runStates.ts';

/** A finished or unfinished comparison, as far as its folder tells. */
export interface ReadComparison {
  readonly plan: Plan;
  readonly state: ComparisonState;
  readonly correct: CorrectImages;
}

/**
 * What the folder of a comparison tells of it.
 *
 * @param report is told what is passed over: a torn last line of the journal.
 * @throws InputError where it is not such a folder, or its plan or journal is damaged.
 */
export async function readComparison(
  path: string,
  report?: (message: string) => void,
): Promise<ReadComparison> {
  const folder = comparisonFolder(path);
  const events = await readJournal(folder.events, { report });
  const plan = await readPlan(folder.plan);
  const state = events.reduce<ComparisonState | undefined>(afterEvent, undefined);
  if (!state) throw new InputError(`${folder.events} does not tell of a comparison's start.`);
  return { plan, state, correct: await readCorrectImages(folder, state) };
}
