import { type Integer, isNumber, unsupported } from './arithmetic.ts';
import { arrayCompare } from './arrayOperations.ts';
import { toNumber } from './conversion.ts';
import { keyOf, typeName } from './keys.ts';

import { isArray } from './arrayType.ts';
import { PythonError } from './pythonError.ts';
import {
  type Dict,
  type Plain,
  type PythonObject,
  type Uncertain,
  type Value,
  isObject,
} from './value.ts';

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
