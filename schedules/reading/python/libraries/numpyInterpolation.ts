import { applied, inFloat, type Operation } from '../values/arrayElementwise.ts';
import { newArray } from '../values/arrayShape.ts';
import { commonType, integerType, settled, type Library } from '../values/arrayType.ts';
import { add, multiply } from '../values/arrayArithmetic.ts';
import { arrayItems, operandAs } from '../values/arrayConstruction.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { PythonError } from '../values/pythonError.ts';
import type { NativeFunction } from '../values/value.ts';
import { arrayFunction, arrayOfOperand, type Arguments } from './numpyFunction.ts';

type Row = readonly number[];

/** How many elements of a sorted row come before a value: smaller ones, or from the right also equal ones. */
export function countBefore(sorted: Row, value: number, fromRight: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const x = sorted[middle] ?? NaN;
    // NaN comes after all numbers.
    if (x < value || (fromRight && x === value) || (Number.isNaN(value) && !Number.isNaN(x)))
      low = middle + 1;
    else high = middle;
  }
  return low;
}

export function interpolationFunctions(library: Library): readonly NativeFunction[] {
  const counted = (values: NumericArray, count: (value: number) => number): NumericArray =>
    newArray(integerType(library), values.shape, () => values.data?.map(count));
  return [
    arrayFunction(library, 'searchsorted', 'a v side', (args) => {
      const sorted = rowOf(args.array('a'));
      const fromRight = args.value('side') === 'right';
      return counted(arrayOfOperand(library, args.operand('v')), (value) =>
        countBefore(sorted, value, fromRight),
      );
    }),
    arrayFunction(library, 'digitize', 'x bins right', (args) => {
      const bins = rowOf(args.array('bins'));
      const fromRight = !args.truth('right', false);
      const isFalling = (bins[0] ?? 0) > (bins.at(-1) ?? 0);
      return counted(args.array('x'), (value) =>
        isFalling
          ? bins.length - countBefore(bins.toReversed(), value, fromRight)
          : countBefore(bins, value, fromRight),
      );
    }),
    arrayFunction(library, 'polyval', 'p x', ({ array, operand }) =>
      // By Horner's rule, from the highest power on.
      arrayItems(array('p')).reduce<NumericArray>(
        (value, coefficient) =>
          applied(add, library, [applied(multiply, library, [value, operand('x')]), coefficient]),
        applied(multiply, library, [0n, operand('x')]),
      ),
    ),
    arrayFunction(library, 'interp', 'x xp fp left right', (args) => interpolated(library, args)),
  ];
}

function rowOf(array: NumericArray): Row {
  if (array.data && array.shape.length === 1) return array.data;
  throw new PythonError('ValueError: object of too small depth for desired array');
}

/** `interp(x, xp, fp)`: on straight lines between points, level outside of them. */
function interpolated(library: Library, args: Arguments): NumericArray {
  const [x, points, values] = [args.operand('x'), args.array('xp'), args.array('fp')];
  const type = commonType(library, [x, points, values, 0.0]);
  const [xs, ys] = [points, values].map((array) => rowOf(operandAs(array, type)));
  if (!xs?.length || xs.length !== ys?.length) {
    throw new PythonError('ValueError: fp and xp are not of the same length');
  }
  const left = args.number('left', ys[0]);
  const right = args.number('right', ys.at(-1));
  const settle = settled[type.dtype];
  const between = library === 'numpy' ? bySlope : byShare;
  const operation: Operation = inFloat((at) => {
    const [first = NaN, last = NaN] = [xs[0], xs.at(-1)];
    if (at < first) return left;
    if (at > last) return right;
    const i = Math.min(Math.max(countBefore(xs, at, true), 1), xs.length - 1);
    const [x0 = NaN, x1 = NaN, y0 = NaN, y1 = NaN] = [xs[i - 1], xs[i], ys[i - 1], ys[i]];
    if (at === x1) return y1;
    return at === x0 ? y0 : between(settle, at, [x0, x1], [y0, y1]);
  });
  return applied(operation, library, [operandAs(arrayOfOperand(library, x), type)]);
}

type Ends = readonly [number, number];

/** As NumPy computes it. */
function bySlope(
  settle: (x: number) => number,
  at: number,
  [x0, x1]: Ends,
  [y0, y1]: Ends,
): number {
  return settle(settle((y1 - y0) / (x1 - x0)) * (at - x0)) + y0;
}

/** As JAX computes it. */
function byShare(
  settle: (x: number) => number,
  at: number,
  [x0, x1]: Ends,
  [y0, y1]: Ends,
): number {
  const share = settle(settle(at - x0) / settle(x1 - x0));
  return y0 + settle(share * settle(y1 - y0));
}
