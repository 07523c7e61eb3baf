import { direction, type Phase, type PhasedSchedule } from '../../../optax/phases.ts';
import type { Assumption } from '../../reading.ts';
import { alternatives } from '../machine/forks.ts';
import { attempt } from '../machine/certainty.ts';
import { Stopped, type Machine } from '../machine/machine.ts';
import { isNumeric, toNumber } from '../values/conversion.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  isObject,
  isUncertain,
  type InterpretedFunction,
  type Plain,
  type PythonObject,
  type Value,
} from '../values/value.ts';
import { inClass } from '../machine/attributes.ts';
import { assumedBefore, assumeNames } from './assumptions.ts';

/** A schedule as something that can be drawn. */
export interface Drawable {
  /** The function of Optax that made it, or the name of the one that computes it. */
  readonly function: string;
  /** Null where Optax would refuse it. */
  readonly schedule: PhasedSchedule | null;
  readonly assumptions: readonly Assumption[];
}

/** The schedule that a value is: of Optax, or a function of the text; undefined if it is none. */
export function scheduleOf(machine: Machine, value: Plain): Drawable | undefined {
  if (!isObject(value)) return undefined;
  if (value.kind === 'schedule') {
    return { function: value.function, schedule: value.schedule, assumptions: [] };
  }
  const computing = functionOfStep(value);
  if (!computing) return undefined;
  machine.journal.usedAsSchedule.add(value);
  const known = machine.drawables.get(value);
  if (known) return known;
  const drawable = computed(machine, value, computing);
  machine.drawables.set(value, drawable);
  return drawable;
}

/** The function that computes a rate from a step, where a value can be called with one argument. */
export function functionOfStep(value: Plain): InterpretedFunction | undefined {
  if (!isObject(value)) return undefined;
  switch (value.kind) {
    case 'function':
      return requiredParameters(value).length === 1 ? value : undefined;
    case 'method':
      return value.function.kind === 'function' && requiredParameters(value.function).length === 2
        ? value.function
        : undefined;
    case 'instance': {
      const call = value.class && inClass(value.class, '__call__');
      const isFunction = call !== undefined && isObject(call) && call.kind === 'function';
      return isFunction && requiredParameters(call).length === 2 ? call : undefined;
    }
    case 'native':
      // A `functools.partial` of a function of the text.
      return value.partial && missingParameters(value).length === 1
        ? value.partial.function
        : undefined;
    default:
      return undefined;
  }
}

/** What steps are called where a function of one is written as a schedule. */
const stepName =
  /^(?:t|i|n_?steps?|it|itr|iter|iters|iteration|iterations|epoch|epochs|step|steps|count|counts|update|updates|(?:.*_)?(?:step|count|epoch|iter|iteration|idx)|(?:step|update|epoch)_?(?:num|count|idx|number|no)|timestep|ts)$/;

/** Whether a parameter is called as people call a count of optimizer steps. */
export function isStepName(name: string): boolean {
  return stepName.test(name);
}

/** The parameters that a call of a value has to give. */
export function missingParameters(value: PythonObject): readonly string[] {
  const computing = value.kind === 'native' ? value.partial?.function : functionOfStep(value);
  const required = computing ? requiredParameters(computing).map(({ name }) => name) : [];
  if (value.kind === 'function') return required;
  if (value.kind !== 'native') return required.slice(1);
  const { positional = 0, keywords = [] } = value.partial ?? {};
  return required.slice(positional).filter((name) => !keywords.includes(name));
}

export function requiredParameters({
  parameters,
  defaults,
}: InterpretedFunction): InterpretedFunction['parameters'] {
  return parameters.filter(
    ({ name, form }) => (form === 'positional' || form === 'keyword') && !defaults.has(name),
  );
}

/** What the evaluation of one step may take. */
const stepBudget = 20_000;
const longestStep = 60;

function computed(machine: Machine, value: Plain, { name }: InterpretedFunction): Drawable {
  const rests = new Map<string, Assumption>();
  const schedule = (step: number): number => {
    const result = rateAt(machine, value, step);
    for (const assumption of result.assumptions) rests.set(assumption.name, assumption);
    return result.rate;
  };
  const rate = [0, 1, 1000].map(schedule).find((one) => !Number.isNaN(one));
  return {
    function: name,
    schedule:
      rate === undefined ? null : { schedule, phases: phasesOf(schedule), interpreted: true },
    assumptions: [...rests.values()],
  };
}

/** The rate that a function of the text gives for a step; NaN where it gives no number. */
function rateAt(
  machine: Machine,
  value: Plain,
  step: number,
): { rate: number; assumptions: readonly Assumption[] } {
  const { remaining, deadline, depth } = machine;
  machine.remaining = stepBudget;
  // While a file is read its own deadline holds; afterwards each step has one.
  if (machine.isRead) machine.deadline = Date.now() + longestStep;
  machine.deciding++;
  try {
    // Optax counts in int32.
    const count: Value = { kind: 'array', library: 'jax', dtype: 'int32', shape: [], data: [step] };
    const result = attempt(
      machine,
      () => 'rate',
      () => machine.call(value, [count]),
    );
    const [first] = alternatives(result);
    const plain = first?.value ?? null;
    if (isUncertain(plain)) {
      assumeNames(machine, plain.leaves);
      return { rate: NaN, assumptions: [] };
    }
    const assumptions = first?.assumptions ?? [];
    assumeNames(machine, assumedBefore(machine, assumptions));
    const rate =
      isNumeric(plain) && typeof plain !== 'boolean' ? Math.fround(toNumber(plain)) : NaN;
    return { rate, assumptions };
  } catch (error) {
    if (error instanceof Stopped || error instanceof PythonError)
      return { rate: NaN, assumptions: [] };
    throw error;
  } finally {
    machine.deciding--;
    machine.depth = depth;
    machine.remaining = machine.isRead ? stepBudget : remaining - 100;
    if (!machine.isRead) machine.deadline = deadline;
  }
}

/** Where a schedule stops to change is looked for up to here. */
const furthestChange = 2 ** 20;

/** The phases of a schedule of which only its rates are known: until it stops to change, and after. */
function phasesOf(schedule: (step: number) => number): readonly Phase[] {
  const last = schedule(2 * furthestChange);
  let low = 0;
  let high = 1;
  while (high < furthestChange && schedule(high) !== last) {
    low = high;
    high *= 2;
  }
  const start = schedule(0);
  if (schedule(high) !== last) return [{ name: direction(start, last), from: 0, to: null }];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (schedule(middle) === last) high = middle;
    else low = middle;
  }
  // A constant has no other phase.
  if (high === 1 && start === last) return [{ name: 'hold', from: 0, to: null }];
  return [
    { name: direction(start, last), from: 0, to: high },
    { name: 'hold', from: high, to: null },
  ];
}
