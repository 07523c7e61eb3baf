import { applied } from './arrayElementwise.ts';
import { multiply } from './arrayArithmetic.ts';
import { operandAs } from './arrayConstruction.ts';
import { reshaped, transposed } from './arrayLayout.ts';
import { sum } from './arrayReduction.ts';
import { newArray, sizeOf } from './arrayShape.ts';
import { commonType, isArray, settled, type Library, type Operand } from './arrayType.ts';
import type { NumericArray } from './numericArray.ts';
import { PythonError } from './pythonError.ts';

/** Products of elements that are followed at the most. */
const mostProducts = 1_000_000;

/**
 * `a @ b`: the last axis of `a` meets the first of `b`, which has one or two.
 *
 * @throws PythonError where these differ in length.
 */
export function matrixProduct(library: Library, a: Operand, b: Operand): NumericArray {
  const [p, q] = [a, b].map((operand) => (isArray(operand) ? operand.shape : []));
  if (!p?.length || !q?.length) throw new PythonError('ValueError: a matrix product of a scalar');
  const [inner = 0, columns = 1] = q;
  if (q.length > 2 || p.at(-1) !== inner) {
    throw new PythonError('ValueError: the matrices do not fit each other');
  }
  const type = commonType(library, [a, b]);
  const [left, right] = [operandAs(a, type), operandAs(b, type)];
  const rows = sizeOf(p.slice(0, -1));
  return newArray(type, [...p.slice(0, -1), ...q.slice(1)], () => {
    const transpose = transposed(reshaped(right, [inner, columns])).data;
    if (!left.data || !transpose || rows * columns * inner > mostProducts) return undefined;
    const settle = settled[type.dtype];
    const [x, y] = [left.data, transpose];
    return Array.from({ length: rows * columns }, (_, i) => {
      const [row, column] = [Math.floor(i / columns) * inner, (i % columns) * inner];
      return settle(
        sum(Array.from({ length: inner }, (_, k) => (x[row + k] ?? 0) * (y[column + k] ?? 0))),
      );
    });
  });
}

/** `np.dot(a, b)`, which also multiplies by scalars. */
export function dotProduct(library: Library, a: Operand, b: Operand): NumericArray {
  const isScalar = [a, b].some((operand) => !isArray(operand) || operand.shape.length === 0);
  return isScalar ? applied(multiply, library, [a, b]) : matrixProduct(library, a, b);
}
