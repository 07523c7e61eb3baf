import { tensor } from '@tensorflow/tfjs-core';
import type { Parameters } from './cnn.ts';
import { initialParameters } from './initialization.ts';
import type { TrainingState } from './loop.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import { parameterNames, parameterShapes } from './parameters.ts';

/** The state before the first step: the same weights for every run of a seed. */
export function startingState(seed: number, optimizer: Optimizer): TrainingState {
  const weights = initialParameters(seed);
  const parameters = Object.fromEntries(
    parameterNames.map((name) => [name, tensor(weights[name], [...parameterShapes[name]])]),
  ) as unknown as Parameters;
  return { step: 0, parameters, optimizer: optimizer.init(parameters), lossSum: 0, seconds: 0 };
}
