import { findScheduleFunction } from '../../schedules/optax/catalog.ts';
import { naturalLength, type PhasedSchedule } from '../../schedules/optax/phases.ts';
import { unitOf } from '../../schedules/optax/roles.ts';
import type { ScheduleCall } from '../../schedules/reading/reading.ts';
import type { Handle } from '../../webview/messages.ts';

/**
 * Where a curve can be dragged to change arguments of its call: a rate where the curve has it, a
 * count of steps where a phase ends after so many.
 *
 * @param canChange whether an argument stands in the code as a number.
 */
export function handlesOf(
  call: ScheduleCall,
  canChange: (argument: string) => boolean,
): readonly Handle[] {
  const { schedule } = call;
  if (!schedule) return [];
  const parameters = findScheduleFunction(call.function)?.parameters ?? [];
  const total = parameters.find(({ role }) => role === 'total steps');
  return parameters.flatMap(({ name, kind, role }): readonly Handle[] => {
    const value = call.arguments[name];
    if (typeof value !== 'number' || !canChange(name)) return [];
    const unit = unitOf({ role });
    const place = { argument: name, value, isWhole: kind === 'steps' };
    if (unit === 'learning rate') return rateHandle(schedule, { ...place, perUnit: 1 }, value);
    if (role === 'end fraction') {
      const start = Number(call.arguments['init_value']);
      const handle = { ...place, perUnit: 1 / start };
      return start > 0 ? rateHandle(schedule, handle, value * start) : [];
    }
    if (unit === 'steps') return stepHandle(schedule, { ...place, perUnit: 1 }, value);
    if (unit === 'fraction of the total steps' && total) {
      const steps = Number(call.arguments[total.name]);
      const handle = { ...place, perUnit: 1 / steps };
      return steps > 0 ? stepHandle(schedule, handle, Math.trunc(value * steps)) : [];
    }
    return [];
  });
}

type Dragged = Omit<Handle, 'axis' | 'step' | 'rate'>;

/** Smaller relative differences are float32's. */
const sameRate = 1e-5;

/** At the first boundary where the curve has a rate; of its end at the last one. */
function rateHandle(schedule: PhasedSchedule, handle: Dragged, rate: number): readonly Handle[] {
  const boundaries = boundariesOf(schedule);
  const ordered = /^(end|alpha)/.test(handle.argument) ? boundaries.toReversed() : boundaries;
  const largest = Math.max(...boundaries.map((step) => Math.abs(schedule.schedule(step))));
  const step = ordered.find((one) => Math.abs(schedule.schedule(one) - rate) <= sameRate * largest);
  return step === undefined ? [] : [{ ...handle, axis: 'rate', step, rate }];
}

function stepHandle(schedule: PhasedSchedule, handle: Dragged, step: number): readonly Handle[] {
  const isBoundary = step > 0 && boundariesOf(schedule).includes(step);
  const rate = isBoundary ? schedule.schedule(step) : NaN;
  return Number.isFinite(rate) ? [{ ...handle, axis: 'step', step, rate }] : [];
}

function boundariesOf({ phases }: PhasedSchedule): readonly number[] {
  return [...new Set([...phases.map(({ from }) => from), naturalLength(phases)])];
}
