import { type Machine, within } from '../machine/machine.ts';
import {
  type Plain,
  type PythonObject,
  type Value,
  isObject,
  isUncertain,
} from '../values/value.ts';
import {
  type Drawable,
  functionOfStep,
  isStepName,
  missingParameters,
  scheduleOf,
} from './handWritten.ts';

/** What a trial run of a function may take. */
const trialBudget = 2000;

/** Some rates that tell one schedule from another. */
export function ratesOf({ schedule }: Pick<Drawable, 'schedule'>): string {
  return [0, 1, 10, 100, 1000, 10_000].map((step) => schedule?.schedule(step)).join(' ');
}

/** Whether a value is a schedule by itself, or by its use, or by the name of its argument. */
export function isSchedule(machine: Machine, value: PythonObject): boolean {
  if (value.kind === 'schedule') return true;
  if (!functionOfStep(value)) return false;
  const [parameter = ''] = missingParameters(value);
  return machine.journal.usedAsSchedule.has(value) || isStepName(parameter);
}

/** The schedule that a value is, if it counts as one. */
export function drawableOf(machine: Machine, value: Plain): Drawable | undefined {
  if (!isObject(value)) return undefined;
  if (value.kind === 'schedule') return { ...value, assumptions: [] };
  if (!functionOfStep(value)) return undefined;
  if (isSchedule(machine, value)) {
    const drawable = scheduleOf(machine, value);
    return drawable?.schedule ? drawable : undefined;
  }
  // A function that trains calls schedules too, but is no formula of a few lines.
  const { from, to } = functionOfStep(value)?.span ?? { from: 0, to: Infinity };
  const isShort = to - from < longestFormula;
  return isShort && callsSchedule(machine, value) ? scheduleOf(machine, value) : undefined;
}

const longestFormula = 1000;

/** Whether a function asks a schedule for a rate when it is called with a step. */
function callsSchedule(machine: Machine, value: PythonObject): boolean {
  const before = machine.rated;
  let result: Value = null;
  machine.deciding++;
  within(machine, trialBudget, () => {
    const step: Value = { kind: 'array', library: 'jax', dtype: 'int32', shape: [], data: [0] };
    result = machine.call(value, [step]);
  });
  machine.deciding--;
  return (
    machine.rated > before &&
    isObject(result) &&
    !isUncertain(result) &&
    (result as PythonObject).kind === 'array'
  );
}
