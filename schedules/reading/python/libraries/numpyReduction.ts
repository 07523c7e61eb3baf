import { spend } from '../machine/machine.ts';
import { multiply } from '../values/arrayArithmetic.ts';
import { reshaped } from '../values/arrayLayout.ts';
import { dotProduct, matrixProduct } from '../values/arrayProduct.ts';
import {
  byRows,
  firstBest,
  mean,
  median,
  reduced,
  sortedRow,
  sum,
  variance,
  type Row,
} from '../values/arrayReduction.ts';
import { axisOf, newArray } from '../values/arrayShape.ts';
import {
  commonType,
  inexact,
  integerType,
  isFloat,
  settled,
  truthType,
  type ElementType,
  type Library,
} from '../values/arrayType.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { PythonError } from '../values/pythonError.ts';
import type { NativeFunction } from '../values/value.ts';
import { arrayFunction, costOf, type Arguments } from './numpyFunction.ts';

/** NumPy adds narrow integers up as its widest ones; both count truth values. */
function accumulated({ library, dtype }: ElementType): ElementType {
  const isWidened = dtype === 'bool' || (library === 'numpy' && !isFloat(dtype));
  return isWidened ? integerType(library) : { library, dtype };
}

const same = (type: ElementType): ElementType => type;

/** A row without elements has no smallest. */
const extreme =
  (isBetter: (a: number, b: number) => boolean) =>
  (row: Row): number => {
    const best = row[firstBest(row, isBetter)];
    if (best === undefined) throw new PythonError('ValueError: zero-size array to reduction');
    return best;
  };
const isLess = (a: number, b: number): boolean => a < b;
const isGreater = (a: number, b: number): boolean => a > b;

interface Reduction {
  readonly type: (type: ElementType) => ElementType;
  readonly reduce: (type: ElementType) => (row: Row) => number;
}

const smallest: Reduction = { type: same, reduce: () => extreme(isLess) };
const largest: Reduction = { type: same, reduce: () => extreme(isGreater) };

const reductions: Readonly<Record<string, Reduction>> = {
  sum: { type: accumulated, reduce: () => sum },
  prod: { type: accumulated, reduce: (type) => (row) => row.reduce(product(type), 1) },
  mean: { type: inexact, reduce: () => mean },
  median: { type: inexact, reduce: () => median },
  min: smallest,
  amin: smallest,
  max: largest,
  amax: largest,
  any: { type: truth, reduce: () => (row) => Number(row.some((x) => x !== 0)) },
  all: { type: truth, reduce: () => (row) => Number(row.every((x) => x !== 0)) },
};

function truth({ library }: ElementType): ElementType {
  return truthType(library);
}

function product(type: ElementType): (a: number, b: number) => number {
  const times = multiply.compute(type);
  const settle = settled[type.dtype];
  return (a, b) => settle(times(a, b, 0));
}

function reducing(library: Library, name: string, { type, reduce }: Reduction): NativeFunction {
  return arrayFunction(library, name, 'a axis dtype out keepdims', (args) => {
    const array = args.array('a');
    const result = args.type() ?? type(array);
    const settle = settled[result.dtype];
    const compute = reduce(result);
    return reduced(array, result, args.value('axis'), args.truth('keepdims', false), (row) =>
      settle(compute(row)),
    );
  });
}

function spread(
  library: Library,
  name: string,
  measure: (variance: number) => number,
): NativeFunction {
  return arrayFunction(library, name, 'a axis dtype out ddof keepdims', (args) => {
    const array = args.array('a');
    const type = inexact(array);
    const settle = settled[type.dtype];
    const lessDegrees = args.number('ddof', 0);
    return reduced(array, type, args.value('axis'), args.truth('keepdims', false), (row) =>
      settle(measure(variance(row, lessDegrees))),
    );
  });
}

