import type { ReportedComparison } from './formats.ts';
import { settingsText, tableHeads, tableRows } from './table.ts';

/** The table of the runs, and what they share. */
export function markdownReport({ state }: ReportedComparison): string {
  const { comparison, engine, device, settings } = state.started;
  const rows = tableRows(state).map((row) => line(row.map(escaped)));
  const failures = [...state.runs.values()].flatMap(({ run, message }) =>
    message === undefined ? [] : [`- ${escaped(run)}: ${escaped(message)}`],
  );
  return [
    `# ${escaped(comparison)}`,
    '',
    settingsText(settings),
    `Trained with ${engine} (${device}).`,
    '',
    line(tableHeads),
    line(tableHeads.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rows,
    ...(failures.length > 0 ? ['', ...failures] : []),
    '',
  ].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Text that Markdown shows as it is. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#&]/g, '\\$&');
}
