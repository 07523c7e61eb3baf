import { commonType, type Library } from './arrayType.ts';
import { operandAs } from './arrayConstruction.ts';
import {
  elementsAt,
  multiples,
  newArray,
  positions,
  sizeOf,
  stridesOf,
  type Shape,
} from './arrayShape.ts';
import { viewed } from './arrayView.ts';
import type { NumericArray } from './numericArray.ts';
import { PythonError } from './pythonError.ts';

/** The same elements in another shape, in which one length may be -1: whatever is left. */
export function reshaped(array: NumericArray, to: Shape): NumericArray {
  const size = sizeOf(array.shape);
  const known = sizeOf(to.filter((length) => length !== -1));
  const shape = to.map((length) => (length === -1 ? size / known : length));
  const fits = sizeOf(shape) === size && shape.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!fits) {
    throw new PythonError(
      `ValueError: cannot reshape array of size ${size} into (${to.join(', ')})`,
    );
  }
  return newArray(array, shape, () => array.data);
}

/** The same, of NumPy's as a view. */
export function reshapedView(array: NumericArray, to: Shape): NumericArray {
  return viewed(array, (elements) => reshaped(elements, to));
}

/** Another array with the same elements. */
export function copyOf(array: NumericArray): NumericArray {
  return newArray(array, array.shape, () => array.data);
}

/** With its axes in another order; they are turned around where none is given. */
export function transposed(array: NumericArray, axes?: readonly number[]): NumericArray {
  const order = axes ?? array.shape.map((_, axis) => axis).toReversed();
  if (order.toSorted((a, b) => a - b).some((axis, i) => axis !== i)) {
    throw new PythonError("ValueError: axes don't match array");
  }
  const shape = order.map((axis) => array.shape[axis] ?? 0);
  const strides = stridesOf(array.shape);
  return newArray(
    array,
    shape,
    () =>
      array.data &&
      elementsAt(
        array.data,
        positions(order.map((axis, i) => multiples(shape[i] ?? 0, strides[axis] ?? 0))),
      ),
  );
}

/** With one axis moved to another place. */
export function withAxisAt(array: NumericArray, from: number, to: number): NumericArray {
  const axes = array.shape.map((_, axis) => axis);
  return transposed(array, axes.toSpliced(from, 1).toSpliced(to, 0, from));
}

/** Arrays one after the other along an axis that all of them have. */
export function concatenated(
  library: Library,
  arrays: readonly NumericArray[],
  axis: number,
): NumericArray {
  const [first] = arrays;
  if (!first) throw new PythonError('ValueError: need at least one array to concatenate');
  const around = ({ shape }: NumericArray): string => String(shape.toSpliced(axis, 1, -1));
  if (axis >= first.shape.length || arrays.some((array) => around(array) !== around(first))) {
    throw new PythonError('ValueError: the arrays to concatenate differ in their shapes');
  }
  const type = commonType(library, arrays);
  const length = arrays.reduce((sum, { shape }) => sum + (shape[axis] ?? 0), 0);
  return newArray(type, first.shape.with(axis, length), () => {
    const blocks = arrays.map((array) => ({
      data: operandAs(array, type).data,
      size: sizeOf(array.shape.slice(axis)),
    }));
    if (blocks.some(({ data }) => !data)) return undefined;
    return multiples(sizeOf(first.shape.slice(0, axis)), 1).flatMap((i) =>
      blocks.flatMap(({ data, size }) => data?.slice(i * size, (i + 1) * size) ?? []),
    );
  });
}

/** Each element along an axis as often as told. */
export function repeated(
  array: NumericArray,
  counts: readonly number[],
  axis: number,
): NumericArray {
  const length = array.shape[axis] ?? 0;
  if (counts.some((count) => count < 0) || (counts.length !== 1 && counts.length !== length)) {
    throw new PythonError('ValueError: the repeats do not fit the array');
  }
  const times = (i: number): number => counts[counts.length === 1 ? 0 : i] ?? 0;
  const total =
    counts.length === 1 ? length * times(0) : counts.reduce((sum, count) => sum + count, 0);
  return along(array, axis, total, () =>
    multiples(length, 1).flatMap((i) => Array.from({ length: times(i) }, () => i)),
  );
}

/** The parts of an array at some places of an axis. */
export function along(
  array: NumericArray,
  axis: number,
  length: number,
  places: () => readonly number[],
): NumericArray {
  const { shape, data } = array;
  const strides = stridesOf(shape);
  const offsets = (i: number): readonly number[] =>
    i === axis
      ? places().map((place) => place * (strides[i] ?? 0))
      : multiples(shape[i] ?? 0, strides[i] ?? 0);
  return newArray(
    array,
    shape.with(axis, length),
    () => data && elementsAt(data, positions(shape.map((_, i) => offsets(i)))),
  );
}
