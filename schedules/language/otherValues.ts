import { bindArguments } from '../optax/binding.ts';
import { findScheduleFunction } from '../optax/catalog.ts';
import type { Parameter } from '../optax/optaxFunction.ts';
import { naturalLength, type PhasedSchedule } from '../optax/phases.ts';
import type { ScheduleCall } from '../reading/reading.ts';
import { spelled } from './spelled.ts';

/** What a call would make with another value for one of its arguments. */
export interface OtherSchedule {
  /** The value as Python. */
  readonly value: string;
  readonly schedule: PhasedSchedule;
}

/** The schedules of a call with half and double the value of an argument, or what else makes sense. */
export function otherSchedules(call: ScheduleCall, parameter: Parameter): readonly OtherSchedule[] {
  const f = findScheduleFunction(call.function);
  if (!f || !call.schedule) return [];
  return otherValues(call, call.schedule, parameter).flatMap((value): readonly OtherSchedule[] => {
    const binding = bindArguments(f, { ...call.arguments, [parameter.name]: value });
    if (!binding.ok) return [];
    const schedule = { schedule: f.build(binding.arguments), phases: f.phases(binding.arguments) };
    return [{ value: spelled(value), schedule }];
  });
}

function otherValues(
  { arguments: raw }: ScheduleCall,
  schedule: PhasedSchedule,
  { name, kind, role, default: standard }: Parameter,
): readonly (number | boolean | string)[] {
  const value = raw[name] ?? standard;
  if (typeof value === 'boolean') return [!value];
  if (kind === 'interpolation') return ['linear', 'cosine'].filter((shape) => shape !== value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return [];
  switch (role) {
    case 'end fraction':
      return around(value, [0, 0.1, 0.25, 0.5, 0.75, 1]);
    case 'peak position':
    case 'decay end position':
      return around(value, [0.1, 0.25, 0.5, 0.75, 0.9]);
    case 'decay factor':
      return value > 0 ? [value ** 2, (1 + value) / 2].map(short) : [];
    default:
      if (value !== 0) return [value / 2, 2 * value].map(kind === 'steps' ? Math.round : short);
      return kind === 'steps'
        ? [0.1, 0.25].map((part) => Math.round(part * naturalLength(schedule.phases)))
        : [0.1, 0.5].map((part) => short(part * highestRate(schedule)));
  }
}

/** Fractions that lie closer would hardly be told apart. */
const leastDistance = 0.1;

/** The next lower and the next higher one of ascending values, or two on one side. */
function around(value: number, choices: readonly number[]): readonly number[] {
  const lower = choices.filter((choice) => choice <= value - leastDistance);
  const higher = choices.filter((choice) => choice >= value + leastDistance);
  if (lower.length === 0) return higher.slice(0, 2);
  return higher.length === 0 ? lower.slice(-2) : [...lower.slice(-1), ...higher.slice(0, 1)];
}

function highestRate({ schedule, phases }: PhasedSchedule): number {
  return Math.max(...phases.map(({ from }) => schedule(from)), schedule(naturalLength(phases)));
}

const short = (value: number): number => Number(value.toPrecision(3));
