import type { PhasedSchedule } from '../../schedules/optax/phases.ts';
import type { ScheduleCall } from '../../schedules/reading/reading.ts';
import type { Curve } from '../../webview/messages.ts';

/**
 * The curves of the last state, by what they are made from: after a keystroke most schedules of a
 * text are as they were, and only the others are sampled again.
 */
export class CurveMemory {
  #last: ReadonlyMap<string, Curve> = new Map();
  #now = new Map<string, Curve>();

  /** Begins another state: what the one before did not use is forgotten. */
  beginState(): void {
    this.#last = this.#now;
    this.#now = new Map();
  }

  /** @param key undefined where nothing tells two schedules apart but their values. */
  curve(key: string | undefined, sample: () => Curve): Curve {
    if (key === undefined) return sample();
    const curve = this.#now.get(key) ?? this.#last.get(key) ?? sample();
    this.#now.set(key, curve);
    return curve;
  }
}

/**
 * What a schedule is made from, as text: its function and arguments, those of its parts too;
 * undefined where a part is not made by a call of Optax.
 */
export function originOf(
  schedule: PhasedSchedule,
  calls: ReadonlyMap<PhasedSchedule, ScheduleCall>,
): string | undefined {
  const call = calls.get(schedule);
  if (!call) return undefined;
  const parts: (string | undefined)[] = [];
  const text = JSON.stringify(call.arguments, (_, value: unknown) => {
    if (typeof value === 'number') return String(value);
    if (typeof value !== 'object' || value === null || !('phases' in value)) return value;
    const part = originOf(value as PhasedSchedule, calls);
    parts.push(part);
    return part;
  });
  return parts.includes(undefined) ? undefined : `${call.function} ${text}`;
}
