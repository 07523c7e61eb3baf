import type { PreviewSchedule } from '../../webview/messages.ts';

/** What to show of a text, and why, where it is not what the text is now. */
export interface Shown {
  readonly schedules: readonly PreviewSchedule[];
  readonly stale: string | null;
}

const unreadable =
  'The code has no schedule as it is now. These are the curves that it had before.';

/**
 * Keeps what a text under a writer's hands had a moment ago: the last curve of a schedule that Optax
 * would refuse, and all of them while the text has none.
 */
export function withLastCurves(
  now: readonly PreviewSchedule[],
  before: readonly PreviewSchedule[],
  isEmpty: boolean,
): Shown {
  if (now.length === 0 && before.length > 0 && !isEmpty) {
    return { schedules: before, stale: unreadable };
  }
  const last = new Map(before.map(({ name, curve }) => [name, curve]));
  const schedules = now.map((schedule) =>
    schedule.curve ? schedule : { ...schedule, curve: last.get(schedule.name) ?? null },
  );
  return { schedules, stale: null };
}
