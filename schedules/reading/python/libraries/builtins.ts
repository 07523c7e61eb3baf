import { callValue } from '../machine/calls.ts';
import { read, unknownFrom } from '../machine/certainty.ts';
import { setAttribute } from '../machine/assignment.ts';
import { setOf, truthOf, unknownAmong } from '../machine/evaluation.ts';
import { unknownName, type Machine } from '../machine/machine.ts';
import {
  isScalarArray,
  isTrue,
  toInteger,
  toNumber,
  toSize,
  toText,
} from '../values/conversion.ts';
import { formatted, textOfValue } from '../values/formatting.ts';
import { lengthOf, valuesIn } from '../values/iteration.ts';
import { keyOf, spelled, typeName } from '../values/keys.ts';
import { pairsOf, sorted } from '../values/methods.ts';
import { lazyNative, native } from '../values/native.ts';
import { binary, inOrder } from '../values/operators.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  firstGiven,
  isObject,
  isUncertain,
  list,
  tuple,
  type NativeFunction,
  type Plain,
  type Value,
} from '../values/value.ts';
import { numberValue } from '../syntax/expressions.ts';

/** `int(value)`: texts and floats are taken towards zero. */
function toInt(value: Plain | undefined): bigint {
  if (value === undefined) return 0n;
  if (typeof value === 'string') {
    const [, sign = '', digits = ''] = /^\s*([+-]?)(\d[\d_]*)\s*$/.exec(value) ?? [];
    const size = numberValue(digits.replace(/^0+(?=\d)/, ''));
    if (typeof size !== 'bigint') throw new PythonError('ValueError: no whole number');
    return sign === '-' ? -size : size;
  }
  if (typeof value === 'bigint' || typeof value === 'boolean') return BigInt(value);
  const number = Math.trunc(toNumber(value));
  if (!Number.isFinite(number))
    throw new PythonError('ValueError: NaN and infinity have no integer');
  return BigInt(number);
}

function toFloat(value: Plain | undefined): number {
  if (value === undefined) return 0;
  if (typeof value !== 'string') return toNumber(value);
  const [, sign, name] = /^\s*([+-]?)(inf|infinity|nan)\s*$/i.exec(value) ?? [];
  if (name !== undefined) {
    const size = name.toLowerCase() === 'nan' ? NaN : Infinity;
    return sign === '-' ? -size : size;
  }
  const [, minus, digits = ''] = /^\s*([+-]?)([\d._eE+-]+)\s*$/.exec(value) ?? [];
  const size = Number(digits.replaceAll('_', '') || 'nothing');
  if (Number.isNaN(size)) throw new PythonError('ValueError: could not convert string to float');
  return minus === '-' ? -size : size;
}

/** Halves go to the even neighbour, also where digits are kept. */
function round(value: Plain | undefined, digits: Plain | undefined): Value {
  if (isScalarArray(value))
    return roundFloat(toNumber(value), digits === undefined ? 0 : toSize(digits));
  if (typeof value === 'bigint' || typeof value === 'boolean')
    return roundInteger(BigInt(value), toSize(digits ?? 0n));
  const number = toNumber(value);
  if (digits !== undefined && digits !== null) return roundFloat(number, toSize(digits));
  if (!Number.isFinite(number))
    throw new PythonError('ValueError: NaN and infinity have no integer');
  return BigInt(roundHalfToEven(number));
}

/** Of a whole number, only negative digits change anything: -2 rounds to hundreds. */
function roundInteger(value: bigint, digits: number): bigint {
  if (digits >= 0) return value;
  if (-digits > String(value).length) return 0n;
  const unit = 10n ** BigInt(-digits);
  const remainder = ((value % unit) + unit) % unit;
  const lower = value - remainder;
  const isUp = 2n * remainder > unit || (2n * remainder === unit && (lower / unit) % 2n !== 0n);
  return isUp ? lower + unit : lower;
}

function roundHalfToEven(value: number): number {
  const lower = Math.floor(value);
  if (value - lower !== 0.5) return Math.round(value);
  return lower % 2 === 0 ? lower : lower + 1;
}

