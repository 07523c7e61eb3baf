import type { Reading } from '../reading/reading.ts';

/**
 * Schedules that the text asks for rates itself, and gives to no optimizer and no other schedule. What
 * they count is what the text asks them with, such as `step // steps_per_epoch`.
 */
export function onlyAskedSchedules({
  calls,
  uses,
  definitions,
}: Pick<Reading, 'calls' | 'uses' | 'definitions'>): ReadonlySet<unknown> {
  const names = new Set(uses.flatMap(({ definition, factors = [] }) => [definition, ...factors]));
  const given = new Set<unknown>([
    ...uses.map(({ learningRate }) => learningRate),
    ...definitions.filter(({ name }) => names.has(name)).map(({ schedule }) => schedule),
    ...calls.flatMap(({ arguments: { schedules } }): readonly unknown[] =>
      Array.isArray(schedules) ? schedules : [],
    ),
  ]);
  const asked = calls.filter(({ isAsked }) => isAsked).map(({ schedule }) => schedule);
  return new Set<unknown>(asked.filter((schedule) => !given.has(schedule)));
}
