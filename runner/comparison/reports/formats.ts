import type { ReadComparison } from '../readComparison.ts';
import type { Results } from '../statistics/results.ts';
import { csvReport } from './csv.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';

/** A comparison with what comes out of it. */
export interface ReportedComparison extends ReadComparison {
  readonly results: Results;
}

/** How a comparison can be told, by the ending of the report's file. */
export const reports: Readonly<Record<string, (comparison: ReportedComparison) => string>> = {
  html: htmlReport,
  md: markdownReport,
  csv: csvReport,
  json: jsonReport,
};