function roundFloat(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 100) return value;
  if (digits < -308) return 0;
  if (digits <= 0) return roundHalfToEven(value / 10 ** -digits) * 10 ** -digits;
  // `toFixed` rounds the exact binary value, as Python does, but halves away from zero. Half of
  // such a digit is in the way only if the value is an odd multiple of 2 ** -(digits + 1).
  const rounded = value.toFixed(digits);
  const isHalfway = Math.abs(value * 2 ** (digits + 1)) % 2 === 1;
  if (!isHalfway || Number(rounded.at(-1)) % 2 === 0) return Number(rounded);
  return Number((value * (1 - Number.EPSILON / 2)).toFixed(digits));
}

/** Of two equal or incomparable ones the first stays, which decides about NaN. */
function extreme(name: string, isBetter: (order: number) => boolean): NativeFunction {
  return native(name, ['*values', 'key', 'default'], (given, machine) => best(given, machine));
  function best([values, key, otherwise]: readonly (Plain | undefined)[], machine: Machine): Value {
    const several = valuesIn(machine, values ?? tuple([]));
    const [only = null] = several;
    const items = several.length === 1 ? valuesIn(machine, read(machine, only)) : several;
    const [first, ...others] = items;
    if (first === undefined) {
      if (otherwise === undefined) throw new PythonError(`ValueError: ${name}() of nothing`);
      return otherwise;
    }
    const rank = (value: Value): Plain =>
      read(machine, key === undefined || key === null ? value : machine.call(key, [value]));
    let [chosen, chosenRank] = [first, rank(first)];
    for (const other of others) {
      const otherRank = rank(other);
      if (isBetter(inOrder(otherRank, chosenRank))) [chosen, chosenRank] = [other, otherRank];
    }
    return read(machine, chosen);
  }
}

function range(
  first: Plain | undefined,
  second: Plain | undefined,
  third: Plain | undefined,
): Value {
  const [start, stop] =
    second === undefined ? [0n, toInteger(first)] : [toInteger(first), toInteger(second)];
  const step = third === undefined ? 1n : toInteger(third);
  if (step === 0n) throw new PythonError('ValueError: range() arg 3 must not be zero');
  return { kind: 'range', start, stop, step };
}

/** As many as all of some lists have. */
function shortest(lists: readonly (readonly Value[])[]): number {
  return lists.reduce((least, { length }) => Math.min(least, length), lists[0]?.length ?? 0);
}

/** Functions that take a list of values, and give a list where Python gives an iterator. */
const overLists: Readonly<Record<string, NativeFunction>> = {
  list: native('list', ['iterable'], ([values], machine) =>
    list(values === undefined ? [] : valuesIn(machine, values)),
  ),
  tuple: native('tuple', ['iterable'], ([values], machine) =>
    tuple(values === undefined ? [] : valuesIn(machine, values)),
  ),
  set: native('set', ['iterable'], ([values], machine) =>
    setOf(machine, values === undefined ? [] : valuesIn(machine, values)),
  ),
  iter: native('iter', ['iterable'], ([values = null], machine) => list(valuesIn(machine, values))),
  next: native('next', ['iterator', 'default'], ([values = null, otherwise]) => {
    if (!isObject(values) || values.kind !== 'list')
      throw new PythonError('TypeError: no iterator');
    const next = firstGiven(values.items.shift(), otherwise);
    if (next === undefined) throw new PythonError('StopIteration');
    return next;
  }),
  reversed: native('reversed', ['sequence'], ([values = null], machine) =>
    list(valuesIn(machine, values).reverse()),
  ),
  sorted: native(
    'sorted',
    ['iterable', 'key', 'reverse'],
    ([values = null, key, reverse], machine) =>
      list(sorted(machine, valuesIn(machine, values), key, reverse)),
  ),
  enumerate: native('enumerate', ['iterable', 'start'], ([values = null, start = 0n], machine) =>
    list(valuesIn(machine, values).map((value, i) => tuple([toInteger(start) + BigInt(i), value]))),
  ),
  zip: native('zip', ['*iterables', 'strict'], ([iterables = null], machine) => {
    const all = valuesIn(machine, iterables).map((one) => valuesIn(machine, read(machine, one)));
    const length = shortest(all);
    return list(Array.from({ length }, (_, i) => tuple(all.map((one) => one[i] ?? null))));
  }),
  map: native('map', ['function', '*iterables'], ([f = null, iterables = null], machine) => {
    const all = valuesIn(machine, iterables).map((one) => valuesIn(machine, read(machine, one)));
    const length = shortest(all);
    return list(
      Array.from({ length }, (_, i) =>
        machine.call(
          f,
          all.map((one) => one[i] ?? null),
        ),
      ),
    );
  }),
  filter: native('filter', ['function', 'iterable'], ([f = null, values = null], machine) =>
    list(
      valuesIn(machine, values).filter((value) => {
        return truthOf(machine, f === null ? value : machine.call(f, [value])) === true;
      }),
    ),
  ),
  sum: native('sum', ['iterable', 'start'], ([values = null, start = 0n], machine) =>
    valuesIn(machine, values).reduce<Plain>(
      (sum, value) => binary('+', sum, read(machine, value)),
      start,
    ),
  ),
  any: native('any', ['iterable'], ([values = null], machine) =>
    valuesIn(machine, values).some((value) => isTrue(read(machine, value))),
  ),
  all: native('all', ['iterable'], ([values = null], machine) =>
    valuesIn(machine, values).every((value) => isTrue(read(machine, value))),
  ),
  min: extreme('min', (order) => order < 0),
  max: extreme('max', (order) => order > 0),
};

