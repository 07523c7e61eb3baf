import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Layers } from '../../training/layers.ts';
import { differentiable } from '../differentiable.ts';
import * as convolutions from './kernels/convolution.ts';
import * as densely from './kernels/dense.ts';
import * as gradients from './kernels/kernelGradient.ts';
import type { Kernel } from './kernels/kernel.ts';
import { loss } from './kernels/loss.ts';
import { loadExamples } from './examples.ts';
import { dispatch, integer, real, unwritten } from './operations.ts';

/**
 * The layers in kernels of our own: each layer and each of its gradients is one or two of them. They
 * serve stacks of networks too.
 */
export const webgpuLayers: Layers = {
  load: loadExamples,

  firstConvolution: (images, kernel, bias) =>
    differentiable(
      (kernel: Tensor4D, bias: Tensor1D) => {
        const output = convolve(
          convolutions.firstConvolution,
          images,
          images.shape[0],
          kernel,
          bias,
        );
        return { output, saved: [output] };
      },
      (dy, [output]) => {
        const [count] = images.shape;
        const partial = partialSums(1, dy);
        const make = gradients.firstKernelGradient(dy.shape[3]);
        dispatch(make, [count, dy.shape[0] / count], [images, dy, output, partial]);
        return sumOfParts(partial, kernel);
      },
    )(kernel, bias),

  convolution: differentiable(
    (features: Tensor4D, kernel: Tensor4D, bias: Tensor1D) => {
      const { networks, inputs } = sizesOf(kernel, 4);
      const make = (outputs: number) => convolutions.convolution(inputs, outputs);
      const output = convolve(make, features, features.shape[0] / networks, kernel, bias);
      return { output, saved: [features, kernel, output] };
    },
    (dy, [features, kernel, output]) => {
      const { networks, inputs, outputs } = sizesOf(kernel, 4);
      const [all] = features.shape;
      const byFeatures = unwritten<Tensor4D>(features.shape);
      const groups = convolutions.convolutionGroups(all / networks, inputs, networks);
      const byFeature = convolutions.featureGradient(inputs, outputs);
      dispatch(byFeature, groups, [dy, output, kernel, byFeatures]);
      const partial = partialSums(inputs, dy);
      const make = gradients.kernelGradient(inputs, outputs);
      const parts = gradients.partsPerImage(inputs);
      dispatch(make, [parts, all], [features, dy, output, partial]);
      return [byFeatures, ...sumOfParts(partial, kernel)];
    },
  ),

  dense: differentiable(
    (features: Tensor2D, kernel: Tensor2D, bias: Tensor1D) => {
      const { networks, inputs, outputs } = sizesOf(kernel, 2);
      const [all] = features.shape;
      const rows = all / networks;
      const output = unwritten<Tensor2D>([all, outputs]);
      const groups = Math.ceil(rows / densely.rowsPerGroup);
      const make = densely.dense(inputs, outputs);
      dispatch(make, [groups, networks], [features, kernel, bias, output], [integer(rows)]);
      return { output, saved: [features, kernel, bias] };
    },
    (dy, [features, kernel, bias]) => {
      const { networks, inputs, outputs } = sizesOf(kernel, 2);
      const rows = features.shape[0] / networks;
      const groups = Math.ceil(inputs / densely.inputsPerGroup);
      const byFeatures = unwritten<Tensor2D>(features.shape);
      const byFeature = densely.denseFeatureGradient(inputs, outputs);
      dispatch(byFeature, [groups, rows, networks], [dy, kernel, byFeatures]);
      const byKernel = unwritten<Tensor2D>(kernel.shape);
      const byBias = unwritten<Tensor1D>(bias.shape);
      const make = densely.denseKernelGradient(inputs, outputs);
      dispatch(make, [groups, networks], [features, dy, byKernel, byBias], [integer(rows)]);
      return [byFeatures, byKernel, byBias];
    },
  ),

  loss: (logits, labels, reduction) =>
    differentiable(
      (logits: Tensor2D) => {
        const [all, classes] = logits.shape;
        const [count] = labels.shape;
        const networks = all / count;
        const output = unwritten<Scalar>(networks === 1 ? [] : [networks]);
        const byLogits = unwritten<Tensor2D>(logits.shape);
        const weight = reduction === 'sum' ? 1 : 1 / count;
        const tensors = [logits, labels, output, byLogits];
        dispatch(loss(classes), [networks], tensors, [integer(count), real(weight)]);
        return { output, saved: [byLogits] };
      },
      (_dy, [byLogits]) => [byLogits.clone()],
    )(logits),
};

/** Of how many networks a kernel is, and the channels of each. @param rank of a network alone. */
function sizesOf(
  { shape }: Tensor,
  rank: 2 | 4,
): { readonly networks: number; readonly inputs: number; readonly outputs: number } {
  const [networks = 1] = shape.slice(0, -rank);
  const [inputs = 0, outputs = 0] = shape.slice(-2);
  return { networks, inputs, outputs };
}

/** @param count of images that each network is given. */
function convolve(
  make: (outputs: number) => Kernel,
  features: Tensor4D,
  count: number,
  kernel: Tensor4D,
  bias: Tensor1D,
): Tensor4D {
  const [, height, width] = features.shape;
  const { networks, outputs } = sizesOf(kernel, 4);
  const output = unwritten<Tensor4D>([networks * count, height, width, outputs]);
  const groups = convolutions.convolutionGroups(count, outputs, networks);
  dispatch(make(outputs), groups, [features, kernel, bias, output]);
  return output;
}

/** Room for them. @param inputs channels of the kernel. */
function partialSums(inputs: number, { shape: [images, , , outputs] }: Tensor4D): Tensor3D {
  const parts = images * gradients.partsPerImage(inputs);
  return unwritten<Tensor3D>([parts, gradients.gradientRows(inputs), outputs]);
}

/** The gradients by kernel and bias from their partial sums. */
function sumOfParts(partial: Tensor3D, kernel: Tensor4D): [Tensor4D, Tensor1D] {
  const { networks, inputs, outputs } = sizesOf(kernel, 4);
  const byKernel = unwritten<Tensor4D>(kernel.shape);
  const byBias = unwritten<Tensor>([...kernel.shape.slice(0, -4), outputs]) as Tensor1D;
  const groups = gradients.sumGroups(inputs, outputs, networks);
  const parts = [integer(partial.shape[0] / networks)];
  dispatch(gradients.sumParts(inputs, outputs), groups, [partial, byKernel, byBias], parts);
  return [byKernel, byBias];
}
