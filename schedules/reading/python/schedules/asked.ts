import type { ScheduleObject } from '../values/value.ts';

const asked = new WeakSet<ScheduleObject>();

/** Notes that a text asks a schedule for a rate, as in `schedule(step // steps_per_epoch)`. */
export function noteAsked(object: ScheduleObject): void {
  asked.add(object);
}

export function isAsked(object: ScheduleObject): boolean {
  return asked.has(object);
}
