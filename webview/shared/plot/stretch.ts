import type { Range } from '../../../schedules/drawing/axes.ts';

/**
 * A stretch of steps (or of seconds) made longer or shorter around a place, within all of them; null
 * where that is all of them.
 *
 * @param factor below 1 shows fewer steps, larger.
 * @param shortest closer than this there is nothing more to see.
 */
export function zoomed(
  [from, to]: Range,
  all: Range,
  factor: number,
  around: number,
  shortest = 8,
): Range | null {
  const length = Math.max((to - from) * factor, Math.min(shortest, lengthOf(all)));
  const before = to > from ? (around - from) / (to - from) : 0.5;
  return within([around - before * length, around + (1 - before) * length], all);
}

/** A stretch of steps moved along, as far as there are steps. */
export function panned([from, to]: Range, all: Range, by: number): Range | null {
  return within([from + by, to + by], all);
}

/** Moved, or cut, so that it lies within all steps; null where it is all of them. */
export function within([from, to]: Range, all: Range): Range | null {
  const length = Math.min(to - from, lengthOf(all));
  if (length >= lengthOf(all)) return null;
  const start = Math.min(Math.max(from, all[0]), all[1] - length);
  return [start, start + length];
}

export const lengthOf = ([from, to]: Range): number => to - from;
