import type { Span } from '../../../checking/finding.ts';
import type { PhasedSchedule } from '../../../optax/phases.ts';
import type { Problem, RawArguments } from '../../../optax/binding.ts';
import type { Assumption } from '../../reading.ts';
import {
  isObject,
  isUncertain,
  type CallArguments,
  type CallSite,
  type ClassObject,
  type InterpretedFunction,
  type PythonObject,
  type ScheduleObject,
  type Transformation,
  type Value,
} from '../values/value.ts';
import { stop, type Frame, type Machine } from './machine.ts';
import type { Scope, WrittenLiteral } from './scope.ts';

/** A place in one of the modules. */
export interface Site extends Span {
  readonly module: string;
}

/** A call of one of Optax's schedule functions. */
export interface Creation {
  readonly object: ScheduleObject;
  /** Undefined where it is called from within a library, as by `map`. */
  readonly site: CallSite | undefined;
  readonly raw: RawArguments;
  /** Of the arguments that the call writes. */
  readonly spans: ReadonlyMap<string, Span>;
  /** Of the arguments that are given by a name: the literals that the names stand for. */
  readonly literals: ReadonlyMap<string, WrittenLiteral & { readonly name: string }>;
  /** Why Optax would refuse it. */
  readonly problems: readonly Problem[];
  readonly assumptions: readonly Assumption[];
  readonly frame: Frame;
  /** Whether it is made while the rate of a step is computed. */
  readonly isInternal: boolean;
  /** Whether it is made on a way of which it is not known that it is taken. */
  readonly isUndecided: boolean;
}

/** A name that was bound to something that may be, or hold, a schedule. */
export interface Binding {
  readonly name: string;
  readonly value: Value;
  readonly scope: Scope;
  readonly frame: Frame;
  /** Of the value's expression. */
  readonly site: Site;
}

/** An optimizer that is given a learning rate. */
export interface OptimizerCall {
  readonly object: Transformation;
  readonly optimizer: string;
  readonly learningRate: Value;
  readonly args: CallArguments;
  /** Of the learning rate in the call. */
  readonly rateSpan: Span | undefined;
  readonly frame: Frame;
  /** The variable that it is bound to, if it is. */
  name?: string;
}

/** What was seen while a text was interpreted. */
export class Journal {
  /** Whether names are being bound that run through what a loop goes over. */
  isLooping = false;
  readonly creations: Creation[] = [];
  /** The calls by what they made. */
  readonly creationOf = new Map<PythonObject, Creation>();
  /** How deep schedules are joined of others. */
  readonly depths = new WeakMap<PhasedSchedule, number>();
  readonly bindings: Binding[] = [];
  /** How often each place of a text has bound a name. */
  private readonly timesBound = new Map<string, number>();
  readonly optimizerCalls: OptimizerCall[] = [];
  /** Transformations one after the other. */
  readonly chains: Transformation[] = [];
  /** What makes other optimizers of those that it holds, such as `MultiSteps`. */
  readonly modifiers: Transformation[] = [];
  readonly functions: { readonly defined: InterpretedFunction; readonly scope: Scope }[] = [];
  readonly classes: ClassObject[] = [];
  /** Schedules that are parts of others. */
  readonly parts = new Set<PythonObject>();
  /** Places of functions that were called. */
  readonly called = new Set<string>();
  /** Functions that were given where a schedule is wanted. */
  readonly usedAsSchedule = new Set<PythonObject>();
  /** Keywords under which something was given that has no other name. */
  readonly hints = new Map<object, string>();
  /** Names whose values can be set from outside. */
  readonly names = new Set<string>();
  /** The first known values of names, by which the training is known. */
  readonly numbers = new Map<string, Value>();

  create(machine: Machine, creation: Omit<Creation, 'frame' | 'isInternal' | 'isUndecided'>): void {
    // More than anyone reads; that it stops here is told.
    if (this.creations.length >= most) stop(machine);
    // On the way to a place that is to be reached, others are passed again.
    if (machine.target && creation.site?.from !== machine.target.from) return;
    const isInternal = machine.deciding > 0;
    const made = {
      ...creation,
      frame: machine.frame,
      isInternal,
      isUndecided: machine.path.size > 0,
    };
    this.creations.push(made);
    this.creationOf.set(creation.object, made);
  }

