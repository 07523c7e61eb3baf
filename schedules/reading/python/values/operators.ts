import { arrayBinary, arrayCompare, arrayUnary } from './arrayOperations.ts';
import { isTrue, toInteger, toNumber } from './conversion.ts';
import { keyOf, typeName } from './keys.ts';
import { power } from './power.ts';
import { PythonError } from './pythonError.ts';
import {
  isObject,
  list,
  tuple,
  type Dict,
  type List,
  type Plain,
  type PythonObject,
  type Tuple,
  type Uncertain,
  type Value,
} from './value.ts';

/** More digits or elements than any schedule has; what would grow beyond is an error. */
const mostBits = 4096;
export const mostElements = 100_000;

function isArray(value: Plain): boolean {
  return isObject(value) && value.kind === 'array';
}

type Integer = bigint | boolean;
const isInteger = (value: Plain): value is Integer =>
  typeof value === 'bigint' || typeof value === 'boolean';
const isNumber = (value: Plain): value is Integer | number =>
  isInteger(value) || typeof value === 'number';

/**
 * `a + b` and its like.
 *
 * @throws PythonError where Python would raise, or the result would be too large.
 */
export function binary(operator: string, a: Plain, b: Plain): Plain {
  if (isInteger(a) && isInteger(b)) return integerOperation(operator, BigInt(a), BigInt(b));
  if (isNumber(a) && isNumber(b)) return floatOperation(operator, Number(a), Number(b));
  if (isArray(a) || isArray(b)) return arrayBinary(operator, a, b);
  return containerOperation(operator, a, b);
}

function integerOperation(operator: string, a: bigint, b: bigint): Plain {
  switch (operator) {
    case '+':
      return bounded(a + b);
    case '-':
      return bounded(a - b);
    case '*':
      return bounded(a * b);
    case '/':
      return floatOperation('/', Number(a), Number(b));
    case '//':
      return floorDivide(a, b);
    case '%':
      return a - floorDivide(a, b) * b;
    case '**':
      return integerPower(a, b);
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<<':
      if (b < 0n || b > mostBits) throw new PythonError('OverflowError: shifts too far');
      return bounded(a << b);
    case '>>':
      if (b < 0n) throw new PythonError('ValueError: negative shift count');
      return a >> b;
    default:
      throw unsupported(operator, a, b);
  }
}

function bounded(value: bigint): bigint {
  if (BigInt.asIntN(mostBits, value) !== value) {
    throw new PythonError('OverflowError: the number has more digits than are computed with here');
  }
  return value;
}

function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new PythonError('ZeroDivisionError: integer division by zero');
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function integerPower(base: bigint, exponent: bigint): Plain {
  if (exponent < 0n) return floatOperation('**', Number(base), Number(exponent));
  const bits = BigInt((base < 0n ? -base : base).toString(2).length);
  if (base !== 0n && base !== 1n && base !== -1n && bits * exponent > mostBits * 2) {
    throw new PythonError('OverflowError: the number has more digits than are computed with here');
  }
  if (exponent > mostBits * 2) return base === -1n && exponent % 2n === 0n ? 1n : base;
  return bounded(base ** exponent);
}

function floatOperation(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0) throw new PythonError('ZeroDivisionError: division by zero');
      return a / b;
    case '//':
      return divideFloored(a, b)[0];
    case '%':
      return divideFloored(a, b)[1];
    case '**':
      return floatPower(a, b);
    default:
      throw unsupported(operator, a, b);
  }
}

/**
 * Quotient and remainder as CPython's `float_divmod` computes them: the remainder has the sign of
 * the divisor, and 1 // 0.1 is 9.
 */
function divideFloored(a: number, b: number): readonly [quotient: number, remainder: number] {
  if (b === 0) throw new PythonError('ZeroDivisionError: float floor division by zero');
  const cut = a % b;
  const remainder = cut !== 0 && cut < 0 !== b < 0 ? cut + b : cut;
  return [Math.round((a - cut) / b) - Number(remainder !== cut), remainder];
}

function floatPower(base: number, exponent: number): number {
  if (base === 0 && exponent < 0) {
    throw new PythonError('ZeroDivisionError: 0.0 cannot be raised to a negative power');
  }
  const result = power(base, exponent);
  if (Number.isNaN(result) && !Number.isNaN(base) && !Number.isNaN(exponent)) {
    throw new PythonError('ValueError: the power is a complex number');
  }
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw new PythonError('OverflowError: numerical result out of range');
  }
  return result;
}

