import { figureAxis, logarithmicAxis, type Tick } from '../../../schedules/drawing/axes.ts';

/** The finite figures that are in view. */
export interface Extremes {
  readonly low: number;
  readonly high: number;
  /** Infinity where there is none. */
  readonly leastPositive: number;
}

/** The axis of figures, such as rates. */
export interface FigureAxis {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly Tick[];
  /** Of a logarithmic axis whose lowest tick stands for all that such an axis has no place for. */
  readonly hasFoot: boolean;
}

/** Room above the highest curve, as a part of the figures, so that it can be taken and read. */
const headroom = 0.04;

/** An even axis, with about so many ticks. */
export function evenAxis({ low, high }: Extremes, count: number): FigureAxis {
  const room = headroom * (high - low);
  const { ticks } = figureAxis([low < 0 ? low - room : low, high + room], count);
  return { min: ticks[0]?.value ?? 0, max: ticks.at(-1)?.value ?? 1, ticks, hasFoot: false };
}

/** Figures that are so many times smaller than the largest are the noise of float32. */
const largestRatio = 1e7;

/** The part of the axis that is left to the foot. */
const footHeight = 0.1;

/** A logarithmic axis; figures that it has no place for, such as 0, are at its foot. */
export function decadesAxis({ low, high, leastPositive }: Extremes, count: number): FigureAxis {
  const top = high > 0 ? high : 1;
  const bottom = Math.max(Math.min(leastPositive, top), top / largestRatio);
  const { ticks } = logarithmicAxis([bottom, top], count);
  const [first, last] = [ticks[0], ticks.at(-1)];
  if (!first || !last) throw new RangeError('A logarithmic axis has ticks at both of its ends.');
  if (low >= bottom) return { min: first.value, max: last.value, ticks, hasFoot: false };
  const min = first.value / (last.value / first.value) ** footHeight;
  const foot = { value: min, label: footLabel(low, leastPositive < bottom, first.label) };
  return { min, max: last.value, ticks: [foot, ...ticks], hasFoot: true };
}

function footLabel(low: number, hasSmaller: boolean, lowestTick: string): string {
  if (hasSmaller) return `<${lowestTick}`;
  return low < 0 ? '≤0' : '0';
}
