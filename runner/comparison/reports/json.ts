import { jsonFigure } from '../../protocol.ts';
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
  return `${JSON.stringify(report, jsonFigure, 2)}\n`;
}
