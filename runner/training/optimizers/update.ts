import { add } from '@tensorflow/tfjs-core';
import type { Parameters, Tensors } from '../parameters.ts';
import type { Optimizer } from './optimizer.ts';
import { mapPairs } from './tensors.ts';

/**
 * What an optimizer makes of parameters and its state in a step, to be called inside `tf.tidy`. It may
 * write to the tensors that it is given and return these.
 */
export type Update = (
  gradients: Tensors,
  state: Tensors,
  parameters: Parameters,
  learningRate: number,
) => { readonly parameters: Parameters; readonly state: Tensors };

/** `optax.apply_updates` after the optimizer's update. */
export function updateWith(optimizer: Optimizer): Update {
  return (gradients, before, parameters, learningRate) => {
    const { updates, state } = optimizer.update(gradients, before, parameters, learningRate);
    return { parameters: mapPairs(parameters, updates, add), state };
  };
}
