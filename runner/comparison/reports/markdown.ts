import type { ReportedComparison } from './formats.ts';
import { explanation, reportTable, settingsText } from './table.ts';

/** The table of the schedules, and what their runs share. */
export function markdownReport({ title, state, results }: ReportedComparison): string {
  const { engine, device } = state.started;
  const { heads, rows } = reportTable(results);
  const note = explanation(results, state.started);
  const failures = [...state.runs.values()].flatMap(({ run, message }) =>
    message === undefined ? [] : [`- ${escaped(run)}: ${escaped(message)}`],
  );
  return [
    `# ${escaped(title)}`,
    '',
    settingsText(state.started),
    `Trained with ${engine} (${device}).`,
    '',
    line(heads),
    line(heads.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rows.map((row) => line(row.map(escaped))),
    ...(note === '' ? [] : ['', note]),
    ...(failures.length > 0 ? ['', ...failures] : []),
    '',
  ].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Text that Markdown shows as it is. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>|#&]/g, '\\$&');
}
