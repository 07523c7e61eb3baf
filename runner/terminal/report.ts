import { writeDurably } from '../durableFile.ts';
import { comparisonFolder } from '../comparison/folder.ts';
import { readJournal } from '../comparison/journal.ts';
import { readPlan } from '../comparison/plan.ts';
import { reports } from '../comparison/reports/formats.ts';
import { afterEvent, type ComparisonState } from '../comparison/runStates.ts';
import { InputError } from '../inputError.ts';
import { exitCodes, UsageError } from './usage.ts';

export const reportFormats = Object.keys(reports);

/** `anneal report DIR`: writes reports beside the journal and prints where they are. */
export async function report(path: string, formats: readonly string[]): Promise<number> {
  const unknown = formats.find((format) => !Object.hasOwn(reports, format));
  if (unknown !== undefined) {
    throw new UsageError(`--format ${unknown}: there are ${reportFormats.join(', ')}.`);
  }
  const folder = comparisonFolder(path);
  const events = await readJournal(folder.events);
  const plan = await readPlan(folder.plan);
  const state = events.reduce<ComparisonState | undefined>(afterEvent, undefined);
  if (!state) throw new InputError(`${folder.events} does not tell of a comparison's start.`);
  for (const format of formats) {
    const text = reports[format]?.({ plan, state }) ?? '';
    await writeDurably(folder.report(format), text);
    process.stdout.write(`${folder.report(format)}\n`);
  }
  return exitCodes.done;
}