  bind(machine: Machine, name: string, value: Value, scope: Scope, site: Site): void {
    this.note(name, value);
    if (machine.deciding > 0 || machine.target) return;
    this.nameOptimizers(machine, name, value, site);
    if (this.isLooping || !mayHoldSchedule(value)) return;
    this.list({ name, value, scope, frame: machine.frame, site });
  }

  private list(binding: Binding): void {
    const place = placeOf(binding.site);
    const times = this.timesBound.get(place) ?? 0;
    this.timesBound.set(place, times + 1);
    if (times < mostOfOnePlace && this.bindings.length < most) this.bindings.push(binding);
  }

  /** Remembers the numbers that parameters are given, such as `num_epochs=10`. */
  note(name: string, value: Value): void {
    if (!this.numbers.has(name) && (typeof value === 'bigint' || isUncertain(value))) {
      if (!isUncertain(value) || value.kind !== 'unknown') this.numbers.set(name, value);
    }
  }

  define(machine: Machine, value: Value, scope: Scope, defined: InterpretedFunction): void {
    if (machine.module !== machine.mainModule || machine.deciding > 0) return;
    const site = { ...defined.span, module: machine.module };
    // A function within one that a loop calls is defined again each time.
    if (!this.timesBound.has(placeOf(site)) && this.functions.length < most) {
      // A decorator such as click's gives the function its defaults.
      const isSame = isObject(value) && value.kind === 'function' && value.span === defined.span;
      this.functions.push({ defined: isSame ? value : defined, scope });
    }
    if (machine.target) return;
    this.list({ name: defined.name, value, scope, frame: machine.frame, site });
  }

  hint(value: Value, keyword: string): void {
    const isNameless = isObject(value) && (value.kind === 'schedule' || value.kind === 'function');
    if (isNameless && !this.hints.has(value)) this.hints.set(value, keyword);
  }

  optimize(
    machine: Machine,
    call: Pick<OptimizerCall, 'object' | 'optimizer' | 'learningRate' | 'args' | 'rateSpan'>,
  ): void {
    if (machine.deciding > 0 || machine.target || this.optimizerCalls.length >= most) return;
    this.optimizerCalls.push({ ...call, frame: machine.frame });
  }

  /** Optimizers have the name of the variable that they are bound to, the outermost if several. */
  nameOptimizers(machine: Machine, name: string, value: Value, site: Site): void {
    if (machine.deciding > 0 || machine.target) return;
    if (this.optimizerCalls.length === 0 || !isObject(value)) return;
    const held = transformationsIn(value);
    for (const call of this.optimizerCalls) {
      const at = call.args.site;
      const isInside =
        at?.module === site.module &&
        at.from >= site.from &&
        at.to <= site.to &&
        call.name === undefined;
      if (isInside && call.frame === machine.frame) call.name = name;
      else if (held.has(call.object) && isWithin(call.frame, machine.frame)) call.name = name;
    }
  }
}

const placeOf = ({ module, from }: Site): string => `${module}:${from}`;

/** More of a kind than any program has; a loop could make any number. */
const most = 2000;
/** So that a loop that trains leaves room for what is defined after it. */
const mostOfOnePlace = 100;

function mayHoldSchedule(value: Value): boolean {
  return (
    isObject(value) &&
    value.kind !== 'unknown' &&
    value.kind !== 'module' &&
    value.kind !== 'class' &&
    value.kind !== 'dtype'
  );
}

/** Whether a call was made, directly or not, by another one. */
function isWithin(frame: Frame, outer: Frame): boolean {
  for (let call = frame.caller; call; call = call.caller) if (call === outer) return true;
  return false;
}

const deepest = 5;

/** The optimizers that a value is or holds. */
export function transformationsIn(
  value: Value,
  found = new Set<Transformation>(),
  depth = 0,
): Set<Transformation> {
  if (!isObject(value) || depth > deepest) return found;
  const look = (inner: Value): unknown => transformationsIn(inner, found, depth + 1);
  switch (value.kind) {
    case 'transformation':
      if (found.has(value)) break;
      found.add(value);
      value.parts.forEach(look);
      break;
    case 'assumed':
      look(value.value);
      break;
    case 'fork':
      look(value.then);
      look(value.otherwise);
      break;
    case 'list':
    case 'tuple':
      value.items.slice(0, 50).forEach(look);
      break;
    case 'dict':
      [...value.entries.values()].slice(0, 50).forEach(([, entry]) => look(entry));
      break;
    default:
    // Nothing else holds optimizers.
  }
  return found;
}
