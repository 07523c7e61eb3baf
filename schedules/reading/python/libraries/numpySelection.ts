import { operandAs, scalarOf } from '../values/arrayConstruction.ts';
import { applied, inCommon, ofType, type Operation } from '../values/arrayElementwise.ts';
import { along, reshaped } from '../values/arrayLayout.ts';
import { reduced } from '../values/arrayReduction.ts';
import { axisOf, newArray, newScalar, stridesOf } from '../values/arrayShape.ts';
import {
  integerType,
  isArray,
  isFloat,
  isInteger,
  isOperand,
  largestFloat,
  settled,
  truthType,
  type Library,
  type Operand,
} from '../values/arrayType.ts';
import { power } from '../values/power.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { PythonError } from '../values/pythonError.ts';
import { tuple, type NativeFunction, type Plain, type Value } from '../values/value.ts';
import { read } from '../machine/certainty.ts';
import { spend, type Machine } from '../machine/machine.ts';
import { maximum, minimum, roundedToEven } from './numpyElementwise.ts';
import { arrayFunction, arrayOfOperand, costOf, type Arguments } from './numpyFunction.ts';

const choose = inCommon((condition, then, otherwise) => (condition === 0 ? otherwise : then));

/** `where(condition, then, otherwise)`; the condition has no part in the type of the result. */
export function chosen(
  library: Library,
  condition: Operand,
  then: Operand,
  otherwise: Operand,
): NumericArray {
  const truth = operandAs(arrayOfOperand(library, condition), truthType(library));
  return applied(choose, library, [truth, then, otherwise]);
}

export function selectionFunctions(library: Library): readonly NativeFunction[] {
  return [
    arrayFunction(library, 'where', 'condition x y', (args) => {
      if (args.value('x') === undefined) return nonZero(args.array('condition'));
      return chosen(library, args.operand('condition'), args.operand('x'), args.operand('y'));
    }),
    arrayFunction(library, 'nonzero', 'a', ({ array }) => nonZero(array('a'))),
    arrayFunction(library, 'select', 'condlist choicelist default', (args) =>
      firstChosen(
        library,
        args.machine,
        args.operands('condlist'),
        args.operands('choicelist'),
        args.value('default') === undefined ? 0n : args.operand('default'),
      ),
    ),
    arrayFunction(library, 'piecewise', 'x condlist funclist', (args) => piecewise(library, args)),
    arrayFunction(library, 'clip', 'a a_min a_max min max', (args) => {
      const low = args.value('a_min') === undefined ? 'min' : 'a_min';
      const high = args.value('a_max') === undefined ? 'max' : 'a_max';
      let result = args.operand('a');
      if (args.value(low) !== undefined)
        result = applied(maximum, library, [result, args.operand(low)]);
      if (args.value(high) !== undefined)
        result = applied(minimum, library, [result, args.operand(high)]);
      return arrayOfOperand(library, result);
    }),
    ...['round', 'around'].map((name) =>
      arrayFunction(library, name, 'a decimals', ({ array, size }) =>
        applied(roundingTo(size('decimals', 0)), library, [array('a')]),
      ),
    ),
    arrayFunction(library, 'nan_to_num', 'x copy nan posinf neginf', (args) => {
      const array = args.array('x');
      const largest = largestFloat(array.dtype);
      const nan = args.number('nan', 0);
      const [high, low] = [args.number('posinf', largest), args.number('neginf', -largest)];
      const finite = inCommon((x) =>
        Number.isFinite(x) ? x : Number.isNaN(x) ? nan : x > 0 ? high : low,
      );
      return applied(finite, library, [array]);
    }),
    arrayFunction(library, 'isclose', 'a b rtol atol', (args) => close(library, args)),
    arrayFunction(library, 'allclose', 'a b rtol atol', (args) => {
      const truths = close(library, args);
      const all = reduced(truths, truths, undefined, false, (row) => Number(!row.includes(0)));
      return library === 'numpy' ? scalarOf(all) : all;
    }),
    arrayFunction(library, 'take', 'a indices axis', (args) => {
      const axis = args.value('axis');
      const array = axis === undefined ? reshaped(args.array('a'), [-1]) : args.array('a');
      return taken(array, args.array('indices'), axisOf(axis ?? 0n, array.shape.length));
    }),
  ];
}

