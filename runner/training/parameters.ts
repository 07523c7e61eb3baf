import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * The parameters of the tutorial's CNN under the names that Flax gives them, with their shapes:
 * kernels [height, width, input channels, output channels] or [inputs, outputs], biases [outputs].
 */
export const parameterShapes = {
  'CONV1/kernel': [3, 3, 1, 32],
  'CONV1/bias': [32],
  'CONV2/kernel': [3, 3, 32, 16],
  'CONV2/bias': [16],
  'DENSE/kernel': [12544, 10],
  'DENSE/bias': [10],
} as const;

export type ParameterName = keyof typeof parameterShapes;

/** Names in Flax's order (sorted), which is the order in which everything is saved. */
export const parameterNames = Object.keys(parameterShapes).sort() as ParameterName[];

/** Tensors by name: parameters, gradients, updates or an optimizer's accumulators. */
export type Tensors = Readonly<Record<string, Tensor>>;

export type Parameters = Readonly<Record<ParameterName, Tensor>>;
