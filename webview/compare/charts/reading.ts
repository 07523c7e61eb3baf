import { durationText, placeText } from '../../shared/figures.ts';
import type { RunEpoch } from '../messages.ts';
import { visible, type Projection, type ShownRun } from '../projection.ts';
import type { ChartName } from '../view.ts';
import { indexFrom, xOf } from './columns.ts';
import { isPerStep, lineOf, offsetOf } from './lines.ts';

/** What a run has at a place: of the step there, and of the last epoch that is over by then. */
export interface Reading {
  /** Undefined where it did not come so far. */
  readonly loss: number | undefined;
  readonly learningRate: number | undefined;
  readonly epoch: RunEpoch | null;
}

/** The figures of a run at the crosshair. */
export function readingAt(run: ShownRun, place: number, projection: Projection): Reading {
  const { series, epochs } = run;
  const step = stepAt(run, place, projection);
  const over = Math.floor((step + 1) / projection.stepsPerEpoch);
  return {
    loss: series.losses.at(step),
    learningRate: series.learningRates.at(step),
    epoch: epochs.find(({ epoch }) => epoch === over) ?? null,
  };
}

/** The figure of a chart at a place of its axis, to be pointed at. */
export function figureAt(
  chart: ChartName,
  run: ShownRun,
  place: number,
  projection: Projection,
): number {
  const reading = readingAt(run, place, projection);
  switch (chart) {
    case 'loss':
      return reading.loss ?? NaN;
    case 'learningRate':
      return reading.learningRate ?? NaN;
    case 'accuracy':
      return reading.epoch?.accuracy ?? NaN;
    case 'epochLoss':
      return reading.epoch?.loss ?? NaN;
  }
}

/** The step of a run that ends at a place, or the last one before it. */
function stepAt({ series }: ShownRun, place: number, projection: Projection): number {
  if (projection.view.across !== 'time') return Math.round(place - offsetOf(projection));
  const ys = series.seconds.view();
  const end = indexFrom({ xs: ys, offset: 0, ys }, place);
  return series.seconds.at(end) === place ? end : end - 1;
}

/** The nearest place that has a figure: of charts of epochs, the end of one. */
export function snapped(chart: ChartName, place: number, projection: Projection): number {
  const { stretch, stepsPerEpoch, view } = projection;
  if (view.across === 'time') return nearestTime(chart, place, projection);
  const offset = offsetOf(projection);
  const step = place - offset;
  const near = isPerStep[chart]
    ? Math.round(step)
    : Math.max(1, Math.round((step + 1) / stepsPerEpoch)) * stepsPerEpoch - 1;
  return Math.min(Math.max(near + offset, Math.ceil(stretch[0])), Math.floor(stretch[1]));
}

/** Times are each run's own: that of the step or epoch nearest to a place, of all runs. */
function nearestTime(chart: ChartName, place: number, projection: Projection): number {
  let nearest = NaN;
  for (const run of visible(projection)) {
    const line = lineOf(chart, run, projection);
    const after = indexFrom(line, place);
    for (const i of [after - 1, after]) {
      const x = xOf(line, i);
      if (!(Math.abs(x - place) >= Math.abs(nearest - place))) nearest = x;
    }
  }
  return Number.isFinite(nearest) ? nearest : place;
}

/** `step 469, epoch 2`, or `12 s`. */
export function crosshairText(place: number, projection: Projection): string {
  const { view, stepsPerEpoch } = projection;
  if (view.across === 'time') return `after ${durationText(place)}`;
  return placeText(Math.max(0, Math.round(place - offsetOf(projection))), stepsPerEpoch);
}
