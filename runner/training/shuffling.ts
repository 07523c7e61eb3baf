import type { Examples } from '../data/dataset.ts';
import { imageSize } from '../data/files.ts';
import { foldIn, keyFromSeed, randomBits, type Key } from './threefry.ts';

/**
 * The order in which an epoch (from 1) of a shuffled training takes its examples. It depends on seed
 * and epoch alone, so every schedule sees the same batches and a run can go on anywhere:
 * `jax.random.permutation(jax.random.fold_in(jax.random.PRNGKey(seed), epoch), count)`.
 */
export function shuffledOrder(seed: number, epoch: number, count: number): Uint32Array {
  return permutation(foldIn(keyFromSeed(seed), epoch), count);
}

/** The examples with these indices, in their order. */
export function pick(examples: Examples, indices: Uint32Array): Examples {
  const images = new Uint8Array(indices.length * imageSize);
  indices.forEach((index, i) => {
    images.set(examples.images.subarray(index * imageSize, (index + 1) * imageSize), i * imageSize);
  });
  const labels = Uint8Array.from(indices, (index) => examples.labels[index] ?? 0);
  return { count: indices.length, images, labels };
}

/**
 * `jax.random.permutation(key, count)`: 0 to count - 1 sorted by random words, as often as makes two
 * equal words in the same place unlikely.
 */
function permutation(key: Key, count: number): Uint32Array {
  const rounds = Math.ceil((3 * Math.log(count)) / Math.log(2 ** 32 - 1));
  let order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let round = 0; round < rounds; round++) {
    const [next, subkey] = split(key);
    key = next;
    // Word and place in one number, below 2^53: equal words stay in their order.
    const words = Float64Array.from(randomBits(subkey, count), (word, i) => word * count + i);
    const shuffled = order;
    order = Uint32Array.from(words.sort(), (word) => shuffled[word % count] ?? 0);
  }
  return order;
}

/** `jax.random.split(key)`. */
function split(key: Key): readonly [Key, Key] {
  const [a = 0, b = 0, c = 0, d = 0] = randomBits(key, 4);
  return [
    [a, b],
    [c, d],
  ];
}
