import { toSize } from './conversion.ts';
import type { ElementType } from './arrayType.ts';
import type { NumericArray } from './numericArray.ts';
import { PythonError } from './pythonError.ts';
import type { Plain } from './value.ts';

export type Shape = readonly number[];

/**
 * Of an array with more elements, only type and shape are followed; lists and texts do not grow
 * beyond it.
 */
export const mostElements = 100_000;
export const mostDimensions = 64;

export const sizeOf = (shape: Shape): number => shape.reduce((size, length) => size * length, 1);

/** Whether elements are followed; an empty array must not have huge dimensions either. */
export function isKept(shape: Shape): boolean {
  return sizeOf(shape.map((length) => Math.max(length, 1))) <= mostElements;
}

/**
 * An array of a shape.
 *
 * @param elements gives its elements, undefined where they are not followed; only called where
 *   there are not too many.
 * @throws PythonError for a shape that no array has, and for a scalar that is not followed.
 */
export function newArray(
  { library, dtype }: ElementType,
  shape: Shape,
  elements: () => readonly number[] | undefined,
): NumericArray {
  if (shape.length > mostDimensions || !shape.every((n) => n >= 0) || !(sizeOf(shape) <= 2 ** 53)) {
    throw new PythonError('ValueError: an array cannot have this shape');
  }
  const data = isKept(shape) ? elements() : undefined;
  if (!data && shape.length === 0) throw new PythonError('MemoryError: the array is too large');
  return { kind: 'array', library, dtype, shape, data };
}

export const newScalar = (type: ElementType, element: number): NumericArray =>
  newArray(type, [], () => [element]);

/**
 * The shape to which operands are stretched, by NumPy's rules of broadcasting.
 *
 * @throws PythonError where they do not fit.
 */
export function broadcastShape(shapes: readonly Shape[]): Shape {
  const dimensions = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: dimensions }, (_, axis) => {
    const lengths = shapes.map((shape) => shape[axis - dimensions + shape.length] ?? 1);
    const length = lengths.find((n) => n !== 1) ?? 1;
    if (lengths.every((n) => n === 1 || n === length)) return length;
    throw new PythonError('ValueError: operands could not be broadcast together');
  });
}

/** How far apart in C order the elements along each axis are. */
export function stridesOf(shape: Shape): readonly number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}

/** 0, `stride`, 2 `stride`, ... */
export function multiples(length: number, stride: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < length; i++) result.push(i * stride);
  return result;
}

/** The sums of one offset of each axis, in C order: where the elements of a view are found. */
export function positions(axes: readonly (readonly number[])[], start = 0): readonly number[] {
  let found = [start];
  for (const offsets of axes) {
    const further: number[] = [];
    for (const position of found) {
      for (const offset of offsets) further.push(position + offset);
    }
    found = further;
  }
  return found;
}

export function elementsAt(data: readonly number[], places: readonly number[]): readonly number[] {
  return places.map((place) => data[place] ?? NaN);
}

/** The elements of an array that is stretched to a shape. */
export function stretched({ data, shape }: NumericArray, to: Shape): readonly number[] | undefined {
  const size = sizeOf(to);
  if (!data || size === data.length) return data;
  const [only] = data;
  if (data.length === 1 && only !== undefined) return new Array<number>(size).fill(only);
  const strides = stridesOf(shape);
  return elementsAt(
    data,
    positions(
      to.map((length, axis) => {
        const own = axis - to.length + shape.length;
        return multiples(length, shape[own] === length ? (strides[own] ?? 0) : 0);
      }),
    ),
  );
}

/** An argument `axis=`, which may count from the end. */
export function axisOf(value: Plain | undefined, dimensions: number): number {
  const axis = toSize(value);
  const found = axis < 0 ? axis + dimensions : axis;
  if (found >= 0 && found < dimensions) return found;
  throw new PythonError(`AxisError: axis ${axis} is out of bounds for ${dimensions} dimensions`);
}
