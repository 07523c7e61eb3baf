import type { Span } from '../../../checking/finding.ts';
import type { Assumption, Definition } from '../../reading.ts';
import { alternatives } from '../machine/certainty.ts';
import type { Binding, OptimizerCall } from '../machine/journal.ts';
import { within, type Frame, type Machine } from '../machine/machine.ts';
import { spelled } from '../values/keys.ts';
import {
  isObject,
  isUncertain,
  type Plain,
  type PythonObject,
  type Value,
} from '../values/value.ts';
import {
  functionOfStep,
  isStepName,
  missingParameters,
  scheduleOf,
  type Drawable,
} from './handWritten.ts';

/** A schedule with the name that it is listed under. */
export interface Listed extends Definition {
  readonly object: PythonObject;
}

/** What a trial run of a function may take. */
const trialBudget = 2000;

/**
 * The schedules of a text in the order of their names' scopes: names of modules and classes, what
 * they hold, what factories would return, and what stands only in calls.
 */
export function listSchedules(
  machine: Machine,
  results: readonly FactoryResult[],
): readonly Listed[] {
  const { journal } = machine;
  const found: Listed[] = [];
  const listed = new Set<PythonObject>();

  const add = (name: string, value: Value, span: Span): boolean => {
    let any = false;
    for (const { value: one, assumptions } of alternatives(value)) {
      if (isUncertain(one) || !isObject(one)) continue;
      const drawable = drawableOf(machine, one);
      if (!drawable) continue;
      any = true;
      listed.add(one);
      if (found.length >= mostListed) machine.stopped = true;
      else
        found.push(listedAs(name, one, drawable, assumptions, creationSpan(machine, one) ?? span));
    }
    return any;
  };

  for (const { learningRate } of journal.optimizerCalls) {
    for (const { value } of alternatives(learningRate)) {
      if (isObject(value) && !isUncertain(value) && functionOfStep(value))
        journal.usedAsSchedule.add(value);
    }
  }

  const isOuter = ({ scope }: Binding): boolean => scope.kind !== 'function';
  const inMain = ({ site }: Binding): boolean => site.module === machine.mainModule;
  const outer = journal.bindings.filter((binding) => inMain(binding) && isOuter(binding));
  const containers: (() => void)[] = [];
  for (const { name, value, site } of outer) {
    if (add(name, value, site)) continue;
    containers.push(() => {
      for (const { path, object } of heldBy(value, name)) {
        if (!listed.has(object) && !journal.parts.has(object)) add(path, object, site);
      }
    });
  }
  for (const list of containers) list();

  for (const { name, value, span } of results) {
    if (add(name, value, span)) continue;
    for (const { path, object } of heldBy(value, name)) {
      if (!listed.has(object)) add(path, object, span);
    }
  }

  const seen = new Set<string>();
  for (const { name, value, frame, site } of journal.bindings.filter(
    (b) => inMain(b) && !isOuter(b),
  )) {
    if (isFactoryFrame(machine, frame)) continue;
    for (const { value: one, assumptions } of alternatives(value)) {
      if (isUncertain(one) || !isObject(one) || listed.has(one) || journal.parts.has(one)) continue;
      if (one.kind !== 'schedule' && !journal.usedAsSchedule.has(one)) continue;
      const drawable = drawableOf(machine, one);
      if (!drawable) continue;
      // The same line may run many times, each time with the same result.
      const same = `${site.from} ${name} ${ratesOf(drawable)}`;
      listed.add(one);
      if (seen.has(same)) continue;
      seen.add(same);
      found.push(listedAs(name, one, drawable, assumptions, creationSpan(machine, one) ?? site));
    }
  }

  for (const call of journal.optimizerCalls) {
    for (const { value, assumptions } of alternatives(call.learningRate)) {
      if (isUncertain(value) || !isObject(value) || listed.has(value)) continue;
      const drawable = drawableOf(machine, value);
      const span = creationSpan(machine, value) ?? siteInMain(machine, call.args.site, call.frame);
      if (!drawable || !span) continue;
      listed.add(value);
      found.push(listedAs(optimizerName(call), value, drawable, assumptions, span));
    }
  }

  for (const creation of journal.creations) {
    const { object, frame, assumptions, isInternal, isForced } = creation;
    if (isInternal || isForced || listed.has(object) || journal.parts.has(object)) continue;
    if (creation.site?.module !== machine.mainModule || isFactoryFrame(machine, frame)) continue;
    const name = journal.hints.get(object) ?? frame.function?.name ?? object.function;
    const same = `${creation.site.from} ${ratesOf(object)}`;
    listed.add(object);
    if (seen.has(same)) continue;
    seen.add(same);
    found.push(listedAs(name, object, { ...object, assumptions: [] }, assumptions, creation.site));
  }
  return found;
}

/** More than any file has; a loop could make any number. */
const mostListed = 500;

/** What a function that nobody calls would return. */
export interface FactoryResult {
  readonly name: string;
  readonly value: Value;
  readonly span: Span;
}

