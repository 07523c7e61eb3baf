import { read, unknownFrom } from '../../machine/certainty.ts';
import type { Machine } from '../../machine/machine.ts';
import { toNumber } from '../../values/conversion.ts';
import { spelled } from '../../values/keys.ts';
import { mostElements } from '../../values/arrayShape.ts';
import { lazyNative } from '../../values/native.ts';
import { PythonError } from '../../values/pythonError.ts';
import { isObject, isUncertain, list, tuple, type Plain, type Value } from '../../values/value.ts';
import { arrayOfShape, exampleCount } from './dataSet.ts';

/**
 * Number of examples for training and for testing, as scikit-learn's `train_test_split` counts
 * them (`_validate_shuffle_split`).
 *
 * @throws PythonError where it would refuse them.
 */
export function splitSizes(
  count: number,
  testSize: Plain,
  trainSize: Plain,
): readonly [train: number, test: number] {
  const share = testSize === null && trainSize === null ? 0.25 : testSize;
  const test = share === null ? undefined : sizeOf(count, share, Math.ceil);
  const train = trainSize === null ? undefined : sizeOf(count, trainSize, Math.floor);
  const sizes = [train ?? count - (test ?? 0), test ?? count - (train ?? 0)] as const;
  if (sizes[0] < 1 || sizes[1] < 1 || sizes[0] + sizes[1] > count)
    throw new PythonError('ValueError: these sizes leave nothing to train or to test with');
  return sizes;
}

function sizeOf(count: number, size: Plain, round: (value: number) => number): number {
  const number = toNumber(size);
  return typeof size === 'bigint' ? number : round(number * count);
}

/** `train_test_split(*arrays)`: two parts of each array, one after the other. */
export const trainTestSplit = lazyNative(
  'train_test_split',
  ['*arrays'],
  (_, machine, { positional, keywords, rest }) => {
    if (rest) return rest;
    const option = (name: string): Plain => read(machine, keywords.get(name) ?? null);
    const counted = positional.find((array) => !isUnknown(array)) ?? null;
    const sizes = splitSizes(
      exampleCount(machine, counted),
      option('test_size'),
      option('train_size'),
    );
    return tuple(positional.flatMap((array) => sizes.map((size) => part(machine, array, size))));
  },
);

function isUnknown(value: Value): boolean {
  return isUncertain(value) && value.kind === 'unknown';
}

/** Some of the elements: which ones is a matter of chance. */
function part(machine: Machine, array: Value, size: number): Value {
  const element = unknownFrom(`train_test_split(${spelled(array)})[...]`, []);
  if (isUnknown(array)) return element;
  const plain = read(machine, array);
  if (isObject(plain) && plain.kind === 'array')
    return arrayOfShape(plain.dtype, [size, ...plain.shape.slice(1)]);
  if (size > mostElements) throw new PythonError('MemoryError: a list of too many elements');
  return list(Array.from({ length: size }, () => element));
}
