import { read } from '../machine/certainty.ts';
import type { Machine } from '../machine/machine.ts';
import { arrayOf, operandAs } from './arrayConstruction.ts';
import { applied, type Operation } from './arrayElementwise.ts';
import {
  broadcastShape,
  elementsAt,
  multiples,
  newArray,
  positions,
  sizeOf,
  stretched,
  stridesOf,
  type Shape,
} from './arrayShape.ts';
import { ArrayView } from './arrayView.ts';
import { isArray, isInteger, type Library, type Operand } from './arrayType.ts';
import { toSize } from './conversion.ts';
import type { NumericArray } from './numericArray.ts';
import { PythonError } from './pythonError.ts';
import { isObject, isUncertain, type Plain, type Slice, type Value } from './value.ts';

/** What one part of an index selects: the axes that it gives, and where their elements are. */
interface Selection {
  readonly shape: Shape;
  readonly offsets: () => readonly number[];
}

/** The elements that an index selects. */
interface Found {
  readonly shape: Shape;
  /** Whether only integers and slices tell where, so that NumPy copies nothing. */
  readonly isBasic: boolean;
  readonly places: () => readonly number[];
}

/**
 * `array[index]`: integers, slices, `None`, an integer array, or a mask of booleans.
 *
 * @throws PythonError for what is out of range; JAX takes the nearest element instead.
 */
export function arrayItem(array: NumericArray, index: Plain, machine: Machine): NumericArray {
  const { data } = array;
  const { shape, places, isBasic } = foundAt(array, index, outsideOf[array.library], machine);
  const part = newArray(array, shape, () => data && elementsAt(data, places()));
  const isView = array.library === 'numpy' && isBasic && shape.length > 0;
  return isView && data ? new ArrayView(array, part, places) : part;
}

/**
 * `array.at[index].set(value)`, or with an operation `.add(value)` and its like; JAX leaves out what
 * would be outside. Of NumPy the array as it is after `array[index] = value`.
 *
 * @throws PythonError for a value that does not fit, and in NumPy for what is out of range.
 */
export function arrayWithItem(
  array: NumericArray,
  index: Plain,
  operation: Operation | undefined,
  value: Operand,
  machine: Machine,
): NumericArray {
  const outside = array.library === 'jax' ? () => NaN : outsideOf.numpy;
  const { shape, places } = foundAt(array, index, outside, machine);
  const after = operation
    ? applied(operation, array.library, [arrayItem(array, index, machine), value])
    : value;
  const given = operandAs(after, array);
  if (String(broadcastShape([shape, given.shape])) !== String(shape))
    throw new PythonError('ValueError: the value does not fit what the index selects');
  return newArray(array, array.shape, () => {
    const elements = stretched(given, shape);
    if (!array.data || !elements) return undefined;
    const data = [...array.data];
    places().forEach((place, i) => {
      if (!Number.isNaN(place)) data[place] = elements[i] ?? NaN;
    });
    return data;
  });
}

/** The place that is taken for one that an axis of a length does not have. */
type Outside = (place: number, length: number) => number;

const outsideOf: Readonly<Record<Library, Outside>> = {
  numpy: (place, length) => {
    throw new PythonError(`IndexError: index ${place} is out of bounds for size ${length}`);
  },
  jax: (place, length) => Math.min(Math.max(place, 0), length - 1),
};

function foundAt(array: NumericArray, index: Plain, outside: Outside, machine: Machine): Found {
  const { shape } = array;
  const isTuple = isObject(index) && index.kind === 'tuple';
  const parts = completed(isTuple ? index.items : [index], shape.length, machine);
  const strides = stridesOf(shape);
  const selections: Selection[] = [];
  let start = 0;
  let axis = 0;
  for (const part of parts) {
    const length = shape[axis] ?? 0;
    const stride = strides[axis] ?? 0;
    if (part === null) {
      selections.push({ shape: [1], offsets: () => [0] });
    } else if (isArray(part) && part.dtype === 'bool') {
      selections.push(maskSelection(part, shape.slice(axis), strides.slice(axis)));
      axis += part.shape.length;
    } else {
      if (isSlice(part)) selections.push(sliceSelection(part, length, stride, machine));
      else if (isArray(part) && part.shape.length > 0)
        selections.push(arraySelection(part, length, stride, outside));
      else start += placeOf(toSize(part), length, outside) * stride;
      axis++;
    }
  }
  return {
    shape: selections.flatMap((selection) => selection.shape),
    isBasic: !parts.some(
      (part) => isArray(part) && (part.dtype === 'bool' || part.shape.length > 0),
    ),
    places: () =>
      positions(
        selections.map((selection) => selection.offsets()),
        start,
      ),
  };
}

