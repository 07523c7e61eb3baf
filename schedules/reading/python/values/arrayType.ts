import type { DTypeName, NumericArray } from './numericArray.ts';
import { PythonError } from './pythonError.ts';
import { isObject, type DType, type Plain } from './value.ts';

export type Library = NumericArray['library'];

/** What the elements of an array are. */
export interface ElementType {
  readonly library: Library;
  readonly dtype: DTypeName;
}

/** A number of Python, or an array. */
export type Operand = bigint | number | boolean | NumericArray;

export function isArray(value: Plain | undefined): value is NumericArray {
  return value !== undefined && isObject(value) && value.kind === 'array';
}

export function isOperand(value: Plain | undefined): value is Operand {
  return ['bigint', 'number', 'boolean'].includes(typeof value) || isArray(value);
}

/** bool, int and float, each of which gives way to the next. */
type Kind = 0 | 1 | 2;

const kinds: Readonly<Record<DTypeName, Kind>> = {
  bool: 0,
  int32: 1,
  int64: 1,
  float32: 2,
  float64: 2,
};

/** What Python's own numbers become; JAX has its 64-bit types turned off. */
const defaults: Readonly<Record<Library, readonly [DTypeName, DTypeName, DTypeName]>> = {
  numpy: ['bool', 'int64', 'float64'],
  jax: ['bool', 'int32', 'float32'],
};

export const integerType = (library: Library): ElementType => ({
  library,
  dtype: defaults[library][1],
});
export const floatType = (library: Library): ElementType => ({
  library,
  dtype: defaults[library][2],
});
export const truthType = (library: Library): ElementType => ({ library, dtype: 'bool' });

export const isFloat = (dtype: DTypeName): boolean => kinds[dtype] === 2;
export const isInteger = (dtype: DTypeName): boolean => kinds[dtype] === 1;

/** The same type, or the library's float where it has none. */
export function inexact(type: ElementType): ElementType {
  return isFloat(type.dtype) ? type : floatType(type.library);
}

/** A type as a library has it: of JAX's, float64 is float32. */
export function typeIn(library: Library, dtype: DTypeName): ElementType {
  return { library, dtype: library === 'jax' ? defaults.jax[kinds[dtype]] : dtype };
}

/** The type of an operand by itself. */
export function typeOf(library: Library, operand: Operand): ElementType {
  return isArray(operand)
    ? typeIn(library, operand.dtype)
    : { library, dtype: defaults[library][kindOf(operand)] };
}

function kindOf(operand: Operand): Kind {
  if (isArray(operand)) return kinds[operand.dtype];
  return typeof operand === 'boolean' ? 0 : typeof operand === 'bigint' ? 1 : 2;
}

/** The type in which a library computes with operands. */
export function commonType(library: Library, operands: readonly Operand[]): ElementType {
  const dtypes = operands.filter(isArray).map(({ dtype }) => dtype);
  return joinedType(library, dtypes, Math.max(0, ...operands.map(kindOf)) as Kind);
}

/**
 * The type that has room for all of some types. In NumPy (NEP 50), Python's numbers, of which only
 * the kind counts, give way to an array's type of their kind. In JAX without 64-bit types there is
 * one type of each kind, so that its weak types make no difference.
 */
export function joinedType(
  library: Library,
  dtypes: readonly DTypeName[],
  atLeast: Kind = 0,
): ElementType {
  const kind = Math.max(atLeast, ...dtypes.map((dtype) => kinds[dtype])) as Kind;
  const [first = 'bool'] = dtypes.filter((dtype) => kinds[dtype] === kind);
  // An int32 does not fit into a float32.
  const isFirst = dtypes.every((dtype) => dtype === first || dtype === 'bool');
  const standard = defaults[library][kind];
  return {
    library,
    dtype: library === 'numpy' && kinds[first] === kind && isFirst ? first : standard,
  };
}

/** The operation that keeps the result of arithmetic within a type: it rounds, or wraps around. */
export const settled: Readonly<Record<DTypeName, (x: number) => number>> = {
  bool: (x) => Number(x !== 0),
  int32: (x) => x | 0,
  int64: (x) => (Number.isSafeInteger(x) ? x : Number(BigInt.asIntN(64, BigInt(x)))),
  float32: Math.fround,
  float64: (x) => x,
};

export function largestFloat(dtype: DTypeName): number {
  return dtype === 'float32' ? 2 ** 128 - 2 ** 104 : Number.MAX_VALUE;
}

const largest = { int32: 2n ** 31n - 1n, int64: 2n ** 63n - 1n };

/** The smallest and the largest number of an integer type. */
export function integerRange(dtype: 'int32' | 'int64'): readonly [bigint, bigint] {
  return [-largest[dtype] - 1n, largest[dtype]];
}

/** What makes elements of one type those of another, as `astype`. */
export function conversion(from: DTypeName, to: ElementType): (x: number) => number {
  if (to.dtype !== 'int32' && to.dtype !== 'int64') return settled[to.dtype];
  if (!isFloat(from)) return settled[to.dtype];
  const [low, high] = integerRange(to.dtype).map(Number) as [number, number];
  return (x) => {
    if (x > low - 1 && x < high + 1) return Math.trunc(x) + 0;
    // What is out of range has x86's value in NumPy, and the nearest one in JAX.
    if (to.library === 'numpy') return low;
    return Number.isNaN(x) ? 0 : x < 0 ? low : high;
  };
}

/**
 * A number of Python as an element.
 *
 * @throws PythonError for an integer that the type has no room for.
 */
export function elementOf(type: ElementType, value: bigint | number | boolean): number {
  const { dtype } = type;
  if (typeof value !== 'bigint') return conversion('float64', type)(Number(value));
  const fits =
    dtype === 'int32' || dtype === 'int64'
      ? value <= largest[dtype] && value >= -largest[dtype] - 1n
      : Number.isFinite(Number(value));
  if (!fits) throw new PythonError(`OverflowError: Python integer out of bounds for ${dtype}`);
  return settled[dtype](Number(value));
}

/** An element as a number of Python. */
export function pythonNumber(dtype: DTypeName, element: number): bigint | number | boolean {
  if (dtype === 'bool') return element !== 0;
  return isInteger(dtype) ? BigInt(element) : element;
}

const namedTypes: readonly (readonly [RegExp, DTypeName])[] = [
  [/^(?:b?float(?:16|32)|half|single|<?f[24])$/, 'float32'],
  [/^(?:float(?:64|_)?|double|<?f8)$/, 'float64'],
  [/^(?:u?int(?:8|16|32)|<?[iu][124])$/, 'int32'],
  [/^(?:u?int(?:64|_)?|<?[iu]8)$/, 'int64'],
  [/^bool_?$/, 'bool'],
];

/** The type of a name such as `bfloat16`; narrow ones are computed in 32 bits. */
export function typeNamed(library: Library, name: string): DType | undefined {
  const dtype = namedTypes.find(([names]) => names.test(name))?.[1];
  return dtype && { kind: 'dtype', library, name: typeIn(library, dtype).dtype };
}

/**
 * The type that an argument `dtype=` gives: `np.float32`, 'float32' or Python's `float`; undefined
 * where there is none.
 */
export function typeGiven(library: Library, value: Plain | undefined): ElementType | undefined {
  if (value === undefined || value === null) return undefined;
  const name =
    typeof value === 'string' ? value : isObject(value) && 'name' in value ? value.name : '';
  const dtype = typeNamed(library, name);
  if (!dtype) throw new PythonError(`TypeError: data type '${name}' not understood`);
  return { library, dtype: dtype.name };
}