function finding(
  library: Library,
  name: string,
  isBetter: (a: number, b: number) => boolean,
): NativeFunction {
  return arrayFunction(library, name, 'a axis out keepdims', (args) =>
    reduced(
      args.array('a'),
      integerType(library),
      args.value('axis'),
      args.truth('keepdims', false),
      (row) => {
        if (row.length > 0) return firstBest(row, isBetter);
        throw new PythonError('ValueError: attempt to get the place of an extreme of nothing');
      },
    ),
  );
}

/** The array that an argument gives, and the axis to go along; without one, all elements in a row. */
function rowed(args: Arguments, otherwise?: number): readonly [NumericArray, number] {
  const array = args.array('a');
  const axis = args.value('axis') ?? (otherwise === undefined ? undefined : BigInt(otherwise));
  if (axis === undefined) return [reshaped(array, [-1]), 0];
  return [array, axisOf(axis, array.shape.length)];
}

function accumulating(
  library: Library,
  name: string,
  step: (type: ElementType) => (a: number, b: number) => number,
  start: number,
): NativeFunction {
  return arrayFunction(library, name, 'a axis dtype out', (args) => {
    const [array, axis] = rowed(args);
    const type = args.type() ?? accumulated(array);
    const settle = settled[type.dtype];
    const next = step(type);
    return byRows(array, type, axis, array.shape[axis] ?? 0, (row) => {
      let total = start;
      return row.map((x) => settle((total = next(total, x))));
    });
  });
}

/** The differences of neighbours along an axis. */
function differences(array: NumericArray, axis: number): NumericArray {
  const length = Math.max(0, (array.shape[axis] ?? 0) - 1);
  return byRows(array, array, axis, length, (row) =>
    row.slice(1).map((x, i) => settled[array.dtype](x - (row[i] ?? 0))),
  );
}

export function reductionFunctions(library: Library): readonly NativeFunction[] {
  return [
    ...Object.entries(reductions).map(([name, reduction]) => reducing(library, name, reduction)),
    spread(library, 'var', (x) => x),
    spread(library, 'std', Math.sqrt),
    finding(library, 'argmin', isLess),
    finding(library, 'argmax', isGreater),
    accumulating(library, 'cumsum', () => (a, b) => a + b, 0),
    accumulating(library, 'cumprod', product, 1),
    arrayFunction(library, 'diff', 'a n axis', (args) => {
      const [array, axis] = rowed(args, -1);
      let result = array;
      for (let i = Math.min(args.size('n', 1), array.shape[axis] ?? 0); i > 0; i--) {
        spend(args.machine, 1 + costOf(result));
        result = differences(result, axis);
      }
      return result;
    }),
    arrayFunction(library, 'average', 'a axis weights', (args) => {
      const [array, axis] = rowed(args);
      const weights = args.value('weights') === undefined ? undefined : args.array('weights');
      const type = inexact(commonType(library, weights ? [array, weights] : [array]));
      const shares = weights?.data ?? Array.from({ length: array.shape[axis] ?? 0 }, () => 1);
      if (shares.length !== array.shape[axis]) {
        throw new PythonError('ValueError: the weights do not fit the array');
      }
      return reduced(array, type, BigInt(axis), false, (row) =>
        settled[type.dtype](sum(row.map((x, i) => x * (shares[i] ?? 0))) / sum(shares)),
      );
    }),
    arrayFunction(library, 'dot', 'a b', ({ operand }) =>
      dotProduct(library, operand('a'), operand('b')),
    ),
    arrayFunction(library, 'matmul', 'a b', ({ operand }) =>
      matrixProduct(library, operand('a'), operand('b')),
    ),
    arrayFunction(library, 'sort', 'a axis', (args) => {
      const [array, axis] = rowed(args, -1);
      return byRows(array, array, axis, array.shape[axis] ?? 0, sortedRow);
    }),
    arrayFunction(library, 'unique', 'ar', ({ array }) => {
      const values = array('ar');
      if (!values.data) throw new PythonError('MemoryError: the array is too large');
      const sorted = sortedRow([...new Set(values.data)]);
      return newArray(values, [sorted.length], () => sorted);
    }),
  ];
}
