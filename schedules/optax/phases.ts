import type { Schedule } from '../schedule.ts';

export type PhaseName = 'warm-up' | 'rise' | 'decay' | 'hold';

/** A stretch of a schedule in which its rate does one thing. Steps are whole and count from 0. */
export interface Phase {
  readonly name: PhaseName;
  readonly from: number;
  /** The step after the last one; null for the endless last phase. */
  readonly to: number | null;
  /** Of an exponential decay: the steps in which the rate changes by its decay factor once. */
  readonly period?: number;
}

/** A schedule together with its phases: contiguous from step 0, the last one endless. */
export interface PhasedSchedule {
  readonly schedule: Schedule;
  readonly phases: readonly Phase[];
  /** The rates are interpreted from code: each takes some ten microseconds. */
  readonly interpreted?: true;
}

/** Phases that follow each other, from the (perhaps fractional or negative) step each begins at. */
export function consecutivePhases(
  beginnings: readonly (readonly [PhaseName, number])[],
): readonly Phase[] {
  const phases = beginnings.map(([name, start]) => ({ name, from: Math.max(0, Math.ceil(start)) }));
  return phases
    .map((phase, i) => ({ ...phase, to: phases[i + 1]?.from ?? null }))
    .filter(({ from, to }) => to === null || from < to);
}

/** What a rate does on its way from one value to another. */
export function direction(start: number, end: number): PhaseName {
  if (end > start) return 'rise';
  return end < start ? 'decay' : 'hold';
}

/**
 * The steps that a schedule was laid out for: until its endless phase begins, and one period more
 * where that phase is an exponential decay. 0 for a constant.
 */
export function naturalLength(phases: readonly Phase[]): number {
  const last = phases.at(-1);
  return last === undefined ? 0 : last.from + Math.ceil(last.period ?? 0);
}
