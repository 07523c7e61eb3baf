import type { Range } from '../../../schedules/drawing/axes.ts';
import type { Extremes } from '../../shared/chart/figureAxes.ts';

/** Points in the order of their `x`. */
export interface Line {
  /** Null where the points are one apart, from `offset` on. */
  readonly xs: ArrayLike<number> | null;
  readonly offset: number;
  readonly ys: ArrayLike<number>;
}

export function xOf({ xs, offset }: Line, index: number): number {
  return (xs === null ? index : (xs[index] ?? NaN)) + offset;
}

/** The index of the first point from a place on; the number of points where there is none. */
export function indexFrom(line: Line, place: number): number {
  let [low, high] = [0, line.ys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (xOf(line, middle) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What a line looks like in pixel columns: the first, the last, the lowest and the highest finite
 * figure of each, which draw the same picture (M4: Jugel et al., VLDB 2014). NaN where there is none.
 */
export interface Columns {
  readonly range: Range;
  readonly count: number;
  readonly first: Float32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly last: Float32Array;
  /** 1 where a figure is not finite, behind which the line has a gap. */
  readonly gap: Uint8Array;
  readonly extremes: Extremes;
  /** How many points of the line are in. */
  readonly taken: number;
}

export function emptyColumns(range: Range, count: number): Columns {
  const empty = (): Float32Array => new Float32Array(count).fill(NaN);
  return {
    range,
    count,
    ...{ first: empty(), low: empty(), high: empty(), last: empty() },
    gap: new Uint8Array(count),
    extremes: { low: Infinity, high: -Infinity, leastPositive: Infinity },
    taken: 0,
  };
}

/** The columns with the points of a line that are not in yet; the arrays are the same. */
export function extended(columns: Columns, line: Line): Columns {
  const { range, count, first, low, high, last, gap } = columns;
  const [from, to] = range;
  const scale = count / (to - from);
  let { low: lowest, high: highest, leastPositive } = columns.extremes;
  const start = Math.max(columns.taken, indexFrom(line, from));
  const { ys, xs, offset } = line;
  for (let i = start; i < ys.length; i++) {
    const x = (xs === null ? i : (xs[i] ?? NaN)) + offset;
    if (x > to) break;
    const column = Math.min(count - 1, Math.floor((x - from) * scale));
    const y = ys[i] ?? NaN;
    if (!Number.isFinite(y)) {
      gap[column] = 1;
      continue;
    }
    const columnLow = low[column] ?? NaN;
    if (Number.isNaN(columnLow)) {
      first[column] = low[column] = high[column] = y;
    } else {
      if (y < columnLow) low[column] = y;
      if (y > (high[column] ?? NaN)) high[column] = y;
    }
    last[column] = y;
    if (y < lowest) lowest = y;
    if (y > highest) highest = y;
    if (y > 0 && y < leastPositive) leastPositive = y;
  }
  return {
    ...columns,
    taken: ys.length,
    extremes: { low: lowest, high: highest, leastPositive },
  };
}