const dict: NativeFunction = {
  kind: 'native',
  name: 'dict',
  call({ positional: [given], keywords, rest }, machine) {
    const unknown = rest ?? (given === undefined ? undefined : unknownAmong([given])[0]);
    if (unknown && keywords.size === 0) return unknown;
    const pairs = given === undefined || unknown ? [] : pairsOf(machine, read(machine, given));
    const entries = [...pairs, ...keywords].map(
      ([key, value]) => [keyOf(key), [key, value]] as const,
    );
    return { kind: 'dict', entries: new Map(entries) };
  },
  members: new Map<string, Value>([
    [
      'fromkeys',
      native('fromkeys', ['keys', 'value'], ([keys = null, value = null], machine) => ({
        kind: 'dict',
        entries: new Map(valuesIn(machine, keys).map((key) => [keyOf(key), [key, value]])),
      })),
    ],
  ]),
};

/** The members of objects by their names. */
const reflection: Readonly<Record<string, NativeFunction>> = {
  getattr: lazyNative(
    'getattr',
    ['object', 'name', 'default'],
    ([object = null, name, otherwise], machine) => {
      if (typeof name !== 'string')
        throw new PythonError('TypeError: attribute name must be a text');
      if (isUncertain(object) && object.kind === 'unknown' && otherwise !== undefined)
        return otherwise;
      const value = machine.attribute(object, name);
      const isMissing = isUncertain(value) && value.kind === 'unknown' && otherwise !== undefined;
      return isMissing ? otherwise : value;
    },
  ),
  setattr: lazyNative(
    'setattr',
    ['object', 'name', 'value'],
    ([object = null, name, value = null], machine) => {
      if (typeof name === 'string') setAttribute(machine, object, name, value);
      return null;
    },
  ),
  hasattr: lazyNative('hasattr', ['object', 'name'], ([object = null, name], machine) => {
    if (typeof name !== 'string') return false;
    if (isUncertain(object)) return unknownFrom(`hasattr(${spelled(object)}, '${name}')`, []);
    const value = machine.attribute(object, name);
    return !(isUncertain(value) && value.kind === 'unknown');
  }),
  vars: native('vars', ['object'], ([object = null], machine) =>
    machine.attribute(object, '__dict__'),
  ),
  isinstance: native('isinstance', ['object', 'type'], ([object = null, type = null], machine) =>
    isInstance(machine, object, type),
  ),
  callable: native('callable', ['object'], ([object = null]) => {
    return (
      isObject(object) &&
      ['function', 'native', 'method', 'class', 'schedule'].includes(object.kind)
    );
  }),
  type: native('type', ['object'], ([object = null], machine) => {
    if (isObject(object) && object.kind === 'instance') return object.class ?? null;
    return machine.builtins.get(typeName(object)) ?? unknownFrom(`type(${spelled(object)})`, []);
  }),
  super: lazyNative('super', ['type', 'object'], (_, machine) => {
    const { function: method, scope } = machine.frame;
    const self = scope.variables.get(method?.parameters[0]?.name ?? '');
    if (!method?.owner || self === undefined)
      throw new PythonError('RuntimeError: super(): no arguments');
    return { kind: 'super', class: method.owner, self };
  }),
  property: lazyNative('property', ['getter'], ([getter = null]) => ({ kind: 'property', getter })),
  staticmethod: lazyNative('staticmethod', ['function'], ([f = null]) => ({
    kind: 'native',
    name: 'staticmethod',
    call: (args, machine) => callValue(machine, f, args),
  })),
  classmethod: lazyNative('classmethod', ['function'], ([f = null]) => ({
    kind: 'native',
    name: 'classmethod',
    call: (args, machine) => callValue(machine, f, args),
    members: new Map([['classmethod', true]]),
  })),
};