function unsupported(operator: string, a: Plain, b: Plain): PythonError {
  return new PythonError(
    `TypeError: unsupported operand types for ${operator}: '${typeName(a)}' and '${typeName(b)}'`,
  );
}

function containerOperation(operator: string, a: Plain, b: Plain): Plain {
  if (operator === '*' && isInteger(b)) return repeated(a, b);
  if (operator === '*' && isInteger(a)) return repeated(b, a);
  if (typeof a === 'string') {
    if (operator === '+' && typeof b === 'string') return sized(a + b);
    // What a text is formatted to does not matter for schedules, only that it is one.
    if (operator === '%') return a;
  }
  if (!isObject(a) || !isObject(b)) throw unsupported(operator, a, b);
  if (a.kind === 'list' && b.kind === 'list' && operator === '+')
    return list(sized([...a.items, ...b.items]));
  if (a.kind === 'tuple' && b.kind === 'tuple' && operator === '+')
    return tuple(sized([...a.items, ...b.items]));
  if (a.kind === 'dict' && b.kind === 'dict' && operator === '|')
    return { kind: 'dict', entries: new Map([...a.entries, ...b.entries]) };
  if (a.kind === 'set' && b.kind === 'set') {
    const both = new Map([...a.items, ...b.items]);
    const keep = setOperations[operator];
    if (keep)
      return {
        kind: 'set',
        items: new Map([...both].filter(([key]) => keep(a.items.has(key), b.items.has(key)))),
      };
  }
  throw unsupported(operator, a, b);
}

const setOperations: Readonly<Partial<Record<string, (inA: boolean, inB: boolean) => boolean>>> = {
  '|': () => true,
  '&': (inA, inB) => inA && inB,
  '-': (inA, inB) => inA && !inB,
  '^': (inA, inB) => inA !== inB,
};

function repeated(what: Plain, count: Integer): Plain {
  const times = Math.max(0, Number(count));
  const length = typeof what === 'string' ? what.length : itemsOf(what, '*').length;
  if (times * length > mostElements) throw tooLarge();
  if (typeof what === 'string') return what.repeat(times);
  const { kind, items } = what as List | Tuple;
  const all = Array.from({ length: times }, () => items).flat();
  return kind === 'list' ? list(all) : tuple(all);
}

function itemsOf(value: Plain, operator: string): readonly Value[] {
  if (isObject(value) && (value.kind === 'list' || value.kind === 'tuple')) return value.items;
  throw unsupported(operator, value, 1n);
}

function tooLarge(): PythonError {
  return new PythonError('MemoryError: more elements than are computed with here');
}

/** @throws PythonError where there are more elements than are computed with. */
export function sized<Sized extends { readonly length: number }>(value: Sized): Sized {
  if (value.length > mostElements) throw tooLarge();
  return value;
}

export function unary(operator: string, value: Plain): Plain {
  if (operator === 'not') return !isTrue(value);
  if (isArray(value)) return arrayUnary(operator, value);
  if (operator === '~') return ~toInteger(value);
  const sign = operator === '-' ? -1 : 1;
  if (isInteger(value)) return BigInt(sign) * BigInt(value);
  return sign * toNumber(value);
}

/** `a < b` and its like; of arrays an array. */
export function compare(operator: string, a: Plain, b: Plain): Plain {
  switch (operator) {
    case 'is':
      return isSame(a, b);
    case 'is not':
      return !isSame(a, b);
    case 'in':
      return contains(b, a);
    case 'not in':
      return !contains(b, a);
  }
  if (isArray(a) || isArray(b)) return arrayCompare(operator, a, b);
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case '<':
      return order(operator, a, b) < 0;
    case '<=':
      return order(operator, a, b) <= 0;
    case '>':
      return order(operator, a, b) > 0;
    case '>=':
      return order(operator, a, b) >= 0;
    default:
      throw unsupported(operator, a, b);
  }
}

function isSame(a: Plain, b: Plain): boolean {
  return a === b || (isNumber(a) && isNumber(b) && typeof a === typeof b && a === b);
}

