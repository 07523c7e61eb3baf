import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Layers } from '../../training/layers.ts';
import { differentiable } from '../differentiable.ts';
import { hostExamples } from '../hostExamples.ts';
import { portableLayers, reduced } from '../portableLayers.ts';
import { tensorflowOperations } from './operations.ts';

/** The layers with TensorFlow's own gradient operations. To be made after the back-end is ready. */
export function tensorflowLayers(): Layers {
  const op = tensorflowOperations();

  return {
    ...portableLayers,

    /**
     * Images with a second channel of ones: a bias is the kernel of such a channel at the kernel's
     * centre. It costs next to nothing in the convolution and saves two passes over the largest
     * tensor of the network, one to add the bias and one for its gradient.
     */
    load: (examples) =>
      hostExamples(examples, (pixels, count) => {
        const withOnes = new Float32Array(2 * pixels.length).fill(1);
        pixels.forEach((pixel, i) => (withOnes[2 * i] = pixel));
        return tf.tensor4d(withOnes, [count, 28, 28, 2]);
      }),

    firstConvolution: (images, kernel, bias) =>
      differentiable(
        (kernel: Tensor4D, bias: Tensor1D) => {
          const output = op.relu(op.conv2D(images, tf.concat([kernel, atCentre(bias)], 2)));
          return { output, saved: [output] };
        },
        (dy, [output]) => {
          const dz = op.reluGrad(dy, output);
          const gradient = op.conv2DBackpropFilter(images, [3, 3, 2, kernel.shape[3]], dz);
          const [dKernel, dOnes] = tf.split(gradient, 2, 2) as [Tensor4D, Tensor4D];
          return [dKernel, centre(dOnes)];
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

/** A bias [n] as the kernel of a channel of ones: [3, 3, 1, n], zero but for the centre. */
function atCentre(bias: Tensor1D): Tensor4D {
  const margin: [number, number] = [1, 1];
  const none: [number, number] = [0, 0];
  return tf.pad(tf.reshape(bias, [1, 1, 1, -1]), [margin, margin, none, none]);
}

/** The inverse of `atCentre`. */
function centre(kernel: Tensor4D): Tensor1D {
  return tf.reshape(tf.slice(kernel, [1, 1, 0, 0], [1, 1, 1, -1]), [-1]);
}
