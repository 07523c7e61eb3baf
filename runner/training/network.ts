import type { Scalar, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Examples } from '../data/dataset.ts';
import type { LossReduction } from '../protocol.ts';
import type { Batch, LoadedExamples } from './layers.ts';
import type { Parameters } from './parameters.ts';

/** The tutorial's CNN as an engine computes it: the same figures on each, to float32 rounding. */
export interface Network {
  /** Makes examples ready to be cut into batches, on the device where that pays off. */
  load(examples: Examples): LoadedExamples;

  /**
   * To be called inside `tf.tidy`.
   *
   * @param images of a batch that `load` made: n images of 28 x 28.
   * @returns logits [n, 10].
   */
  logits(parameters: Parameters, images: Tensor4D): Tensor2D;

  /**
   * The loss of a batch, and its gradients, one for each parameter. To be called inside `tf.tidy`.
   *
   * @returns the loss as a scalar: the cross-entropy in nats summed over the batch, as in the tutorial,
   * or its mean.
   */
  lossAndGradients(
    parameters: Parameters,
    batch: Batch,
    reduction: LossReduction,
  ): { readonly loss: Scalar; readonly gradients: Parameters };
}
