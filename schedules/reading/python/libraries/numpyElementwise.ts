import * as arithmetic from '../values/arrayArithmetic.ts';
import {
  applied,
  asTruth,
  inCommon,
  inFloat,
  ofType,
  type Operation,
} from '../values/arrayElementwise.ts';
import { isFloat, isInteger, type Library } from '../values/arrayType.ts';
import type { NativeFunction } from '../values/value.ts';
import { arrayFunction } from './numpyFunction.ts';

type Operations = Readonly<Record<string, Operation>>;

const degree = Math.PI / 180;

/** Halves go to the even neighbour. */
export function roundedToEven(x: number): number {
  const lower = Math.floor(x);
  const rest = x - lower;
  if (rest !== 0.5) return rest < 0.5 ? (lower === 0 ? x * 0 : lower) : lower + 1;
  return lower % 2 === 0 ? lower : lower + 1;
}

const sign = inCommon(Math.sign);
const floor = inCommon(Math.floor);
const ceil = inCommon(Math.ceil);
const truncate = inCommon(Math.trunc);
const roundToEven = inFloat(roundedToEven);
export const minimum = inCommon((a, b) => Math.min(a, b));
export const maximum = inCommon((a, b) => Math.max(a, b));
const hypotenuse = inFloat((a, b) => Math.hypot(a, b));

export const logAddExp = inFloat((a, b) =>
  a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))),
);

/** Of integers NumPy takes the whole part, JAX a float. */
const reciprocal = (library: Library): Operation =>
  ofType(library === 'jax' ? 'float' : 'common', ({ dtype }) =>
    isInteger(dtype) ? (x) => (x === 0 ? 0 : Math.trunc(1 / x)) : (x) => 1 / x,
  );

export const unaryFloats = {
  sqrt: inFloat(Math.sqrt),
  cbrt: inFloat(Math.cbrt),
  exp: inFloat(Math.exp),
  exp2: inFloat((x) => 2 ** x),
  expm1: inFloat(Math.expm1),
  log: inFloat(Math.log),
  log2: inFloat(Math.log2),
  log10: inFloat(Math.log10),
  log1p: inFloat(Math.log1p),
  sin: inFloat(Math.sin),
  cos: inFloat(Math.cos),
  tan: inFloat(Math.tan),
  asin: inFloat(Math.asin),
  acos: inFloat(Math.acos),
  atan: inFloat(Math.atan),
  sinh: inFloat(Math.sinh),
  cosh: inFloat(Math.cosh),
  tanh: inFloat(Math.tanh),
  asinh: inFloat(Math.asinh),
  acosh: inFloat(Math.acosh),
  atanh: inFloat(Math.atanh),
} satisfies Operations;

export const unaryOperations = {
  abs: arithmetic.absolute,
  absolute: arithmetic.absolute,
  fabs: inFloat(Math.abs),
  negative: arithmetic.negative,
  positive: arithmetic.positive,
  sign,
  floor,
  ceil,
  trunc: truncate,
  fix: truncate,
  rint: roundToEven,
  square: ofType('common', (type) => {
    const times = arithmetic.multiply.compute(type);
    return (x) => times(x, x, 0);
  }),
  arcsin: unaryFloats.asin,
  arccos: unaryFloats.acos,
  arctan: unaryFloats.atan,
  arcsinh: unaryFloats.asinh,
  arccosh: unaryFloats.acosh,
  arctanh: unaryFloats.atanh,
  deg2rad: inFloat((x) => x * degree),
  radians: inFloat((x) => x * degree),
  rad2deg: inFloat((x) => x / degree),
  degrees: inFloat((x) => x / degree),
  isnan: asTruth(Number.isNaN),
  isfinite: asTruth(Number.isFinite),
  isinf: asTruth((x) => Math.abs(x) === Infinity),
  signbit: asTruth((x) => x < 0 || Object.is(x, -0)),
  logical_not: asTruth((x) => x === 0),
  invert: arithmetic.invert,
  bitwise_not: arithmetic.invert,
} satisfies Operations;

export const binaryOperations = {
  add: arithmetic.add,
  subtract: arithmetic.subtract,
  multiply: arithmetic.multiply,
  divide: arithmetic.divide,
  true_divide: arithmetic.divide,
  floor_divide: arithmetic.floorDivide,
  remainder: arithmetic.remainder,
  mod: arithmetic.remainder,
  fmod: ofType(
    'common',
    ({ dtype }) =>
      (a, b) =>
        b === 0 && !isFloat(dtype) ? 0 : a % b,
  ),
  minimum,
  maximum,
  fmin: inCommon((a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b))),
  fmax: inCommon((a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b))),
  arctan2: inFloat((a, b) => Math.atan2(a, b)),
  atan2: inFloat((a, b) => Math.atan2(a, b)),
  hypot: hypotenuse,
  logaddexp: logAddExp,
  copysign: inFloat((a, b) => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a))),
  heaviside: inFloat((x, atZero) => (x === 0 ? atZero : Number.isNaN(x) ? x : Number(x > 0))),
  less: arithmetic.less,
  less_equal: arithmetic.lessEqual,
  greater: arithmetic.greater,
  greater_equal: arithmetic.greaterEqual,
  equal: arithmetic.equal,
  not_equal: arithmetic.notEqual,
  logical_and: asTruth((a, b) => a !== 0 && b !== 0),
  logical_or: asTruth((a, b) => a !== 0 || b !== 0),
  logical_xor: asTruth((a, b) => (a !== 0) !== (b !== 0)),
  bitwise_and: arithmetic.bitwiseAnd,
  bitwise_or: arithmetic.bitwiseOr,
  bitwise_xor: arithmetic.bitwiseXor,
  left_shift: arithmetic.leftShift,
  right_shift: arithmetic.rightShift,
} satisfies Operations;

/** NumPy's universal functions, which compute element by element. */
export function elementwiseFunctions(library: Library): readonly NativeFunction[] {
  const unary = { ...unaryFloats, ...unaryOperations, reciprocal: reciprocal(library) };
  return [
    ...Object.entries(unary).map(([name, operation]) =>
      arrayFunction(library, name, 'x', ({ operand }) =>
        applied(operation, library, [operand('x')]),
      ),
    ),
    ...Object.entries(binaryOperations).map(([name, operation]) =>
      arrayFunction(library, name, 'x1 x2', ({ operand }) =>
        applied(operation, library, [operand('x1'), operand('x2')]),
      ),
    ),
    ...['power', 'pow'].map((name) =>
      arrayFunction(library, name, 'x1 x2', ({ operand }) =>
        arithmetic.raised(library, operand('x1'), operand('x2')),
      ),
    ),
  ];
}
