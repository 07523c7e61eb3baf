import { add } from '@tensorflow/tfjs-core';
import type { Parameters, Tensors } from '../parameters.ts';
import type { Optimizer } from './optimizer.ts';
import { mapPairs } from './tensors.ts';

/**
 * What an optimizer makes of parameters and its state in a step, to be called inside `tf.tidy`. It may
 * write to the tensors that it is given and return these.
 *
 * @param learningRates one for each run whose tensors are stacked.
 */
export type Update = (
  gradients: Tensors,
  state: Tensors,
  parameters: Parameters,
  learningRates: readonly number[],
) => { readonly parameters: Parameters; readonly state: Tensors };

/** `optax.apply_updates` after the optimizer's update, for a run alone. */
export function updateWith(optimizer: Optimizer): Update {
  return (gradients, before, parameters, [learningRate, ...others]) => {
    if (learningRate === undefined || others.length > 0) {
      throw new RangeError('an optimizer without a kernel of its own updates one run at a time');
    }
    const { updates, state } = optimizer.update(gradients, before, parameters, learningRate);
    return { parameters: mapPairs(parameters, updates, add), state };
  };
}
