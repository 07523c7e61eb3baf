import type { ReportedComparison } from './formats.ts';

/** Settings, runs and epochs; figures that are not finite are strings. */
export function jsonReport({ state }: ReportedComparison): string {
  const { comparison, engine, device, settings } = state.started;
  const runs = [...state.runs.values()].map(({ run, function: f, status, message, epochs }) => ({
    run,
    function: f,
    status,
    message,
    epochs: epochs.map(({ epoch, loss, accuracy, learningRate, seconds }) => ({
      epoch,
      loss,
      accuracy,
      learningRate,
      seconds,
    })),
  }));
  const report = { comparison, engine, device, settings, runs, seconds: state.seconds };
  const text = JSON.stringify(
    report,
    (_key, value: unknown) =>
      typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
    2,
  );
  return `${text}\n`;
}
