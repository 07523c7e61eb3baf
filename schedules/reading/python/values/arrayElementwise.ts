import { operandAs } from './arrayConstruction.ts';
import { broadcastShape, newArray, stretched } from './arrayShape.ts';
import {
  commonType,
  inexact,
  isArray,
  settled,
  truthType,
  type ElementType,
  type Library,
  type Operand,
} from './arrayType.ts';
import type { NumericArray } from './numericArray.ts';

/** What an operation does to one element of each operand; it leaves rounding to its caller. */
export type Compute = (a: number, b: number, c: number) => number;

/** An operation on arrays of the same shape, element by element. */
export interface Operation {
  /** In which type it computes: that of its operands, or always a float. */
  readonly domain: 'common' | 'float';
  readonly result: 'domain' | 'truth';
  /** @throws PythonError for a type that it does not take. */
  compute(type: ElementType): Compute;
}

export const inCommon = (compute: Compute): Operation => ofType('common', () => compute);
export const inFloat = (compute: Compute): Operation => ofType('float', () => compute);

export function ofType(
  domain: Operation['domain'],
  compute: (type: ElementType) => Compute,
): Operation {
  return { domain, result: 'domain', compute };
}

export function asTruth(holds: (a: number, b: number) => boolean): Operation {
  return {
    domain: 'common',
    result: 'truth',
    compute: () => (a, b) => Number(holds(a, b)),
  };
}

/**
 * The result of an operation on up to three operands, which are stretched to a common shape. Every
 * element is rounded to the result's type, as in an operation of JAX's.
 */
export function applied(
  operation: Operation,
  library: Library,
  operands: readonly Operand[],
): NumericArray {
  const common = commonType(library, operands);
  const domain = operation.domain === 'float' ? inexact(common) : common;
  const result = operation.result === 'truth' ? truthType(library) : domain;
  const compute = operation.compute(domain);
  const settle = settled[result.dtype];
  const shape = broadcastShape(operands.map((operand) => (isArray(operand) ? operand.shape : [])));
  return newArray(result, shape, () => {
    const data = operands.map((operand) => stretched(operandAs(operand, domain), shape));
    if (data.includes(undefined)) return undefined;
    const [a, b, c] = data;
    return a?.map((x, i) => settle(compute(x, b?.[i] ?? NaN, c?.[i] ?? NaN)));
  });
}
