import type { Range } from '../../schedules/drawing/axes.ts';
import type { Curve } from '../messages.ts';
import type { Extremes } from '../shared/chart/figureAxes.ts';

/** A rate read off a curve: exact, or between two samples. */
export interface ReadRate {
  readonly rate: number;
  readonly isExact: boolean;
}

/** The rate of a curve at a step; undefined beyond its ends. */
export function rateAt({ steps, rates }: Curve, step: number): ReadRate | undefined {
  const i = indexFrom(steps, step);
  const [after, rateAfter] = [steps[i], rates[i]];
  if (after === undefined || rateAfter === undefined) return undefined;
  if (after === step) return { rate: rateAfter, isExact: true };
  const [before, rateBefore] = [steps[i - 1], rates[i - 1]];
  if (before === undefined || rateBefore === undefined) return undefined;
  const way = (step - before) / (after - before);
  return { rate: rateBefore + way * (rateAfter - rateBefore), isExact: false };
}

/** The index of the first step from a given one on; the number of steps where there is none. */
function indexFrom(steps: Float64Array, step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] ?? Infinity) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A curve with a stretch of it replaced by finer samples. */
export function refined(curve: Curve, finer: Curve): Curve {
  const start = indexFrom(curve.steps, finer.from);
  const end = indexFrom(curve.steps, finer.to + 1);
  const joined = (key: 'steps' | 'rates'): Float64Array =>
    Float64Array.from([
      ...curve[key].subarray(0, start),
      ...finer[key],
      ...curve[key].subarray(end),
    ]);
  return { from: curve.from, to: curve.to, steps: joined('steps'), rates: joined('rates') };
}

/** Whether a curve has a sample at every whole step of a stretch. */
export function hasEveryStep({ steps }: Curve, from: number, to: number): boolean {
  return indexFrom(steps, to + 1) - indexFrom(steps, from) >= to - from + 1;
}

export function isSameCurve(a: Curve, b: Curve): boolean {
  return isSame(a.steps, b.steps) && isSame(a.rates, b.rates);
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

/** The finite rates that curves have in a stretch of steps. */
export function rateExtremes(curves: readonly Curve[], [from, to]: Range): Extremes {
  let [low, high, leastPositive] = [Infinity, -Infinity, Infinity];
  const take = (rate: number | undefined): void => {
    if (rate === undefined || !Number.isFinite(rate)) return;
    if (rate < low) low = rate;
    if (rate > high) high = rate;
    if (rate > 0 && rate < leastPositive) leastPositive = rate;
  };
  for (const curve of curves) {
    take(rateAt(curve, from)?.rate);
    take(rateAt(curve, to)?.rate);
    const end = indexFrom(curve.steps, to);
    for (let i = indexFrom(curve.steps, from); i < end; i++) take(curve.rates[i]);
  }
  return low <= high ? { low, high, leastPositive } : { low: 0, high: 1, leastPositive };
}
