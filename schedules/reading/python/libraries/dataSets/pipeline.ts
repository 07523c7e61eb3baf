import { isTrue, toSize } from '../../values/conversion.ts';
import { lazyNative, native } from '../../values/native.ts';
import { isObject, type Instance, type Plain, type Value } from '../../values/value.ts';
import { instanceWith } from '../library.ts';
import { exampleCount, lengthMethod } from './dataSet.ts';
import type { Machine } from '../../machine/machine.ts';
import { read } from '../../machine/certainty.ts';
import { PythonError } from '../../values/pythonError.ts';

/**
 * A `tf.data.Dataset`: what its methods make of the number of its elements.
 *
 * @param count Infinity where it repeats without end.
 */
export function pipeline(count: number): Instance {
  const same = (name: string): Value => lazyNative(name, ['*given'], () => pipeline(count));
  return instanceWith({
    __len__: lengthMethod(count),
    cardinality: native('cardinality', [], () => cardinality(count)),
    ...Object.fromEntries(unchanging.map((name) => [name, same(name)])),
    batch: native('batch', ['batch_size', 'drop_remainder'], ([size, dropRemainder]) =>
      pipeline(batches(count, positive(size), dropRemainder)),
    ),
    repeat: native('repeat', ['count'], ([times = null]) =>
      pipeline(times === null || toSize(times) < 0 ? Infinity : count * toSize(times)),
    ),
    take: native('take', ['count'], ([most]) =>
      pipeline(toSize(most) < 0 ? count : Math.min(count, toSize(most))),
    ),
    skip: native('skip', ['count'], ([first]) =>
      pipeline(toSize(first) < 0 ? 0 : Math.max(0, count - toSize(first))),
    ),
    shard: native('shard', ['num_shards', 'index'], ([shards, index]) =>
      pipeline(Math.max(0, Math.ceil((count - toSize(index)) / positive(shards)))),
    ),
    concatenate: native('concatenate', ['dataset'], ([other = null], machine) =>
      pipeline(count + exampleCount(machine, other)),
    ),
  });
}

/** Methods that change elements, not their number. */
const unchanging = ['map', 'shuffle', 'prefetch', 'cache', 'with_options', 'enumerate'];

/** Number of batches; the last one, which is smaller, can be dropped. */
export function batches(count: number, size: number, dropLast: Plain | undefined): number {
  const whole = count / size;
  return dropLast !== undefined && isTrue(dropLast) ? Math.floor(whole) : Math.ceil(whole);
}

/** @throws PythonError for a size of nothing. */
export function positive(value: Plain | undefined): number {
  const size = toSize(value);
  if (size < 1) throw new PythonError('ValueError: a size of at least 1 is needed');
  return size;
}

/** A scalar, of which TensorFlow's INFINITE_CARDINALITY is -1. */
function cardinality(count: number): Value {
  const data = [Number.isFinite(count) ? count : -1];
  return { kind: 'array', library: 'numpy', dtype: 'int64', shape: [], data };
}

/** `Dataset.from_tensor_slices(arrays)`: as many elements as the first array has. */
export const fromTensorSlices = native(
  'from_tensor_slices',
  ['tensors'],
  ([tensors = null], machine) => pipeline(exampleCount(machine, firstArray(machine, tensors))),
);

function firstArray(machine: Machine, tensors: Plain): Plain {
  let first = tensors;
  for (let depth = 0; depth < deepestTensors; depth++) {
    const inner = firstOf(first);
    if (inner === undefined) break;
    first = read(machine, inner);
  }
  return first;
}

const deepestTensors = 10;

/** The first of several tensors: a list is a tensor itself. */
function firstOf(tensors: Plain): Value | undefined {
  if (!isObject(tensors)) return undefined;
  if (tensors.kind === 'tuple') return tensors.items[0];
  if (tensors.kind !== 'dict') return undefined;
  const [entry] = tensors.entries.values();
  return entry?.[1];
}
