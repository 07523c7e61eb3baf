import { closestName } from './closestName.ts';
import { constantSchedule } from './constant.ts';
import { cosineDecaySchedule } from './cosine.ts';
import { exponentialDecay } from './exponential.ts';
import { joinSchedules } from './join.ts';
import { cosineOnecycleSchedule, linearOnecycleSchedule } from './onecycle.ts';
import { piecewiseConstantSchedule, piecewiseInterpolateSchedule } from './piecewise.ts';
import { linearSchedule, polynomialSchedule } from './polynomial.ts';
import type { ScheduleFunction } from './scheduleFunction.ts';
import { sgdrSchedule } from './sgdr.ts';
import {
  warmupConstantSchedule,
  warmupCosineDecaySchedule,
  warmupExponentialDecaySchedule,
} from './warmup.ts';

/** The version of Optax whose semantics these are. */
export const optaxVersion = '0.2.8';

/**
 * Every function of Optax that makes a schedule. Completion, signature help, hovers, diagnostics,
 * the JSON schema, the reference page and the terminal program's help are all made from this list.
 */
export const scheduleFunctions: readonly ScheduleFunction[] = [
  constantSchedule,
  linearSchedule,
  polynomialSchedule,
  exponentialDecay,
  cosineDecaySchedule,
  piecewiseConstantSchedule,
  piecewiseInterpolateSchedule,
  linearOnecycleSchedule,
  cosineOnecycleSchedule,
  warmupConstantSchedule,
  warmupCosineDecaySchedule,
  warmupExponentialDecaySchedule,
  sgdrSchedule,
  joinSchedules,
];

export function findScheduleFunction(name: string): ScheduleFunction | undefined {
  return scheduleFunctions.find((f) => f.name === name);
}

/** What to say of a schedule function that Optax does not have. */
export function unknownFunctionMessage(name: string): string {
  const names = scheduleFunctions.map((f) => f.name);
  const meant = closestName(name, names);
  const advice =
    meant === undefined ? `its schedules are ${names.join(', ')}.` : `did you mean '${meant}'?`;
  return `Optax has no schedule '${name}'; ${advice}`;
}
