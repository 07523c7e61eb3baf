import * as arithmetic from '../values/arrayArithmetic.ts';
import { applied, inCommon, ofType, type Operation } from '../values/arrayElementwise.ts';
import { operandAs } from '../values/arrayConstruction.ts';
import { commonType, isFloat, type Operand } from '../values/arrayType.ts';
import { native } from '../values/native.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { PythonError } from '../values/pythonError.ts';
import type { NativeFunction } from '../values/value.ts';
import { controlFunctions } from './laxControl.ts';
import { library } from './library.ts';
import {
  binaryOperations,
  maximum,
  minimum,
  unaryFloats,
  unaryOperations,
} from './numpyElementwise.ts';
import { arrayFunction, arrayOfOperand, byName } from './numpyFunction.ts';
import { chosen } from './numpySelection.ts';

const reciprocalRoot = ofType('common', () => (x) => 1 / Math.sqrt(x));
const logistic = ofType('common', () => (x) => 1 / (1 + Math.exp(-x)));
/** Halves go away from zero. */
const rounded = ofType('common', () => (x) => Math.sign(x) * Math.round(Math.abs(x)));

const ofFloat: Readonly<Record<string, Operation>> = {
  ...unaryFloats,
  rsqrt: reciprocalRoot,
  logistic,
  round: rounded,
  floor: unaryOperations.floor,
  ceil: unaryOperations.ceil,
  is_finite: unaryOperations.isfinite,
};

const ofNumber: Readonly<Record<string, Operation>> = {
  abs: unaryOperations.abs,
  neg: unaryOperations.negative,
  sign: unaryOperations.sign,
  square: unaryOperations.square,
  bitwise_not: unaryOperations.invert,
};

/** Of integers cut off, where NumPy rounds down. */
const cutOff = ofType('common', ({ dtype }) =>
  isFloat(dtype) ? (a, b) => a / b : (a, b) => (b === 0 ? -1 : Math.trunc(a / b)),
);

const ofTwoNumbers: Readonly<Record<string, Operation>> = {
  add: arithmetic.add,
  sub: arithmetic.subtract,
  mul: arithmetic.multiply,
  div: cutOff,
  rem: inCommon((a, b) => a % b),
  max: maximum,
  min: minimum,
  atan2: binaryOperations.arctan2,
  lt: arithmetic.less,
  le: arithmetic.lessEqual,
  gt: arithmetic.greater,
  ge: arithmetic.greaterEqual,
  eq: arithmetic.equal,
  ne: arithmetic.notEqual,
};

const clamped = inCommon((x, low, high) => Math.min(Math.max(x, low), high));

/** Unlike `jax.numpy`, `jax.lax` does not convert its operands to a common type. */
function ofOneType(operands: readonly Operand[]): readonly Operand[] {
  const dtypes = new Set(operands.map((operand) => commonType('jax', [operand]).dtype));
  if (dtypes.size > 1)
    throw new PythonError('TypeError: lax requires arguments of the same dtypes');
  return operands;
}

function ofFloats(operands: readonly Operand[]): readonly Operand[] {
  if (!isFloat(commonType('jax', ofOneType(operands)).dtype)) {
    throw new PythonError('TypeError: lax requires arguments of a floating type');
  }
  return operands;
}

const operations: readonly NativeFunction[] = [
  ...Object.entries(ofFloat).map(([name, operation]) =>
    arrayFunction('jax', name, 'x', ({ operand }) =>
      applied(operation, 'jax', ofFloats([operand('x')])),
    ),
  ),
  ...Object.entries(ofNumber).map(([name, operation]) =>
    arrayFunction('jax', name, 'x', ({ operand }) => applied(operation, 'jax', [operand('x')])),
  ),
  ...Object.entries(ofTwoNumbers).map(([name, operation]) =>
    arrayFunction('jax', name, 'x y', ({ operand }) =>
      applied(operation, 'jax', ofOneType([operand('x'), operand('y')])),
    ),
  ),
  arrayFunction('jax', 'pow', 'x y', ({ operand }) =>
    arithmetic.raised('jax', operand('x'), operand('y')),
  ),
  arrayFunction('jax', 'integer_pow', 'x y', ({ operand, size }) =>
    arithmetic.raised('jax', operand('x'), BigInt(size('y'))),
  ),
  arrayFunction('jax', 'clamp', 'min x max', ({ operand }) => {
    const operands = ofOneType([operand('x'), operand('min'), operand('max')]);
    return applied(clamped, 'jax', operands);
  }),
  arrayFunction('jax', 'select', 'pred on_true on_false', ({ operand }) => {
    ofOneType([operand('on_true'), operand('on_false')]);
    return chosen('jax', operand('pred'), operand('on_true'), operand('on_false'));
  }),
  arrayFunction('jax', 'select_n', 'which *cases', ({ operand, operands }) => {
    const [first = NaN, ...others] = ofOneType(operands('cases'));
    const which = operand('which');
    return others.reduce<NumericArray>(
      (result, one, i) =>
        chosen('jax', applied(arithmetic.greater, 'jax', [which, BigInt(i)]), one, result),
      arrayOfOperand('jax', first),
    );
  }),
  native('stop_gradient', ['x'], ([x = null]) => x),
  arrayFunction('jax', 'convert_element_type', 'operand new_dtype', ({ array, type }) =>
    operandAs(array('operand'), type('new_dtype') ?? array('operand')),
  ),
];

export const laxModule = library('jax.lax', byName([...operations, ...controlFunctions]));