/** For every axis, where the elements are that are not 0. */
function nonZero({ data, shape, library }: NumericArray): Value {
  if (!data) throw new PythonError('MemoryError: the array is too large');
  const places = data.flatMap((x, i) => (x === 0 ? [] : i));
  return tuple(
    stridesOf(shape).map((stride, axis) =>
      newArray(integerType(library), [places.length], () =>
        places.map((place) => Math.floor(place / stride) % (shape[axis] ?? 1)),
      ),
    ),
  );
}

/** The first choice whose condition holds. */
function firstChosen(
  library: Library,
  machine: Machine,
  conditions: readonly Operand[],
  choices: readonly Operand[],
  otherwise: Operand,
): NumericArray {
  if (conditions.length !== choices.length || conditions.length === 0) {
    throw new PythonError('ValueError: list of cases must be same length as list of conditions');
  }
  const last: NumericArray = arrayOfOperand(library, otherwise);
  return choices.reduceRight<NumericArray>((rest, choice, i) => {
    spend(machine, 1 + costOf(rest));
    return chosen(library, conditions[i] ?? false, choice, rest);
  }, last);
}

/** Each function sees all of `x`; the result has the type of `x`, be it of integers. */
function piecewise(library: Library, args: Arguments): NumericArray {
  const x = args.array('x');
  const given = args.value('condlist') ?? null;
  const conditions = isOperand(given) && !isArray(given) ? [given] : args.operands('condlist');
  const pieces = args.items('funclist').map((piece) => pieceOf(library, x, piece, args));
  const isExtended = pieces.length === conditions.length + 1;
  const otherwise = (isExtended ? pieces.at(-1) : undefined) ?? newScalar(x, 0);
  const choices = isExtended ? pieces.slice(0, -1) : pieces;
  // Where several conditions hold, the last one of them counts.
  return firstChosen(
    library,
    args.machine,
    conditions.toReversed(),
    choices.toReversed(),
    otherwise,
  );
}

function pieceOf(library: Library, x: NumericArray, piece: Plain, { machine }: Arguments): Operand {
  const value = isOperand(piece) ? piece : read(machine, machine.call(piece, [x]));
  if (!isOperand(value)) throw new PythonError('TypeError: a piece has to give numbers');
  return operandAs(operandAs(value, x), { ...x, library });
}

/** To some decimals as the libraries round: scaled, halves to even, scaled back. */
function roundingTo(decimals: number): Operation {
  const scale = power(10, Math.abs(decimals));
  return ofType('common', ({ dtype }) => {
    if (!isFloat(dtype)) {
      if (decimals >= 0) return (x) => x;
      return (x) => roundedToEven(x / scale) * scale;
    }
    const settle = settled[dtype];
    if (decimals === 0) return roundedToEven;
    const factor = settle(scale);
    return decimals > 0
      ? (x) => roundedToEven(settle(x * factor)) / factor
      : (x) => roundedToEven(settle(x / factor)) * factor;
  });
}

function close(library: Library, args: Arguments): NumericArray {
  const [relative, absolute] = [args.number('rtol', 1e-5), args.number('atol', 1e-8)];
  const isClose: Operation = {
    domain: 'common',
    result: 'truth',
    compute: () => (a, b) =>
      Number(
        a === b || (Number.isFinite(b) && Math.abs(a - b) <= absolute + relative * Math.abs(b)),
      ),
  };
  return applied(isClose, library, [args.operand('a'), args.operand('b')]);
}

/** The parts along an axis that have some indices, in the shape of these. */
function taken(array: NumericArray, indices: NumericArray, axis: number): NumericArray {
  const length = array.shape[axis] ?? 0;
  const places = indices.data?.map((index) => (index < 0 ? index + length : index));
  if (!places || !isInteger(indices.dtype) || places.some((i) => i < 0 || i >= length)) {
    throw new PythonError('IndexError: the indices do not fit the axis');
  }
  const parts = along(array, axis, places.length, () => places);
  return reshaped(parts, array.shape.toSpliced(axis, 1, ...indices.shape));
}
