import { writeFileSync } from 'node:fs';

/** How the tests of one suite ended; Mocha's `runner.stats` is one. */
export interface Counts {
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
}

/**
 * Ends a suite: leaves its counts as JSON in the file ANNEAL_TEST_COUNTS, from which `npm test`
 * makes its sum, or else prints them.
 */
export function endSuite(counts: Counts, print: (line: string) => void): void {
  const { passes, failures, pending } = counts;
  const file = process.env['ANNEAL_TEST_COUNTS'];
  if (file !== undefined) writeFileSync(file, JSON.stringify({ passes, failures, pending }));
  else print(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`);
}
