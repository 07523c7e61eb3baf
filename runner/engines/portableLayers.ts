import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { LossReduction } from '../protocol.ts';
import type { Layers } from '../training/layers.ts';
import { hostExamples } from './hostExamples.ts';

/**
 * The layers in plain tfjs-core operations with the gradients that tfjs-core brings: correct on every
 * back-end that has all kernels, fast on none. The engines replace what their back-end does badly.
 */
export const portableLayers: Layers = {
  load: hostExamples,

  firstConvolution: (images, kernel, bias) => portableLayers.convolution(images, kernel, bias),

  convolution: (features, kernel, bias) =>
    tf.relu(tf.add(tf.conv2d(features, kernel, 1, 'same'), bias)),

  dense: (features, kernel, bias) => tf.add(tf.matMul(features, kernel), bias),

  loss(logits, labels, reduction) {
    const probability = tf.cast(tf.oneHot(labels, logits.shape[1]), 'float32');
    const logLikelihood = tf.sum(tf.mul(probability, tf.logSoftmax(logits)), 1);
    return tf.neg(reduced(logLikelihood, reduction));
  },
};

/** The losses of examples as the loss of a batch. */
export function reduced(losses: Tensor, reduction: LossReduction): Scalar {
  return reduction === 'sum' ? tf.sum(losses) : tf.mean(losses);
}
