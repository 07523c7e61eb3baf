import { jsonFigure } from '../../protocol.ts';
import type { ReportedComparison } from './formats.ts';

/** Settings, results, runs and epochs; figures that are not finite are strings. */
export function jsonReport({ title, state, results }: ReportedComparison): string {
  const { comparison, engine, device, settings } = state.started;
  const schedules = results.schedules.map(
    ({ schedule, function: f, completed, figures, ranking }) => ({
      schedule,
      function: f,
      seeds: completed.map(({ seed }) => seed),
      ...figures,
      ranking,
    }),
  );
  const runs = [...state.runs.values()].map((run) => ({
    run: run.run,
    schedule: run.schedule,
    seed: run.seed,
    function: run.function,
    status: run.status,
    message: run.message,
    epochs: run.epochs.map(({ epoch, loss, accuracy, learningRate, seconds }) => ({
      epoch,
      loss,
      accuracy,
      learningRate,
      seconds,
    })),
  }));
  const { tests } = results;
  const { seconds } = state;
  const head = { title, comparison, engine, device, settings };
  const report = { ...head, schedules, tests, runs, seconds };
  return `${JSON.stringify(report, jsonFigure, 2)}\n`;
}
