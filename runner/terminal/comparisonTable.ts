import Table from 'cli-table3';
import { lineText } from '../comparison/figures.ts';
import { tableHeads, tableRows } from '../comparison/reports/table.ts';
import type { ComparisonState } from '../comparison/runStates.ts';

/** The table of a comparison for a terminal, like the last one of the tutorial. */
export function comparisonTable(state: ComparisonState): string {
  const table = new Table({
    head: [...tableHeads],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  table.push(...tableRows(state).map((row) => row.map(lineText)));
  return table.toString();
}
