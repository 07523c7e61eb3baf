import type { ComparisonState } from '../runStates.ts';
import type { Plan } from '../plan.ts';
import { csvReport } from './csv.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';

/** A finished or unfinished comparison, as far as its folder tells. */
export interface ReportedComparison {
  readonly plan: Plan;
  readonly state: ComparisonState;
}

/** How a comparison can be told, by the ending of the report's file. */
export const reports: Readonly<Record<string, (comparison: ReportedComparison) => string>> = {
  html: htmlReport,
  md: markdownReport,
  csv: csvReport,
  json: jsonReport,
};
