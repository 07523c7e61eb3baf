import { findData } from '../../runner/data/find.ts';

let found: Promise<string> | undefined;

/** The folder of the real data, fetched into Anneal's cache where the machine has it nowhere. */
export function fashionMnistFolder(): Promise<string> {
  found ??= findData({ report: (message) => process.stderr.write(`${message}\n`) });
  return found;
}
