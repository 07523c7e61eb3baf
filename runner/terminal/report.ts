import { writeDurably } from '../durableFile.ts';
import { comparisonFolder } from '../comparison/folder.ts';
import { readComparison } from '../comparison/readComparison.ts';
import { resultsOf } from '../comparison/statistics/results.ts';
import { reports } from '../comparison/reports/formats.ts';
import { exitCodes, UsageError } from './usage.ts';

export const reportFormats = Object.keys(reports);

/** `anneal report DIR`: writes reports beside the journal and prints where they are. */
export async function report(path: string, formats: readonly string[]): Promise<number> {
  const unknown = formats.find((format) => !Object.hasOwn(reports, format));
  if (unknown !== undefined) {
    throw new UsageError(`--format ${unknown}: there are ${reportFormats.join(', ')}.`);
  }
  const folder = comparisonFolder(path);
  const comparison = await readComparison(path, (message) => process.stderr.write(`${message}\n`));
  const results = resultsOf(comparison);
  for (const format of formats) {
    const text = reports[format]?.({ ...comparison, results }) ?? '';
    await writeDurably(folder.report(format), text);
    process.stdout.write(`${folder.report(format)}\n`);
  }
  return exitCodes.done;
}
