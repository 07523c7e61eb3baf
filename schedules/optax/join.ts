import { stepsSince } from './float32.ts';
import type { Phase } from './phases.ts';
import { defineScheduleFunction } from './scheduleFunction.ts';
import type { Schedule } from '../schedule.ts';

/**
 * Which part is in force at a step, and since when: in Optax the last one in the list whose
 * boundary has been reached, whatever the order. Parts without a boundary never are.
 */
function partInForce<Part>(parts: readonly Part[], boundaries: readonly number[]) {
  const starting = parts
    .slice(0, boundaries.length + 1)
    .map((part, i) => ({ part, start: boundaries[i - 1] ?? 0 }));
  return (step: number) => {
    const inForce = starting.findLast(({ start }, i) => i === 0 || step >= start);
    if (inForce === undefined) throw new RangeError('There is no schedule to join: give one.');
    return inForce;
  };
}

/** Schedules one after the other; each counts its steps from its own boundary. */
export function join(schedules: readonly Schedule[], boundaries: readonly number[]): Schedule {
  const inForce = partInForce(schedules, boundaries);
  return (step) => {
    const { part, start } = inForce(step);
    return part(stepsSince(step, start));
  };
}

/** The phases of joined schedules, from those of each. */
export function joinPhases(
  parts: readonly (readonly Phase[])[],
  boundaries: readonly number[],
): readonly Phase[] {
  const inForce = partInForce(parts, boundaries);
  const changes = [0, ...boundaries.map((boundary) => Math.max(0, Math.ceil(boundary)))]
    .sort((a, b) => a - b)
    .filter((step, i, steps) => i === 0 || inForce(step) !== inForce(steps[i - 1] ?? 0));
  return changes.flatMap((from, i) => {
    const { part, start } = inForce(from);
    const to = changes[i + 1] ?? Infinity;
    return part
      .map((phase) => ({
        ...phase,
        from: Math.max(from, Math.ceil(phase.from + start)),
        to: Math.min(to, Math.ceil((phase.to ?? Infinity) + start)),
      }))
      .filter((phase) => phase.from < phase.to)
      .map((phase) => ({ ...phase, to: phase.to === Infinity ? null : phase.to }));
  });
}

export const joinSchedules = defineScheduleFunction({
  name: 'join_schedules',
  summary: 'Schedules one after the other, each starting again from its own step 0 at a boundary.',
  parameters: [
    {
      name: 'schedules',
      kind: 'schedules',
      role: 'schedules',
      summary: 'The schedules in their order; those without a boundary are never used.',
    },
    {
      name: 'boundaries',
      kind: 'boundaries',
      role: 'boundaries',
      summary:
        'The steps at which the second schedule and each further one begins; one fewer than schedules, ascending.',
    },
  ],
  rules: [
    {
      parameter: 'schedules',
      holds: ({ schedules }) => schedules.length > 0,
      requirement: 'hold at least one schedule',
      raises: 'IndexError',
      instead: 'list the schedules to join',
    },
  ],
  build: ({ schedules, boundaries }) =>
    join(
      schedules.map(({ schedule }) => schedule),
      boundaries,
    ),
  phases: ({ schedules, boundaries }) =>
    joinPhases(
      schedules.map(({ phases }) => phases),
      boundaries,
    ),
});
