import type { ReportedComparison } from './formats.ts';
import { settingsText, tableHeads, tableRows } from './table.ts';
export function htmlReport({ state }: ReportedComparison): string {
  return settingsText(state.started.settings) + tableHeads.join() + tableRows(state).join();
}
