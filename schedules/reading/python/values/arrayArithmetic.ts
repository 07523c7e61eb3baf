import * as float32 from '../../../optax/float32.ts';
import {
  applied,
  asTruth,
  inCommon,
  ofType,
  type Compute,
  type Operation,
} from './arrayElementwise.ts';
import {
  isArray,
  isFloat,
  isInteger,
  settled,
  type ElementType,
  type Library,
  type Operand,
} from './arrayType.ts';
import type { NumericArray } from './numericArray.ts';
import { power } from './power.ts';
import { PythonError } from './pythonError.ts';

export const add = inCommon((a, b) => a + b);

export const subtract = ofType('common', ({ dtype }) => {
  if (dtype === 'bool') throw new PythonError('TypeError: booleans cannot be subtracted');
  return (a, b) => a - b;
});

export const multiply = ofType('common', ({ dtype }) => {
  if (dtype === 'int32') return Math.imul;
  return dtype === 'int64' ? wholeProduct : (a, b) => a * b;
});

function wholeProduct(a: number, b: number): number {
  const product = a * b;
  if (Number.isSafeInteger(product)) return product;
  return Number(BigInt.asIntN(64, BigInt(a) * BigInt(b)));
}

export const divide = ofType('float', () => (a, b) => a / b);

export const floorDivide = ofType('common', (type) => {
  if (isFloat(type.dtype)) return (a, b) => floatDivision(type, a, b)[0];
  return (a, b) => {
    if (b !== 0) return (a - wholeRemainder(a, b)) / b;
    return type.library === 'numpy' ? 0 : a === 0 ? -1 : -2;
  };
});

export const remainder = ofType('common', (type) =>
  isFloat(type.dtype) ? (a, b) => floatDivision(type, a, b)[1] : wholeRemainder,
);

/** Of the sign of the divisor; 0 where that is 0, as the libraries have it. */
function wholeRemainder(a: number, b: number): number {
  if (b === 0) return 0;
  const cut = a % b;
  return cut !== 0 && cut < 0 !== b < 0 ? cut + b : cut;
}

/** As `npy_divmod` of NumPy and `_float_divmod` of JAX: 1 // 0.1 is 9. */
function floatDivision(
  { dtype }: ElementType,
  a: number,
  b: number,
): readonly [quotient: number, remainder: number] {
  if (b === 0) return [a / b, NaN];
  const settle = settled[dtype];
  const cut = a % b;
  const isOtherSign = cut !== 0 && cut < 0 !== b < 0;
  const quotient = settle(settle(a - cut) / b) - Number(isOtherSign);
  const lower = Math.floor(quotient);
  return [quotient - lower > 0.5 ? lower + 1 : lower, isOtherSign ? cut + b : cut];
}

const elementPower = ofType('common', (type) => {
  if (isFloat(type.dtype)) return power;
  const times = multiply.compute(type);
  return (base, exponent) => wholePower(times, base, exponent);
});

function wholePower(times: Compute, base: number, exponent: number): number {
  if (exponent < 0) throw new PythonError('ValueError: integers to negative integer powers');
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = times(result, square, 0);
    square = times(square, square, 0);
  }
  return result;
}

/** `base ** exponent`; JAX multiplies for a single whole exponent. */
export function raised(library: Library, base: Operand, exponent: Operand): NumericArray {
  const whole = library === 'jax' ? singleInteger(exponent) : undefined;
  if (whole === undefined) return applied(elementPower, library, [base, exponent]);
  return applied(
    ofType('common', (type) =>
      isFloat(type.dtype)
        ? (x) => float32.constantPower(x, whole)
        : (x) => wholePower(multiply.compute(type), x, whole),
    ),
    library,
    [base],
  );
}

function singleInteger(operand: Operand): number | undefined {
  if (typeof operand === 'bigint') return Number(operand);
  const isSingle = isArray(operand) && operand.shape.length === 0 && isInteger(operand.dtype);
  return isSingle ? operand.data?.[0] : undefined;
}

/** An operation on whole numbers bit by bit. */
function bitwise(compute: (a: bigint, b: bigint) => bigint): Operation {
  return ofType('common', ({ dtype }) => {
    if (isFloat(dtype)) throw new PythonError('TypeError: bits of a float');
    return (a, b) => Number(BigInt.asIntN(64, compute(BigInt(a), BigInt(b))));
  });
}

/** Shifting by more than all bits is shifting by all; by a negative number, as well. */
const shift = (count: bigint): bigint => (BigInt.asUintN(64, count) & ~63n ? 64n : count);

export const bitwiseAnd = bitwise((a, b) => a & b);
export const bitwiseOr = bitwise((a, b) => a | b);
export const bitwiseXor = bitwise((a, b) => a ^ b);
export const leftShift = bitwise((a, b) => a << shift(b));
export const rightShift = bitwise((a, b) => a >> shift(b));

export const invert = ofType('common', ({ dtype }) => {
  if (isFloat(dtype)) throw new PythonError('TypeError: bits of a float');
  return dtype === 'bool' ? (x) => 1 - x : (x) => -1 - x;
});

export const negative = ofType('common', ({ dtype }) => {
  if (dtype === 'bool') throw new PythonError('TypeError: booleans have no negative');
  return isFloat(dtype) ? (x) => -x : (x) => 0 - x;
});

export const positive = inCommon((x) => x);
export const absolute = inCommon(Math.abs);

export const less = asTruth((a, b) => a < b);
export const lessEqual = asTruth((a, b) => a <= b);
export const greater = asTruth((a, b) => a > b);
export const greaterEqual = asTruth((a, b) => a >= b);
export const equal = asTruth((a, b) => a === b);
export const notEqual = asTruth((a, b) => a !== b);
