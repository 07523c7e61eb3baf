import type { Reading } from '../reading/reading.ts';
import { givenSchedules } from './givenSchedules.ts';

/**
 * Schedules that the text asks for rates itself, and gives to no optimizer and no other schedule. What
 * they count is what the text asks them with, such as `step // steps_per_epoch`.
 */
export function onlyAskedSchedules(
  reading: Pick<Reading, 'calls' | 'uses' | 'definitions'>,
): ReadonlySet<unknown> {
  const given = givenSchedules(reading);
  const underNames = reading.definitions.filter(({ name }) => given.has(name));
  const defined = new Set(underNames.map(({ schedule }) => schedule));
  const asked = reading.calls.filter(({ isAsked }) => isAsked).map(({ schedule }) => schedule);
  return new Set(asked.filter((schedule) => !given.has(schedule) && !defined.has(schedule)));
}
