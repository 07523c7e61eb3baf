import type { PhasedSchedule } from '../optax/phases.ts';

/** A point of a curve; where `y` is not finite, the curve has a gap. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Enough to find the extremes within a column, few enough to draw while a hover waits. */
const evaluationsPerColumn = 16;

/** So many phase boundaries of one column are looked at; more of them could not be told apart. */
const boundariesPerColumn = 8;

/** Fractional parts of its multiples are spread evenly, whatever their number. */
const goldenRatio = (1 + Math.sqrt(5)) / 2;

/**
 * The points of a schedule over steps 0 to `length - 1` that a picture of so many pixel columns
 * needs: every step of a short schedule, the extremes of each column of a long one. A schedule too
 * long to be evaluated at every step is at both sides of all its phase boundaries, so that restarts
 * and the steps of a staircase stay, and at steps spread so that no cycle falls in with them.
 */
export function sampleSchedule(
  { schedule, phases }: PhasedSchedule,
  length: number,
  columns: number,
  perColumn = evaluationsPerColumn,
): readonly Point[] {
  const stride = Math.ceil(length / (columns * perColumn));
  const steps =
    stride > 1 ? spreadSteps(phases, length, columns, stride) : Array.from({ length }, (_, i) => i);
  return extremesPerColumn(
    steps.map((x) => ({ x, y: schedule(x) })),
    columns,
  );
}

function spreadSteps(
  phases: PhasedSchedule['phases'],
  length: number,
  columns: number,
  stride: number,
): readonly number[] {
  const columnOf = (step: number): number => Math.floor((step * columns) / length);
  const spread = Array.from({ length: Math.ceil(length / stride) }, (_, i) =>
    Math.floor((i + ((i * goldenRatio) % 1)) * stride),
  );
  const boundaries = phases
    .flatMap(({ from }) => [from - 1, from])
    .filter((step, i, all) => columnOf(step) !== columnOf(all[i - boundariesPerColumn] ?? NaN));
  return [...new Set([...spread, ...boundaries, length - 1])]
    .filter((step) => step >= 0 && step < length)
    .sort((a, b) => a - b);
}

/**
 * As few points as draw the same picture in so many pixel columns: of each column the first, the
 * last, the lowest and the highest, and a gap if there is one (M4: Jugel et al., VLDB 2014).
 *
 * @param points with ascending `x`.
 */
export function extremesPerColumn(points: readonly Point[], columns: number): readonly Point[] {
  const [start = 0, end = 0] = [points[0]?.x, points.at(-1)?.x];
  if (points.length <= 4 * columns) return points;
  const kept: Point[] = [];
  let [column, inColumn]: [number, Point[]] = [0, []];
  for (const point of points) {
    const next = Math.floor(((point.x - start) * columns) / (end - start));
    if (next !== column) {
      kept.push(...extremes(inColumn));
      [column, inColumn] = [next, []];
    }
    inColumn.push(point);
  }
  return [...kept, ...extremes(inColumn)];
}

function extremes(points: readonly Point[]): readonly Point[] {
  let lowest: Point | undefined;
  let highest: Point | undefined;
  let gap: Point | undefined;
  for (const point of points) {
    if (!Number.isFinite(point.y)) {
      gap ??= point;
      continue;
    }
    if (!lowest || point.y < lowest.y) lowest = point;
    if (!highest || point.y > highest.y) highest = point;
  }
  const [first, last] = [points[0], points.at(-1)];
  return points.filter(
    (point) =>
      point === first || point === lowest || point === highest || point === gap || point === last,
  );
}
