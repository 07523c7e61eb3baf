import { comparisonFolder } from '../comparison/folder.ts';
import { openComparisons } from '../comparison/opening.ts';
import { writeReport } from '../comparison/reports/formats.ts';
import { exportFormats } from '../protocol.ts';
import { exitCodes } from './exitCodes.ts';
import { UsageError } from './usage.ts';

export interface ReportOptions {
  readonly format: readonly string[];
  readonly data?: string;
}

/** `anneal report DIR`: writes reports beside the journal and prints where they are. */
export async function report(path: string, options: ReportOptions): Promise<number> {
  const formats = options.format.map((name) => {
    const known = exportFormats.find((format) => format === name);
    if (known) return known;
    throw new UsageError(`--format ${name}: there are ${exportFormats.join(', ')}.`);
  });
  const tellPerson = (message: string): void => void process.stderr.write(`${message}\n`);
  const open = await openComparisons({
    folders: [path],
    tell: () => Promise.resolve(),
    report: tellPerson,
  });
  for (const format of formats) {
    const file = comparisonFolder(path).report(format);
    await writeReport({ open, format, path: file, data: options.data, report: tellPerson });
    process.stdout.write(`${file}\n`);
  }
  return exitCodes.done;
}
