import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Examples } from '../data/dataset.ts';
import type { LossReduction } from '../protocol.ts';
import type { Batch, LoadedExamples } from './layers.ts';
import type { Parameters } from './parameters.ts';

/**
 * The tutorial's CNN as an engine computes it: the same figures on each, to float32 rounding. Some
 * engines take parameters in stacks, [networks, ...shape]: then the same images go through all.
 */
export interface Network {
  /** Makes examples ready to be cut into batches, on the device where that pays off. */
  load(examples: Examples): LoadedExamples;

  /**
   * To be called inside `tf.tidy`.
   *
   * @param images of a batch that `load` made: n images of 28 x 28.
   * @returns logits [n, 10]; of stacked networks [networks * n, 10].
   */
  logits(parameters: Parameters, images: Tensor4D): Tensor2D;

  /**
   * The loss of a batch, and its gradients, one for each parameter. To be called inside `tf.tidy`.
   *
   * @returns the loss as a scalar, [networks] of stacked ones: the cross-entropy in nats summed over the
   * batch, as in the tutorial, or its mean.
   */
  lossAndGradients(
    parameters: Parameters,
    batch: Batch,
    reduction: LossReduction,
  ): { readonly loss: Scalar | Tensor1D; readonly gradients: Parameters };
}
