import { tensor } from '@tensorflow/tfjs-core';
import type { Parameters } from './cnn.ts';
import { initialParameters } from './initialization.ts';
import type { TrainingState } from './loop.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { parameterNames, parameterShapes } from './parameters.ts';
import { keyFromSeed, randomBits } from './threefry.ts';

/** Moves every starting weight by a random part of itself, at most `size`: shows what is chaotic. */
export interface Perturbation {
  readonly size: number;
  readonly seed: number;
}

/** The state before the first step: the same weights for every run of a seed. */
export function startingState(
  seed: number,
  optimizer: Optimizer,
  perturbation?: Perturbation,
): TrainingState {
  const weights = initialParameters(seed);
  const parameters = Object.fromEntries(
    parameterNames.map((name) => {
      const values = perturbation ? perturbed(weights[name], perturbation) : weights[name];
      return [name, tensor(values, [...parameterShapes[name]])];
    }),
  ) as unknown as Parameters;
  return { step: 0, parameters, optimizer: optimizer.init(parameters), lossSum: 0, seconds: 0 };
}

function perturbed(weights: Float32Array, { size, seed }: Perturbation): Float32Array {
  const bits = randomBits(keyFromSeed(seed), weights.length);
  return weights.map((weight, i) => weight * (1 + size * ((bits[i] ?? 0) / 2 ** 31 - 1)));
}
