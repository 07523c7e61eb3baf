import type { Scalar, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Layers } from '../../training/layers.ts';
import { differentiable } from '../differentiable.ts';
import * as convolutions from './kernels/convolution.ts';
import * as densely from './kernels/dense.ts';
import * as gradients from './kernels/kernelGradient.ts';
import type { Kernel } from './kernels/kernel.ts';
import { loss } from './kernels/loss.ts';
import { loadExamples } from './examples.ts';
import { dispatch, integer, real, unwritten } from './operations.ts';

/** The layers in kernels of our own: each layer and each of its gradients is one or two of them. */
export const webgpuLayers: Layers = {
  load: loadExamples,

  firstConvolution: (images, kernel, bias) =>
    differentiable(
      (kernel: Tensor4D, bias: Tensor1D) => {
        const output = convolve(convolutions.firstConvolution, images, kernel, bias);
        return { output, saved: [output] };
      },
      (dy, [output]) => {
        const partial = partialSums(images, dy);
        const make = gradients.firstKernelGradient(dy.shape[3]);
        dispatch(make, [images.shape[0]], [images, dy, output, partial]);
        return sumOfParts(partial, kernel);
      },
    )(kernel, bias),

  convolution: differentiable(
    (features: Tensor4D, kernel: Tensor4D, bias: Tensor1D) => {
      const [inputs] = kernel.shape.slice(2);
      const make = (outputs: number) => convolutions.convolution(inputs ?? 0, outputs);
      const output = convolve(make, features, kernel, bias);
      return { output, saved: [features, kernel, output] };
    },
    (dy, [features, kernel, output]) => {
      const [images, , , inputs] = features.shape;
      const outputs = dy.shape[3];
      const byFeatures = unwritten<Tensor4D>(features.shape);
      const groups = convolutions.convolutionGroups(images, inputs);
      const byFeature = convolutions.featureGradient(inputs, outputs);
      dispatch(byFeature, groups, [dy, output, kernel, byFeatures]);
      const partial = partialSums(features, dy);
      const make = gradients.kernelGradient(inputs, outputs);
      const parts = gradients.partsPerImage(inputs);
      dispatch(make, [parts, images], [features, dy, output, partial]);
      return [byFeatures, ...sumOfParts(partial, kernel)];
    },
  ),

  dense: differentiable(
    (features: Tensor2D, kernel: Tensor2D, bias: Tensor1D) => {
      const [rows, inputs] = features.shape;
      const outputs = kernel.shape[1];
      const output = unwritten<Tensor2D>([rows, outputs]);
      const groups = Math.ceil(rows / densely.rowsPerGroup);
      const make = densely.dense(inputs, outputs);
      dispatch(make, [groups], [features, kernel, bias, output], [integer(rows)]);
      return { output, saved: [features, kernel] };
    },
    (dy, [features, kernel]) => {
      const [rows, inputs] = features.shape;
      const outputs = kernel.shape[1];
      const groups = Math.ceil(inputs / densely.inputsPerGroup);
      const byFeatures = unwritten<Tensor2D>(features.shape);
      const byFeature = densely.denseFeatureGradient(inputs, outputs);
      dispatch(byFeature, [groups, rows], [dy, kernel, byFeatures]);
      const byKernel = unwritten<Tensor2D>(kernel.shape);
      const byBias = unwritten<Tensor1D>([outputs]);
      const make = densely.denseKernelGradient(inputs, outputs);
      dispatch(make, [groups], [features, dy, byKernel, byBias], [integer(rows)]);
      return [byFeatures, byKernel, byBias];
    },
  ),

  loss: (logits, labels, reduction) =>
    differentiable(
      (logits: Tensor2D) => {
        const [count, classes] = logits.shape;
        const output = unwritten<Scalar>([]);
        const byLogits = unwritten<Tensor2D>(logits.shape);
        const weight = reduction === 'sum' ? 1 : 1 / count;
        const tensors = [logits, labels, output, byLogits];
        dispatch(loss(classes), [1], tensors, [integer(count), real(weight)]);
        return { output, saved: [byLogits] };
      },
      (_dy, [byLogits]) => [byLogits.clone()],
    )(logits),
};

function convolve(
  make: (outputs: number) => Kernel,
  features: Tensor4D,
  kernel: Tensor4D,
  bias: Tensor1D,
): Tensor4D {
  const [images, height, width] = features.shape;
  const outputs = kernel.shape[3];
  const output = unwritten<Tensor4D>([images, height, width, outputs]);
  const groups = convolutions.convolutionGroups(images, outputs);
  dispatch(make(outputs), groups, [features, kernel, bias, output]);
  return output;
}

function partialSums({ shape: [images, , , inputs] }: Tensor4D, dy: Tensor4D): Tensor3D {
  const parts = images * gradients.partsPerImage(inputs);
  return unwritten<Tensor3D>([parts, gradients.gradientRows(inputs), dy.shape[3]]);
}

/** The gradients by kernel and bias from their partial sums. */
function sumOfParts(partial: Tensor3D, { shape }: Tensor4D): [Tensor4D, Tensor1D] {
  const [, , inputs, outputs] = shape;
  const byKernel = unwritten<Tensor4D>(shape);
  const byBias = unwritten<Tensor1D>([outputs]);
  const groups = gradients.sumGroups(inputs, outputs);
  const parts = [integer(partial.shape[0])];
  dispatch(gradients.sumParts(inputs, outputs), groups, [partial, byKernel, byBias], parts);
  return [byKernel, byBias];
}
