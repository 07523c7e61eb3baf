import { type Span } from '../../../checking/finding.ts';
import { type Assumption, type Definition } from '../../reading.ts';
import { alternatives } from '../machine/forks.ts';
import { type Binding } from '../machine/journal.ts';
import { type Frame, type Machine } from '../machine/machine.ts';
import { type PythonObject, type Value, isObject, isUncertain } from '../values/value.ts';
import { heldBy, mostListed } from './containers.ts';
import { type Drawable, functionOfStep } from './handWritten.ts';
import { creationSpan, optimizerName, siteInMain } from './places.ts';
import { drawableOf, isSchedule, ratesOf } from './recognition.ts';

/** A schedule with the name that it is listed under. */
export interface Listed extends Definition {
  readonly object: PythonObject;
}

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
    const added = new Set<PythonObject>();
    for (const { value: one, assumptions } of alternatives(value)) {
      if (isUncertain(one) || !isObject(one)) continue;
      const drawable = drawableOf(machine, one);
      if (!drawable || added.has(one)) continue;
      added.add(one);
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
    const { object, frame, assumptions, isInternal } = creation;
    if (isInternal || listed.has(object) || journal.parts.has(object)) continue;
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
