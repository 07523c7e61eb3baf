import type { ReportedComparison } from './formats.ts';

const heads = [
  'run',
  'function',
  'epoch',
  'loss',
  'accuracy',
  'learning_rate',
  'seconds',
  'schedule',
  'seed',
  'points_to_best',
  'p_value',
];

/** A row for every epoch of every run (RFC 4180); the last two are of the schedule as a whole. */
export function csvReport({ state, results }: ReportedComparison): string {
  const rankings = new Map(results.schedules.map(({ schedule, ranking }) => [schedule, ranking]));
  const rows = [...state.runs.values()].flatMap(({ run, schedule, seed, function: f, epochs }) => {
    const ranking = rankings.get(schedule);
    const statistics = ranking?.type === 'behind' ? [ranking.points, ranking.p ?? ''] : ['', ''];
    return epochs.map(({ epoch, loss, accuracy, learningRate, seconds }) => [
      ...[run, f, epoch, loss, accuracy, learningRate, seconds, schedule, seed],
      ...statistics,
    ]);
  });
  return [heads, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number): string {
  const text = String(value);
  // A spreadsheet would take a text that begins so for a formula.
  const harmless = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
