import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Examples } from '../data/dataset.ts';
import type { LossReduction } from '../protocol.ts';

/**
 * The differentiable pieces that the CNN is made of. Each engine brings them in the form that its
 * back-end computes fastest, with their gradients; the figures are the same to float32 rounding.
 *
 * Engines that train runs in lockstep take kernels and biases in stacks, [networks, ...shape], and give
 * features, logits and losses of all networks: those of the first, then those of the second, ...
 */
export interface Layers {
  /** Makes examples ready to be cut into batches, on the device where that pays off. */
  load(examples: Examples): LoadedExamples;

  /** The first 3x3 convolution (SAME, with bias and ReLU): its images have no gradient. */
  firstConvolution(images: Tensor4D, kernel: Tensor4D, bias: Tensor1D): Tensor4D;

  /** A 3x3 convolution with SAME padding, bias and ReLU. */
  convolution(features: Tensor4D, kernel: Tensor4D, bias: Tensor1D): Tensor4D;

  /** features x kernel + bias: [n, inputs] -> [n, outputs]. */
  dense(features: Tensor2D, kernel: Tensor2D, bias: Tensor1D): Tensor2D;

  /**
   * The softmax cross-entropy in nats, summed over the examples or its mean. It is the end of the
   * network: what is differentiated is the loss itself.
   *
   * @param logits [n, classes].
   * @param labels [n] int32 classes.
   */
  loss(logits: Tensor2D, labels: Tensor1D, reduction: LossReduction): Scalar | Tensor1D;
}

export interface LoadedExamples {
  readonly count: number;
  /** The examples from `first` on, at most `size` of them. */
  batch(first: number, size: number): Batch;
  dispose(): void;
}

/** A batch on the device. */
export interface Batch {
  /** [n, 28, 28, channels], grey values in 0..1; a back-end may add channels for its own use. */
  readonly images: Tensor4D;
  /** [n] int32 classes. */
  readonly labels: Tensor1D;
}