/** Whether a value is of one of Python's own types or of a class of the text. */
function isInstance(machine: Machine, value: Plain, type: Plain): Value {
  if (isObject(type) && type.kind === 'tuple') {
    return type.items.some((one) => isInstance(machine, value, read(machine, one)) === true);
  }
  if (isObject(type) && type.kind === 'class') {
    return isObject(value) && value.kind === 'instance' && value.class === type;
  }
  if (!isObject(type) || type.kind !== 'native') throw new PythonError('TypeError: no type');
  const own = typeName(value);
  if (type.name === 'int') return own === 'int' || own === 'bool';
  return (
    own === type.name ||
    (type.name === 'Callable' &&
      isObject(value) &&
      ['function', 'native', 'method', 'schedule'].includes(value.kind))
  );
}

const numbers: Readonly<Record<string, NativeFunction>> = {
  int: native('int', ['value', 'base'], ([value]) => toInt(value)),
  float: native('float', ['value'], ([value]) => toFloat(value)),
  bool: lazyNative('bool', ['value'], ([value = false], machine) => {
    const truth = truthOf(machine, value);
    return typeof truth === 'boolean' ? truth : value;
  }),
  round: native('round', ['number', 'ndigits'], ([value, digits]) => round(value, digits)),
  abs: native('abs', ['value'], ([value]) => {
    if (typeof value === 'bigint') return value < 0n ? -value : value;
    if (isObject(value ?? null) && value !== undefined && isObject(value) && value.kind === 'array')
      return { ...value, data: value.data?.map(Math.abs) };
    return Math.abs(toNumber(value));
  }),
  pow: native('pow', ['base', 'exp'], ([base = null, exponent = null]) =>
    binary('**', base, exponent),
  ),
  divmod: native('divmod', ['a', 'b'], ([a = null, b = null]) =>
    tuple([binary('//', a, b), binary('%', a, b)]),
  ),
  range: native('range', ['start', 'stop', 'step'], ([a, b, c]) => range(a, b, c)),
  slice: native('slice', ['start', 'stop', 'step'], ([a = null, b, c = null]) =>
    b === undefined
      ? { kind: 'slice', start: null, stop: a, step: null }
      : { kind: 'slice', start: a, stop: b, step: c },
  ),
};

const texts: Readonly<Record<string, NativeFunction>> = {
  str: native('str', ['object'], ([value = '']) => textOfValue(value)),
  repr: native('repr', ['object'], ([value = null]) => spelled(value)),
  format: native('format', ['value', 'spec'], ([value = null, spec]) =>
    formatted(value, spec === undefined ? '' : toText(spec)),
  ),
  print: lazyNative('print', ['*values'], () => null),
  len: lazyNative('len', ['object'], ([object = null], machine) => {
    if (isUncertain(object) && object.kind === 'unknown')
      return unknownName(machine, `len(${object.key})`);
    const plain = read(machine, object);
    if (isObject(plain) && plain.kind === 'instance') {
      return machine.call(machine.attribute(plain, '__len__'), []);
    }
    return BigInt(lengthOf(plain));
  }),
};

/** Python's own functions. */
export const builtins: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.entries({ ...numbers, ...overLists, ...reflection, ...texts, dict }),
  ['__name__', '__main__'],
  ['__file__', 'main.py'],
]);
