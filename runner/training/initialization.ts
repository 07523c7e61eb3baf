import { createHash } from 'node:crypto';
import { parameterNames, parameterShapes, type ParameterName } from './parameters.ts';
import { foldIn, keyFromSeed, randomBits, type Key } from './threefry.ts';

/**
 * The starting parameters of the tutorial's CNN as Flax 0.3.6 makes them under `PRNGKey(seed)`:
 * `lecun_normal` kernels and zero biases, in C order. The random bits are JAX's own, the weights
 * equal JAX's to four units of float32's last place (99 of 100 exactly).
 */
export function initialParameters(seed: number): Record<ParameterName, Float32Array> {
  const key = keyFromSeed(seed);
  return Object.fromEntries(
    parameterNames.map((name) => [name, initialParameter(key, name)]),
  ) as Record<ParameterName, Float32Array>;
}

function initialParameter(key: Key, name: ParameterName): Float32Array {
  const shape = parameterShapes[name];
  const size = shape.reduce<number>((product, length) => product * length, 1);
  if (shape.length === 1) return new Float32Array(size);
  const outputs = shape[shape.length - 1] ?? 1;
  return lecunNormal(randomBits(kernelKey(key, name), size), size / outputs);
}

/**
 * The key from which Flax 0.3.6 draws a kernel: the first four bytes of the SHA-1 of the layer's
 * name folded in (`flax/core/scope.py`, `_fold_in_str`), then 1, as a kernel is the first random
 * parameter that its layer asks for (`Scope.make_rng`).
 */
export function kernelKey(key: Key, name: ParameterName): Key {
  const [layer = name] = name.split('/');
  const layerKey = foldIn(key, createHash('sha1').update(layer).digest().readUInt32BE(0));
  return foldIn(layerKey, 1);
}

const { fround } = Math;

/** erf(2 / sqrt(2)): the part of a normal distribution that lies within two standard deviations. */
const withinTwo = fround(0.9544997361036416);
/** The standard deviation of a normal distribution that is cut off at -2 and 2. */
const truncatedDeviation = fround(0.87962566103423978);
/** The largest float32 below 2. */
const belowTwo = 2 - 2 ** -23;

/**
 * `jax.nn.initializers.lecun_normal`: normal values cut off at two standard deviations, scaled to
 * the variance 1 / fanIn. Computed in float32, operation by operation as XLA does on a CPU, where a
 * product is added to something without being rounded first.
 */
function lecunNormal(bits: Uint32Array, fanIn: number): Float32Array {
  const scale = fround(fround(Math.sqrt(fround(1 / fanIn))) / truncatedDeviation);
  return Float32Array.from(bits, (word) => {
    const x = fround(fround(Math.SQRT2) * inverseErf(uniform(word)));
    return Math.max(-belowTwo, Math.min(belowTwo, x)) * scale;
  });
}

/** 32 random bits to a float32 in [-withinTwo, withinTwo): the upper 23 become a mantissa. */
function uniform(word: number): number {
  const unit = (word >>> 9) * 2 ** -23;
  return fround(unit * fround(2 * withinTwo) - withinTwo);
}

const centralCoefficients = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503,
  -0.00417768164, 0.246640727, 1.50140941,
].map(fround);

const tailCoefficients = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613,
  0.00943887047, 1.00167406, 2.83297682,
].map(fround);

/**
 * The inverse error function in float32, by the polynomials that XLA uses too.
 *
 * Source: Giles, "Approximating the erfinv function", GPU Computing Gems, 2011.
 */
function inverseErf(x: number): number {
  const w = fround(-fround(Math.log1p(-fround(x * x))));
  const central = w < 5;
  const t = fround(central ? w - 2.5 : fround(Math.sqrt(w)) - 3);
  const coefficients = central ? centralCoefficients : tailCoefficients;
  return fround(coefficients.reduce((sum, c) => fround(c + sum * t), 0) * x);
}