/** Deeper than anyone nests; a list can hold itself. */
const deepestComparison = 50;

export function isEqual(a: Value, b: Value, depth = 0): boolean {
  if (a === b) return !(typeof a === 'number' && Number.isNaN(a));
  if (!isObject(a) || !isObject(b)) {
    if (isObject(a) || isObject(b) || a === null || b === null) return false;
    if (typeof a === 'string' || typeof b === 'string') return false;
    return numbersInOrder(a, b) === 0;
  }
  if (depth > deepestComparison) throw new PythonError('RecursionError: compares too deeply');
  const same = (x: Value | undefined, y: Value | undefined): boolean =>
    x !== undefined && y !== undefined && isEqual(x, y, depth + 1);
  if ((a.kind === 'list' && b.kind === 'list') || (a.kind === 'tuple' && b.kind === 'tuple'))
    return a.items.length === b.items.length && a.items.every((item, i) => same(item, b.items[i]));
  if (a.kind === 'dict' && b.kind === 'dict') return isEqualDict(a, b, same);
  if (a.kind === 'set' && b.kind === 'set')
    return a.items.size === b.items.size && [...a.items.keys()].every((key) => b.items.has(key));
  if (a.kind === 'range' && b.kind === 'range')
    return a.start === b.start && a.stop === b.stop && a.step === b.step;
  if (a.kind === 'dtype' && b.kind === 'dtype') return a.name === b.name;
  return false;
}

function isEqualDict(
  a: Dict,
  b: Dict,
  same: (x: Value | undefined, y: Value | undefined) => boolean,
): boolean {
  return (
    a.entries.size === b.entries.size &&
    [...a.entries].every(([key, [, value]]) => same(value, b.entries.get(key)?.[1]))
  );
}

/** Negative where `a` is before `b`, NaN where they have no order. */
function numbersInOrder(a: Integer | number, b: Integer | number): number {
  const [x, y] = [typeof a === 'boolean' ? BigInt(a) : a, typeof b === 'boolean' ? BigInt(b) : b];
  if (x < y) return -1;
  if (x > y) return 1;
  // JavaScript compares a bigint with a double exactly, as Python does.
  return x >= y ? 0 : NaN;
}

function order(operator: string, a: Value, b: Value, depth = 0): number {
  if (!isObject(a) && !isObject(b)) {
    if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
    if (a !== null && b !== null && typeof a !== 'string' && typeof b !== 'string')
      return numbersInOrder(a, b);
  }
  if (isObject(a) && isObject(b) && depth < deepestComparison) {
    const [x, y] = [sequenceItems(a), sequenceItems(b)];
    if (x && y && a.kind === b.kind) {
      for (const [i, p] of x.slice(0, y.length).entries()) {
        const q = y[i] ?? null;
        if (!isEqual(p, q)) return order(operator, p, q, depth + 1);
      }
      return x.length - y.length;
    }
  }
  throw new PythonError(`TypeError: '${operator}' is not supported between these values`);
}

function sequenceItems(value: PythonObject | Uncertain): readonly Value[] | undefined {
  return value.kind === 'list' || value.kind === 'tuple' ? value.items : undefined;
}

/** The order of Python's `sorted`. */
export function inOrder(a: Plain, b: Plain): number {
  if (isArray(a) || isArray(b)) return toNumber(a) - toNumber(b);
  return order('<', a, b);
}

function contains(container: Plain, value: Plain): boolean {
  if (typeof container === 'string') return typeof value === 'string' && container.includes(value);
  if (isObject(container)) {
    switch (container.kind) {
      case 'dict':
        return container.entries.has(keyOf(value));
      case 'set':
        return container.items.has(keyOf(value));
      case 'list':
      case 'tuple':
        return container.items.some((item) => isEqual(item, value));
      case 'range': {
        if (!isNumber(value)) return false;
        const { start, stop, step } = container;
        const n = Number(value);
        const [low, high] = step > 0n ? [start, stop - 1n] : [stop + 1n, start];
        return n >= low && n <= high && (n - Number(start)) % Number(step) === 0;
      }
      case 'instance':
        return container.attributes.has(typeof value === 'string' ? value : '');
      default:
        break;
    }
  }
  throw new PythonError(`TypeError: '${typeName(container)}' is no container`);
}
