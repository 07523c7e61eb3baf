import type { ScheduleCall } from '../reading/reading.ts';

/** Parts of joins that a boundary ends, and the parts of these: nothing in them goes on for ever. */
export function endedParts(calls: readonly ScheduleCall[]): ReadonlySet<unknown> {
  const ended = new Set<unknown>();
  // Parts are read before what they are parts of.
  for (const { arguments: raw, schedule } of calls.toReversed()) {
    const { schedules, boundaries } = raw;
    if (!Array.isArray(schedules) || !Array.isArray(boundaries)) continue;
    const parts: readonly unknown[] = schedules;
    const last = parts.length - 1;
    parts.forEach((part, i) => {
      if (i < last ? i < boundaries.length : ended.has(schedule)) ended.add(part);
    });
  }
  return ended;
}
