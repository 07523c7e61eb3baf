import { typeName } from './keys.ts';
import type { NumericArray } from './numericArray.ts';
import { PythonError } from './pythonError.ts';
import { isObject, type Plain } from './value.ts';

/** What `if`, `not`, `and` and `or` take for true. */
export function isTrue(value: Plain): boolean {
  // NaN is true in Python.
  if (!isObject(value)) return Number.isNaN(value) || Boolean(value);
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return value.items.length > 0;
    case 'set':
      return value.items.size > 0;
    case 'dict':
      return value.entries.size > 0;
    case 'range':
      return value.step > 0n ? value.start < value.stop : value.start > value.stop;
    case 'array':
      if (value.data?.length === 1) return value.data[0] !== 0;
      throw new PythonError('ValueError: the truth value of an array is ambiguous');
    default:
      return true;
  }
}

/** A scalar of NumPy or JAX, or an array of one element. */
export function isScalarArray(value: Plain | undefined): value is NumericArray {
  return (
    value !== undefined && isObject(value) && value.kind === 'array' && value.data?.length === 1
  );
}

/** A number of Python, NumPy or JAX as a double; True is 1. */
export function toNumber(value: Plain | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  if (isScalarArray(value)) return value.data?.[0] ?? NaN;
  throw new PythonError(
    `TypeError: a number is needed, not ${value === undefined ? 'nothing' : typeName(value)}`,
  );
}

export function isNumeric(value: Plain | undefined): boolean {
  return (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    isScalarArray(value)
  );
}

/** A whole number, as an index or a count: of a float Python refuses it. */
export function toInteger(value: Plain | undefined): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return BigInt(value);
  if (isScalarArray(value) && value.dtype.startsWith('int')) return BigInt(value.data?.[0] ?? 0);
  throw new PythonError(
    `TypeError: an integer is needed, not ${value === undefined ? 'nothing' : typeName(value)}`,
  );
}

/** The same as a JavaScript number, for sizes and positions. */
export function toSize(value: Plain | undefined): number {
  return Number(toInteger(value));
}

export function toText(value: Plain | undefined): string {
  if (typeof value === 'string') return value;
  throw new PythonError(
    `TypeError: a text is needed, not ${value === undefined ? 'nothing' : typeName(value)}`,
  );
}
