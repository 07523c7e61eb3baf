import Table from 'cli-table3';
import stringWidth from 'string-width';
import { lineText } from '../comparison/figures.ts';
import type { ReadComparison } from '../comparison/readComparison.ts';
import { explanation, reportTable, type ReportTable } from '../comparison/reports/table.ts';
import { resultsOf } from '../comparison/statistics/results.ts';

/**
 * The table of a comparison for a terminal, like the last one of the tutorial, and what it means.
 *
 * @param columns of the terminal; 0 where they are not known.
 */
export function comparisonTable(comparison: ReadComparison, columns = 0): string {
  const results = resultsOf(comparison);
  const note = explanation(results, comparison.state.started);
  return [drawn(reportTable(results), columns), ...(note === '' ? [] : [note])].join('\n');
}

/** Names take more lines than one where the terminal is narrow, but have this width at least. */
const leastNameWidth = 12;

function drawn({ heads, rows }: ReportTable, columns: number): string {
  const withNamesOf = (width: number | null): string => {
    const table = new Table({
      // Two lines each, so that the table stays narrow.
      head: heads.map((head) => head.replace(' ', '\n')),
      colAligns: heads.map((_, i) => (i === 0 ? 'left' : 'right')),
      colWidths: [width],
      wordWrap: true,
      wrapOnWordBoundary: false,
      style: { head: [], border: [], compact: true },
    });
    table.push(...rows.map((row) => row.map(lineText)));
    return table.toString();
  };
  const [line = '', ...others] = withNamesOf(null).split('\n');
  const excess = columns > 0 ? stringWidth(line) - columns : 0;
  if (excess <= 0) return [line, ...others].join('\n');
  return withNamesOf(Math.max(leastNameWidth, line.indexOf('┬') - 1 - excess));
}
