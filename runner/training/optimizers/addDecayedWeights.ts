import { add, mul } from '@tensorflow/tfjs-core';
import { stateless, type GradientTransformation } from './gradientTransformation.ts';
import { mapPairs } from './tensors.ts';

/** `optax.add_decayed_weights`: weight decay, decoupled from the gradients' scale. */
export function addDecayedWeights(weightDecay: number): GradientTransformation {
  return stateless((updates, { parameters }) =>
    weightDecay === 0
      ? updates
      : mapPairs(updates, parameters, (update, p) => add(update, mul(p, weightDecay))),
  );
}
