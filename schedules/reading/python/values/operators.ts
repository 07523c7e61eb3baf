import { isArray } from './arrayType.ts';
import { mostElements } from './arrayShape.ts';
import {
  type Integer,
  floatOperation,
  integerOperation,
  isInteger,
  isNumber,
  unsupported,
} from './arithmetic.ts';
import { arrayBinary, arrayUnary } from './arrayOperations.ts';
import { isTrue, toInteger, toNumber } from './conversion.ts';
import { PythonError } from './pythonError.ts';
import { type List, type Plain, type Tuple, type Value, isObject, list, tuple } from './value.ts';

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