const wholeAxis: Slice = { kind: 'slice', start: null, stop: null, step: null };

/** The parts of an index, with lists as arrays, and one part for every axis. */
function completed(items: readonly Value[], dimensions: number, machine: Machine): Plain[] {
  const isEllipsis = (item: Value): boolean =>
    isUncertain(item) && item.kind === 'unknown' && item.key === '...';
  const parts = items.map((item) => {
    const part = isEllipsis(item) ? '...' : read(machine, item);
    if (typeof part === 'boolean') throw new PythonError('IndexError: a truth value as an index');
    return isObject(part) && part.kind === 'list' ? arrayOf(part, machine, 'numpy') : part;
  });
  const arrays = parts.filter((part) => isArray(part) && part.shape.length > 0);
  if (arrays.length > 1) throw new PythonError('IndexError: more than one array as an index');
  const taken = parts.reduce<number>((sum, part) => sum + axesTaken(part), 0);
  if (taken > dimensions) throw new PythonError('IndexError: too many indices for array');
  const rest = Array.from({ length: dimensions - taken }, () => wholeAxis);
  const place = parts.indexOf('...');
  return place < 0 ? [...parts, ...rest] : parts.toSpliced(place, 1, ...rest);
}

function axesTaken(part: Plain): number {
  if (part === null || part === '...') return 0;
  return isArray(part) && part.dtype === 'bool' ? part.shape.length : 1;
}

function isSlice(part: Plain): part is Slice {
  return isObject(part) && part.kind === 'slice';
}

function placeOf(index: number, length: number, outside: Outside): number {
  const place = index < 0 ? index + length : index;
  return place >= 0 && place < length ? place : outside(place, length);
}

/** As CPython's `slice.indices`. */
function sliceSelection(slice: Slice, length: number, stride: number, machine: Machine): Selection {
  const size = (value: Value, otherwise: number): number => {
    const known = read(machine, value);
    return known === null ? otherwise : toSize(known);
  };
  const step = size(slice.step, 1);
  if (step === 0) throw new PythonError('ValueError: slice step cannot be zero');
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: Value, otherwise: number): number => {
    const place = size(value, otherwise);
    const isOwn = read(machine, value) === null;
    return Math.min(Math.max(place < 0 && !isOwn ? place + length : place, lowest), highest);
  };
  const start = bound(slice.start, step > 0 ? lowest : highest);
  const stop = bound(slice.stop, step > 0 ? highest : lowest);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return {
    shape: [count],
    offsets: () => multiples(count, step * stride).map((offset) => start * stride + offset),
  };
}

function arraySelection(
  indices: NumericArray,
  length: number,
  stride: number,
  outside: Outside,
): Selection {
  const { data } = indices;
  const isEmpty = sizeOf(indices.shape) === 0;
  if (!data || !(isInteger(indices.dtype) || isEmpty)) {
    throw new PythonError('IndexError: arrays used as indices must be of integer type');
  }
  const offsets = data.map((index) => placeOf(index, length, outside) * stride);
  return { shape: indices.shape, offsets: () => offsets };
}

function maskSelection(mask: NumericArray, shape: Shape, strides: Shape): Selection {
  const { data } = mask;
  if (!data || mask.shape.some((length, axis) => length !== shape[axis])) {
    throw new PythonError('IndexError: the boolean index did not match the array');
  }
  const stride = strides[mask.shape.length - 1] ?? 1;
  const offsets = data.flatMap((element, i) => (element === 0 ? [] : i * stride));
  return { shape: [offsets.length], offsets: () => offsets };
}
