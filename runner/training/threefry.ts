/** A key of JAX's default random number generator: two 32-bit words. */
export type Key = readonly [high: number, low: number];

/**
 * `jax.random.PRNGKey(seed)` as JAX makes it with its default 32-bit integers: only the low 32 bits
 * of the seed count.
 */
export function keyFromSeed(seed: number): Key {
  return [0, seed >>> 0];
}

/** `jax.random.fold_in(key, data)`, `data` an unsigned 32-bit integer. */
export function foldIn(key: Key, data: number): Key {
  return threefry2x32(key, 0, data);
}

/**
 * `jax.random.bits(key, [count])`: that many words of 32 random bits, in the order in which JAX
 * drew them until `jax_threefry_partitionable` became its default. The counters 0..count-1, padded
 * with a 0 where the count is odd, are cut in halves that are encrypted in pairs.
 */
export function randomBits(key: Key, count: number): Uint32Array {
  const half = Math.ceil(count / 2);
  const bits = new Uint32Array(2 * half);
  for (let i = 0; i < half; i++) {
    const counter = half + i;
    [bits[i], bits[counter]] = threefry2x32(key, i, counter < count ? counter : 0);
  }
  return bits.subarray(0, count);
}

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/**
 * Threefry-2x32 with 20 rounds: the counter (x0, x1) encrypted under a key.
 *
 * Source: Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011.
 */
function threefry2x32([k0, k1]: Key, x0: number, x1: number): Key {
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  const injections = [
    [k1, k2],
    [k2, k0],
    [k0, k1],
    [k1, k2],
    [k2, k0],
  ] as const;
  x0 = (x0 + k0) | 0;
  x1 = (x1 + k1) | 0;
  for (const [i, [a, b]] of injections.entries()) {
    for (const distance of rotations[i % 2 === 0 ? 0 : 1]) {
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << distance) | (x1 >>> (32 - distance))) ^ x0;
    }
    x0 = (x0 + a) | 0;
    x1 = (x1 + b + i + 1) | 0;
  }
  return [x0 >>> 0, x1 >>> 0];
}
