import type { Schedule } from '../schedule.ts';
import type { Arguments, ArgumentsOf, OptaxFunction, Parameter, Rule } from './optaxFunction.ts';
import type { Phase } from './phases.ts';

/** A function of Optax that makes a schedule. */
export interface ScheduleFunction<A extends Arguments = Arguments> extends OptaxFunction<A> {
  /** The schedule of arguments that meet all rules, computed in float32 as Optax 0.2.8 does. */
  build(args: A): Schedule;
  /** The phases of that schedule: contiguous from step 0, the last one endless. */
  phases(args: A): readonly Phase[];
}

interface Definition<P extends readonly Parameter[]> {
  readonly name: string;
  readonly summary: string;
  readonly since?: string;
  readonly parameters: P;
  readonly rules?: readonly Rule<ArgumentsOf<P>, P[number]['name']>[];
  build(args: ArgumentsOf<P>): Schedule;
  phases(args: ArgumentsOf<P>): readonly Phase[];
}

/** An entry of the catalog; the types of its arguments come from its own parameter list. */
export function defineScheduleFunction<const P extends readonly Parameter[]>(
  definition: Definition<P>,
): ScheduleFunction<ArgumentsOf<P>> {
  return { rules: [], ...definition };
}
