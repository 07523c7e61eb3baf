import { type Span } from '../../../checking/finding.ts';
import { type RawArguments } from '../../../optax/binding.ts';
import { type OptaxFunction, type Parameter } from '../../../optax/optaxFunction.ts';
import { type PhasedSchedule } from '../../../optax/phases.ts';
import { alternatives } from '../machine/forks.ts';
import { settled } from '../machine/certainty.ts';
import { type Machine, unknownName } from '../machine/machine.ts';
import { isNumeric, toNumber } from '../values/conversion.ts';
import { pairsOf } from '../values/dictMethods.ts';
import { valuesIn } from '../values/iteration.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  type CallArguments,
  type Plain,
  type Unknown,
  type Value,
  argumentSpan,
  isObject,
  isUncertain,
} from '../values/value.ts';
import { assumedArgument, constant } from './assumedArguments.ts';
import { assumeArgument, demandAgain } from './assumptions.ts';
import { functionOfStep, scheduleOf } from './handWritten.ts';

/** What Optax would take for an argument, and what stands for it in the text. */
export interface Given {
  readonly name: string;
  readonly value: Value;
  /** Of the text: a name, or the position of a positional argument. */
  readonly place: string | number;
}

/** The arguments of a call by Optax's names; `surplus` are positional ones that it has not. */
export function givenArguments(
  f: OptaxFunction,
  { positional, keywords }: CallArguments,
): { readonly given: readonly Given[]; readonly surplus: number; readonly twice?: string } {
  const names = f.parameters.filter(({ keywordOnly }) => !keywordOnly).map(({ name }) => name);
  const byPosition = positional.slice(0, names.length).flatMap((value, place): Given[] => {
    const name = names[place];
    return name === undefined ? [] : [{ name, value, place }];
  });
  const byName = [...keywords].map(([name, value]): Given => ({ name, value, place: name }));
  const twice = byName.find(({ name }) => byPosition.some((other) => other.name === name))?.name;
  return {
    given: [...byPosition, ...byName],
    surplus: Math.max(0, positional.length - names.length),
    ...(twice !== undefined && { twice }),
  };
}

/**
 * The raw arguments that Optax's function is bound to. What is not known is assumed by its role;
 * `machine.resting` has these assumptions then.
 */
export function rawArguments(
  machine: Machine,
  f: OptaxFunction,
  given: readonly Given[],
  { rest, site }: Pick<CallArguments, 'rest' | 'site'>,
): { readonly raw: RawArguments; readonly isRefused: boolean } {
  const raw: Record<string, unknown> = {};
  const parameterOf = (name: string): Parameter | undefined =>
    f.parameters.find((parameter) => parameter.name === name);
  // The total goes first, for the warm-up is assumed to be a part of it.
  const order = [...given].sort((a, b) => rank(parameterOf(a.name)) - rank(parameterOf(b.name)));
  let total: number | undefined;
  for (const { name, value, place } of order) {
    const parameter = parameterOf(name);
    if (parameter) demandAgain(machine, value, parameter, total);
    raw[name] = parameter
      ? rawArgument(
          machine,
          parameter,
          orUnknown(machine, parameter, settled(machine, value), argumentSpan(site, place)),
          total,
          raw,
        )
      : plainOf(value);
    const isTotal = parameter?.role === 'total steps' || parameter?.role === 'decay steps';
    if (isTotal && typeof raw[name] === 'number') total = raw[name];
  }
  const isRefused = Array.isArray(raw['schedules']) && raw['schedules'].includes(refused);
  if (!rest) return { raw, isRefused };
  // Of `**kwargs` that are not known, Optax gets what it needs.
  for (const parameter of f.parameters) {
    if (parameter.default !== undefined || raw[parameter.name] !== undefined) continue;
    const key = `${rest.key}["${parameter.name}"]`;
    raw[parameter.name] = rawArgument(machine, parameter, unknownName(machine, key), total, raw);
  }
  return { raw, isRefused };
}

/** Stands for a schedule that Optax would refuse. */
const refused = Symbol('refused');

/**
 * An argument that is None, but not because that is written there: it is configured elsewhere, and so
 * not known here. Of an object that can be a number, it is not known either which one.
 */
function orUnknown(
  machine: Machine,
  { kind, name, default: standard }: Parameter,
  value: Value,
  span: Span | undefined,
): Value {
  const text = span && machine.textAt({ ...span, module: machine.module });
  const isNumber = kind === 'number' || kind === 'steps' || kind === 'learningRate';
  if (isNumber && isOpaque(value)) return unknownName(machine, text ?? name);
  if (value !== null || standard === null || text === undefined) return value;
  return text === 'None' ? value : unknownName(machine, text);
}

/** Whether a value may do for a number in Python, such as an instance of a `class Rate(float)`. */
function isOpaque(value: Value): boolean {
  if (!isObject(value)) return false;
  if (value.kind === 'instance') return functionOfStep(value) === undefined;
  return value.kind === 'list' && value.isGenerator === true;
}

