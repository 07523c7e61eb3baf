import { read } from '../../machine/certainty.ts';
import type { Machine } from '../../machine/machine.ts';
import { toSize } from '../../values/conversion.ts';
import { lengthOf } from '../../values/iteration.ts';
import { lazyNative } from '../../values/native.ts';
import type { DTypeName, NumericArray } from '../../values/numericArray.ts';
import { PythonError } from '../../values/pythonError.ts';
import { isObject, type NativeFunction, type Value } from '../../values/value.ts';

/** What is known of a data set that is downloaded by its name. */
export interface DataSet {
  /** Number of examples of each split. */
  readonly splits: Readonly<Record<string, number>>;
  /** Of one example's image or features. */
  readonly shape?: readonly number[];
  readonly classes?: number;
}

/**
 * An array of which only the shape matters.
 *
 * @throws PythonError for a size that no array has.
 */
export function arrayOfShape(dtype: DTypeName, shape: readonly number[]): NumericArray {
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw new PythonError('ValueError: negative or too large dimensions');
  return { kind: 'array', library: 'numpy', dtype, shape, data: undefined };
}

/** @throws PythonError where a data set has no such split. */
export function sizeOfSplit({ splits }: DataSet, name: string): number {
  const size = Object.hasOwn(splits, name) ? splits[name] : undefined;
  if (size === undefined) throw new PythonError(`ValueError: unknown split '${name}'`);
  return size;
}

/** Number of examples of anything that has a length: arrays, lists, data sets, the text's own. */
export function exampleCount(machine: Machine, value: Value): number {
  const plain = read(machine, value);
  if (!isObject(plain) || plain.kind !== 'instance') return lengthOf(plain);
  const length = machine.call(machine.attribute(plain, '__len__'), []);
  return toSize(read(machine, length));
}

/** `__len__` of so many; of an infinite number, or an unknown one, there is none. */
export function lengthMethod(count: number | undefined): NativeFunction {
  return lazyNative('__len__', [], () => {
    if (count === undefined || !Number.isFinite(count))
      throw new PythonError('TypeError: the length is not known');
    return BigInt(count);
  });
}
