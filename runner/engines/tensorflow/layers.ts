import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Layers } from '../../training/layers.ts';
import { differentiable } from '../differentiable.ts';
import { portableLayers, reduced } from '../portableLayers.ts';
import { tensorflowOperations } from './operations.ts';

/**
 * The layers with TensorFlow's own gradient operations, for a GPU: a graph would have each step begin and
 * end in our memory. To be made after the back-end is ready.
 */
export function tensorflowLayers(): Layers {
  const op = tensorflowOperations();

  return {
    ...portableLayers,

    firstConvolution: (images, kernel, bias) =>
      differentiable(
        (kernel: Tensor4D, bias: Tensor1D) => {
          const output = op.relu(op.biasAdd(op.conv2D(images, kernel), bias));
          return { output, saved: [output] };
        },
        (dy, [output]) => {
          const dz = op.reluGrad(dy, output);
          return [op.conv2DBackpropFilter(images, kernel.shape, dz), op.biasAddGrad(dz)];
        },
      )(kernel, bias),

    convolution: differentiable(
      (features: Tensor4D, kernel: Tensor4D, bias: Tensor1D) => {
        const output = op.relu(op.biasAdd(op.conv2D(features, kernel), bias));
        return { output, saved: [features, kernel, output] };
      },
      (dy, [features, kernel, output]) => {
        const dz = op.reluGrad(dy, output);
        return [
          op.conv2DBackpropInput(features.shape, kernel, dz),
          op.conv2DBackpropFilter(features, kernel.shape, dz),
          op.biasAddGrad(dz),
        ];
      },
    ),

    loss: (logits, labels, reduction) =>
      reduced(
        differentiable(
          (logits: Tensor2D) => {
            const [losses, byLogits] = op.sparseSoftmaxCrossEntropy(logits, labels);
            return { output: losses, saved: [byLogits] };
          },
          (dy, [byLogits]) => [tf.mul(tf.expandDims(dy, 1), byLogits)],
        )(logits),
        reduction,
      ),
  };
}
