import { isDeepStrictEqual } from 'node:util';
import type { PreviewSchedule, SentState } from '../../webview/messages.ts';

/**
 * The schedules of a state as they are sent to a page: after a keystroke most are as they were, and a
 * name is all that the page needs of those.
 *
 * @param before what the page has.
 */
export function sentSchedules(
  schedules: readonly PreviewSchedule[],
  before: readonly PreviewSchedule[],
): SentState['schedules'] {
  const known = new Map(before.map((schedule) => [schedule.name, schedule]));
  return schedules.map((schedule) =>
    isDeepStrictEqual(schedule, known.get(schedule.name))
      ? { name: schedule.name, isUnchanged: true }
      : schedule,
  );
}
