import { figureAxis } from '../../../schedules/drawing/axes.ts';
import {
  decadesAxis,
  evenAxis,
  type Extremes,
  type FigureAxis,
} from '../../shared/chart/figureAxes.ts';
import type { View, ChartName } from '../view.ts';

const from0to1: FigureAxis = {
  min: 0,
  max: 1,
  ticks: figureAxis([0, 1], 5).ticks,
  hasFoot: false,
};

/** The axis of a chart's figures, with about so many ticks. */
export function axisOf(
  chart: ChartName,
  extremes: Extremes,
  view: Pick<View, 'logarithmic' | 'isWholeAccuracy'>,
  count: number,
): FigureAxis {
  if (view.logarithmic.includes(chart)) return decadesAxis(extremes, count);
  if (chart !== 'accuracy') return evenAxis(extremes, count);
  const { low, high } = extremes;
  if (high > 1 || low < 0) return evenAxis(extremes, count);
  if (view.isWholeAccuracy || high - low < leastSpread) return from0to1;
  // A share is never more than 1, and an axis of shares neither.
  const { ticks } = figureAxis([low, Math.min(1, high + 0.04 * (high - low))], count);
  return { min: ticks[0]?.value ?? 0, max: ticks.at(-1)?.value ?? 1, ticks, hasFoot: false };
}

/** Accuracies that are closer than ten test images of ten thousand need no axis of their own. */
const leastSpread = 0.001;

/** What a person should know of an axis that does not begin at 0: `axis from 0.70`. */
export function cutText({ min, max, ticks, hasFoot }: FigureAxis, isEven: boolean): string | null {
  if (!isEven || hasFoot || (min <= 0 && max >= 0)) return null;
  return min > 0 ? `axis from ${ticks[0]?.label ?? ''}` : `axis to ${ticks.at(-1)?.label ?? ''}`;
}

/** The extremes of several lines; those of nothing are 0 and 1. */
export function joined(all: readonly Extremes[]): Extremes {
  let [low, high, leastPositive] = [Infinity, -Infinity, Infinity];
  for (const one of all) {
    low = Math.min(low, one.low);
    high = Math.max(high, one.high);
    leastPositive = Math.min(leastPositive, one.leastPositive);
  }
  return low <= high ? { low, high, leastPositive } : { low: 0, high: 1, leastPositive: 1 };
}