const rank = (parameter: Parameter | undefined): number =>
  parameter?.role === 'total steps' || parameter?.role === 'decay steps' ? 0 : 1;

/** Where nothing is written yet, the parameter has to do for a name. */
function named(unknown: Unknown, { name }: Parameter): Unknown {
  return unknown.key === '...' ? { ...unknown, key: name } : unknown;
}

function plainOf(value: Value): unknown {
  const [first] = alternatives(value);
  const plain = first?.value;
  return typeof plain === 'bigint' ? Number(plain) : plain;
}

function rawArgument(
  machine: Machine,
  parameter: Parameter,
  value: Value,
  total: number | undefined,
  others: RawArguments,
): unknown {
  demandAgain(machine, value, parameter, total);
  const plain = settled(machine, value);
  if (isUncertain(plain))
    return assumedArgument(machine, parameter, named(plain, parameter), total, others);
  switch (parameter.kind) {
    case 'number':
    case 'steps':
      return numberOr(plain);
    case 'boolean':
      // Python takes 1 and None for conditions as well.
      return typeof plain === 'bigint' ? plain !== 0n : plain;
    case 'interpolation':
    case 'unsupported':
      return plain;
    case 'boundariesAndScales':
      if (plain === null) return null;
      if (!isObject(plain) || plain.kind !== 'dict') return typeName(plain);
      return pairsOf(machine, plain).map(([step, scale]) => ({
        step: numberOr(step),
        scale: numberOr(number(machine, scale, { name: parameter.name, role: 'decay factor' })),
      }));
    case 'boundaries':
      return elements(machine, plain, (element) =>
        numberOr(number(machine, element, { name: parameter.name, role: 'total steps' })),
      );
    case 'schedules':
      return elements(machine, plain, (element) => schedulePart(machine, element) ?? 'no schedule');
    case 'cycles':
      return elements(machine, plain, (element) => cycleOf(machine, parameter.cycle, element));
    case 'learningRate':
      return schedulePart(machine, plain) ?? numberOr(plain);
  }
}

export function number(
  machine: Machine,
  value: Value,
  parameter: Pick<Parameter, 'name' | 'role'>,
): Plain {
  demandAgain(machine, value, parameter);
  const plain = settled(machine, value);
  if (isUncertain(plain)) return assumeArgument(machine, plain, parameter);
  if (!isOpaque(plain)) return plain;
  const unknown: Unknown = { kind: 'unknown', key: parameter.name, leaves: [] };
  return assumeArgument(machine, unknown, parameter);
}

function numberOr(plain: Plain): unknown {
  return isNumeric(plain) ? toNumber(plain) : typeName(plain);
}

/** What is no number stands for itself, for the message that says so. */
function typeName(plain: Plain): unknown {
  return isObject(plain) ? { kind: plain.kind } : plain;
}

function elements(machine: Machine, plain: Plain, of: (element: Value) => unknown): unknown {
  try {
    return valuesIn(machine, plain).map(of);
  } catch (error) {
    if (error instanceof PythonError) return typeName(plain);
    throw error;
  }
}

function schedulePart(machine: Machine, value: Value): PhasedSchedule | typeof refused | undefined {
  const parameter = { name: 'schedule', role: 'learning rate' } as const;
  demandAgain(machine, value, parameter);
  const plain = settled(machine, value);
  if (isUncertain(plain)) return constant(toNumber(assumeArgument(machine, plain, parameter)));
  // What was assumed for it in an earlier round is a rate.
  if (isUncertain(value) && value.kind === 'assumed' && isNumeric(plain))
    return constant(toNumber(plain));
  if (!isObject(plain)) return undefined;
  machine.journal.parts.add(plain);
  const drawable = scheduleOf(machine, plain);
  if (drawable) machine.resting.push(...drawable.assumptions);
  if (drawable?.schedule) return drawable.schedule;
  if (plain.kind === 'schedule') return refused;
  // A function that cannot be followed is a schedule all the same, and so is what may be called.
  const isFunction =
    plain.kind === 'function' ||
    plain.kind === 'native' ||
    plain.kind === 'method' ||
    plain.kind === 'instance';
  if (!isFunction) return undefined;
  const name = 'name' in plain ? plain.name : 'schedule';
  return schedulePart(machine, { kind: 'unknown', key: `${name}(step)`, leaves: [] });
}

function cycleOf(machine: Machine, cycle: OptaxFunction, element: Value): unknown {
  const plain = settled(machine, element);
  if (isUncertain(plain)) return rawArguments(machine, cycle, [], { rest: plain }).raw;
  if (!isObject(plain) || plain.kind !== 'dict') return typeName(plain);
  const given = pairsOf(machine, plain).map(([key, value]): Given => {
    const name = typeof key === 'string' ? key : '';
    return { name, value, place: name };
  });
  return rawArguments(machine, cycle, given, {}).raw;
}
