import type { ElementType } from './arrayType.ts';
import { axisOf, newArray, sizeOf, type Shape } from './arrayShape.ts';
import { certain } from './arrayConstruction.ts';
import { transposed, withAxisAt } from './arrayLayout.ts';
import type { NumericArray } from './numericArray.ts';
import { isObject, type Plain, type Value } from './value.ts';

/** Elements that are reduced to one. */
export type Row = readonly number[];

/**
 * The array that has one element for every row along some axes.
 *
 * @param axis of `axis=`: one axis, a tuple of them, or nothing for all.
 * @param reduce is given the elements of a row in their order.
 */
export function reduced(
  array: NumericArray,
  type: ElementType,
  axis: Plain | undefined,
  keepsAxes: boolean,
  reduce: (row: Row) => number,
): NumericArray {
  const { shape } = array;
  const axes = axesOf(axis, shape.length);
  const others = shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const outer = others.map((i) => shape[i] ?? 0);
  const length = sizeOf(axes.map((i) => shape[i] ?? 0));
  const result = keepsAxes ? shape.map((n, i) => (axes.includes(i) ? 1 : n)) : outer;
  return newArray(type, result, () =>
    rowsOf(transposed(array, [...others, ...axes]).data, sizeOf(outer), length)?.map(reduce),
  );
}

/**
 * The array whose rows along an axis are made of those of another.
 *
 * @param length of the rows that `compute` gives.
 */
export function byRows(
  array: NumericArray,
  type: ElementType,
  axis: number,
  length: number,
  compute: (row: Row) => Row,
): NumericArray {
  const last = array.shape.length - 1;
  const moved = withAxisAt(array, axis, last);
  const result = newArray(type, moved.shape.with(last, length), () =>
    rowsOf(moved.data, sizeOf(moved.shape.slice(0, -1)), moved.shape.at(-1) ?? 0)?.flatMap(compute),
  );
  return withAxisAt(result, last, axis);
}

function rowsOf(data: Row | undefined, count: number, length: number): Row[] | undefined {
  return data && Array.from({ length: count }, (_, i) => data.slice(i * length, (i + 1) * length));
}

function axesOf(axis: Plain | undefined, dimensions: number): Shape {
  if (axis === undefined || axis === null) return Array.from({ length: dimensions }, (_, i) => i);
  const axes: readonly Value[] = isObject(axis) && axis.kind === 'tuple' ? axis.items : [axis];
  return axes.map((value) => axisOf(certain(value), dimensions));
}

/** The sum with what rounding loses kept aside (Neumaier's), as exact as NumPy's pairwise sum. */
export function sum(row: Row): number {
  let total = 0;
  let lost = 0;
  for (const x of row) {
    const next = total + x;
    lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
    total = next;
  }
  return Number.isFinite(total) ? total + lost : total;
}

export const mean = (row: Row): number => sum(row) / row.length;

/** The mean square distance to the mean, with `lessDegrees` degrees of freedom less. */
export function variance(row: Row, lessDegrees: number): number {
  const center = mean(row);
  return sum(row.map((x) => (x - center) ** 2)) / (row.length - lessDegrees);
}

export function median(row: Row): number {
  if (row.some(Number.isNaN)) return NaN;
  const sorted = sortedRow(row);
  const half = row.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? NaN) + (sorted[Math.floor(half)] ?? NaN)) / 2;
}

/** Ascending, with NaN at the end. */
export function sortedRow(row: Row): number[] {
  const sorted: number[] = [];
  for (const x of Float64Array.from(row).sort()) sorted.push(x);
  return sorted;
}

/** Where the first element is that is NaN, or else before all others. */
export function firstBest(row: Row, isBetter: (a: number, b: number) => boolean): number {
  let best = 0;
  for (let i = 1; i < row.length; i++) {
    const [x, y] = [row[i] ?? NaN, row[best] ?? NaN];
    if (!Number.isNaN(y) && (Number.isNaN(x) || isBetter(x, y))) best = i;
  }
  return best;
}
