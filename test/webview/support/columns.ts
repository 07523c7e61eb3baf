import type { Schedule } from '../../../schedules/schedule.ts';

/** A line from step to step. */
export interface Line {
  readonly steps: ArrayLike<number>;
  readonly rates: ArrayLike<number>;
}

/** The lowest and the highest rate that a line has in a pixel column. */
export type Extremes = readonly [low: number, high: number];

/** What a line looks like in so many pixel columns over a stretch of steps. */
export function columnExtremes(
  { steps, rates }: Line,
  [from, to]: readonly [number, number],
  columns: number,
): readonly Extremes[] {
  const extremes = Array.from({ length: columns }, (): [number, number] => [Infinity, -Infinity]);
  const take = (column: number, rate: number): void => {
    const extreme = extremes[column];
    if (!extreme) return;
    if (rate < extreme[0]) extreme[0] = rate;
    if (rate > extreme[1]) extreme[1] = rate;
  };
  const width = (to - from) / columns;
  for (let i = 1; i < steps.length; i++) {
    const [x0, x1] = [(steps[i - 1]! - from) / width, (steps[i]! - from) / width];
    if (x1 < 0 || x0 > columns) continue;
    const [y0, y1] = [rates[i - 1]!, rates[i]!];
    take(Math.floor(x0), y0);
    take(Math.floor(x1), y1);
    // Where the line goes from one column to the next.
    for (let edge = Math.ceil(Math.max(0, x0)); edge <= Math.min(columns, x1); edge++) {
      const rate = x1 > x0 ? y0 + ((y1 - y0) * (edge - x0)) / (x1 - x0) : y1;
      take(edge - 1, rate);
      take(edge, rate);
    }
  }
  return extremes;
}

/** The line of a schedule through every step of a stretch, and one more at each end. */
export function exactLine(schedule: Schedule, [from, to]: readonly [number, number]): Line {
  const first = Math.max(0, Math.floor(from) - 1);
  const steps = Float64Array.from({ length: Math.ceil(to) + 2 - first }, (_, i) => first + i);
  return { steps, rates: steps.map(schedule) };
}

/** In how many columns one picture has a rate that the other lacks in that column and its neighbours. */
export function columnsThatDiffer(
  a: readonly Extremes[],
  b: readonly Extremes[],
  neighbours: number,
  tolerance: number,
): number {
  return a.filter(([low, high], column) => {
    const near = b.slice(Math.max(0, column - neighbours), column + neighbours + 1);
    const lowest = Math.min(...near.map((one) => one[0]));
    const highest = Math.max(...near.map((one) => one[1]));
    return low < lowest - tolerance || high > highest + tolerance;
  }).length;
}