function listedAs(
  name: string,
  object: PythonObject,
  drawable: Drawable,
  assumptions: readonly Assumption[],
  { from, to }: Span,
): Listed {
  const all = new Map([...assumptions, ...drawable.assumptions].map((one) => [one.name, one]));
  return {
    name,
    object,
    function: drawable.function,
    span: { from, to },
    schedule: drawable.schedule,
    assumptions: [...all.values()],
  };
}

/** Some rates that tell one schedule from another. */
function ratesOf({ schedule }: Pick<Drawable, 'schedule'>): string {
  return [0, 1, 10, 100, 1000, 10_000].map((step) => schedule?.schedule(step)).join(' ');
}

/** Whether a value is a schedule by itself, or by its use, or by the name of its argument. */
function isSchedule(machine: Machine, value: PythonObject): boolean {
  if (value.kind === 'schedule') return true;
  if (!functionOfStep(value)) return false;
  const [parameter = ''] = missingParameters(value);
  return machine.journal.usedAsSchedule.has(value) || isStepName(parameter);
}

/** The schedule that a value is, if it counts as one. */
function drawableOf(machine: Machine, value: Plain): Drawable | undefined {
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

/** Whether a call returned a schedule, so that what it made is a part of that. */
export function isFactoryFrame(machine: Machine, frame: Frame | undefined): boolean {
  for (let call = frame; call; call = call.caller) {
    if (call.returned !== undefined && holdsSchedule(machine, call.returned)) return true;
  }
  return false;
}

function holdsSchedule(machine: Machine, value: Value): boolean {
  return alternatives(value).some(({ value: one }) => {
    if (!isObject(one) || isUncertain(one)) return false;
    if (one.kind === 'schedule' || one.kind === 'function') return isSchedule(machine, one);
    return [...heldBy(one, '')].some(({ object }) => isSchedule(machine, object));
  });
}

const deepestContainer = 4;

/** The schedules in dicts, lists and attributes of a value: `a["b"]`, `a[0]`, `a.b`. */
function* heldBy(
  value: Value,
  path: string,
  depth = 0,
): Generator<{ readonly path: string; readonly object: PythonObject }> {
  if (!isObject(value) || depth > deepestContainer) return;
  const inner = function* (element: Value, name: string): ReturnType<typeof heldBy> {
    for (const { value: one } of alternatives(element)) {
      if (!isObject(one) || isUncertain(one)) continue;
      if (one.kind === 'schedule' || one.kind === 'function' || one.kind === 'method')
        yield { path: name, object: one };
      else yield* heldBy(one, name, depth + 1);
    }
  };
  switch (value.kind) {
    case 'assumed':
      yield* heldBy(value.value, path, depth + 1);
      break;
    case 'fork':
      yield* heldBy(value.then, path, depth + 1);
      yield* heldBy(value.otherwise, path, depth + 1);
      break;
    case 'list':
    case 'tuple':
      for (const [i, element] of value.items.slice(0, mostListed).entries()) {
        if (!isObject(element)) continue;
        const field = value.kind === 'tuple' ? value.names?.[i] : undefined;
        yield* inner(element, field === undefined ? `${path}[${i}]` : `${path}.${field}`);
      }
      break;
    case 'dict':
      for (const [key, element] of [...value.entries.values()].slice(0, mostListed)) {
        if (!isObject(element)) continue;
        const name = typeof key === 'string' ? JSON.stringify(key) : spelled(key);
        yield* inner(
          element,
          value.attributes && typeof key === 'string' ? `${path}.${key}` : `${path}[${name}]`,
        );
      }
      break;
    case 'instance':
      for (const [name, element] of value.attributes) {
        if (isObject(element)) yield* inner(element, `${path}.${name}`);
      }
      break;
    default:
    // Nothing else holds schedules.
  }
}

/** Where a schedule of Optax is made, if that is in the text itself. */
export function creationSpan(machine: Machine, value: Value): Span | undefined {
  const [first] = alternatives(value);
  if (!first || !isObject(first.value) || isUncertain(first.value)) return undefined;
  const { value: object } = first;
  if (object.kind === 'function')
    return object.module === machine.mainModule ? object.span : undefined;
  const creation = machine.journal.creationOf.get(object);
  return creation && siteInMain(machine, creation.site, creation.frame);
}

/** Where something stands, or the call in the text itself that led to it. */
export function siteInMain(
  machine: Machine,
  site: (Span & { readonly module: string }) | undefined,
  frame: Frame,
): Span | undefined {
  if (site?.module === machine.mainModule) return site;
  for (let call: Frame | undefined = frame; call; call = call.caller) {
    if (call.site?.module === machine.mainModule) return call.site;
  }
  return undefined;
}

/** The variable of an optimizer, or the function that returns it. */
export function optimizerName({ name, frame, optimizer }: OptimizerCall): string {
  return name ?? frame.function?.name ?? optimizer;
}
