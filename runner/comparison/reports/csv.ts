import type { ReportedComparison } from './formats.ts';

/** A row for every epoch of every run (RFC 4180). */
export function csvReport({ state }: ReportedComparison): string {
  const heads = ['run', 'function', 'epoch', 'loss', 'accuracy', 'learning_rate', 'seconds'];
  const rows = [...state.runs.values()].flatMap(({ run, function: f, epochs }) =>
    epochs.map(({ epoch, loss, accuracy, learningRate, seconds }) => [
      run,
      f,
      epoch,
      loss,
      accuracy,
      learningRate,
      seconds,
    ]),
  );
  return [heads, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number): string {
  const text = String(value);
  // A spreadsheet would take a text that begins so for a formula.
  const harmless = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
