import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Layers } from '../../training/layers.ts';
import { differentiable } from '../differentiable.ts';
import { portableLayers } from '../portableLayers.ts';

/**
 * The layers for tfjs's WebAssembly back-end. It lacks the filter gradient of a convolution, and is
 * slow (not vectorised) at input gradients, matrix products of transposed matrices and sums over
 * leading axes; all of these are written here with its two fast kernels, XNNPACK's convolution and
 * plain matrix product.
 */
export const wasmLayers: Layers = {
  ...portableLayers,

  firstConvolution: (images, kernel, bias) =>
    differentiable(
      (kernel: Tensor4D, bias: Tensor1D) => {
        const output = convolveBiasRelu(images, kernel, bias);
        return { output, saved: [output] };
      },
      (dy, [output]) => {
        const dz = tf.mul<Tensor4D>(dy, tf.step(output));
        return [kernelGradient(images, dz), biasGradient(dz)];
      },
    )(kernel, bias),

  convolution: differentiable(
    (features: Tensor4D, kernel: Tensor4D, bias: Tensor1D) => {
      const output = convolveBiasRelu(features, kernel, bias);
      return { output, saved: [features, kernel, output] };
    },
    (dy, [features, kernel, output]) => {
      const dz = tf.mul<Tensor4D>(dy, tf.step(output));
      return [featureGradient(kernel, dz), kernelGradient(features, dz), biasGradient(dz)];
    },
  ),

  dense: differentiable(
    (features: Tensor2D, kernel: Tensor2D, bias: Tensor1D) => ({
      output: tf.add<Tensor2D>(tf.matMul(features, kernel), bias),
      saved: [features, kernel],
    }),
    (dy, [features, kernel]) => [
      tf.matMul(dy, tf.transpose(kernel)),
      tf.transpose(tf.matMul(tf.transpose(dy), features)),
      columnSums(dy),
    ],
  ),
};

function convolveBiasRelu(features: Tensor4D, kernel: Tensor4D, bias: Tensor1D): Tensor4D {
  const pad = 'same';
  return tf.fused.conv2d({
    x: features,
    filter: kernel,
    strides: 1,
    pad,
    bias,
    activation: 'relu',
  });
}

/** SAME convolution of dz with the kernel turned by 180 degrees, its channels swapped. */
function featureGradient(kernel: Tensor4D, dz: Tensor4D): Tensor4D {
  const turned = tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2]);
  return tf.conv2d(dz, turned, 1, 'same');
}

/**
 * The filter gradient as a convolution: with batch and channels swapped, dz is the filter that
 * slides over the padded features. [ci, h + 2, w + 2, n] * [h, w, n, co] -> [ci, 3, 3, co].
 */
function kernelGradient(features: Tensor4D, dz: Tensor4D): Tensor4D {
  const margin: [number, number] = [1, 1];
  const none: [number, number] = [0, 0];
  const padded = tf.transpose(tf.pad(features, [none, margin, margin, none]), [3, 1, 2, 0]);
  const filter = tf.transpose(dz, [1, 2, 0, 3]);
  return tf.transpose(tf.conv2d(padded, filter, 1, 'valid'), [1, 2, 0, 3]);
}

function biasGradient(dz: Tensor4D): Tensor1D {
  return columnSums(tf.reshape(dz, [-1, dz.shape[3]]));
}

/** [n, columns] -> [columns], as a product with a row of ones. */
function columnSums(matrix: Tensor2D): Tensor1D {
  return tf.reshape(tf.matMul(tf.ones<tf.Rank.R2>([1, matrix.shape[0]]), matrix), [-1]);
}
