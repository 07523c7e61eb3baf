import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor4D, Scalar } from '@tensorflow/tfjs-core';
import type { LossReduction } from '../protocol.ts';
import type { Batch, Layers } from './layers.ts';
import { parameterNames, type ParameterName } from './parameters.ts';

export type Parameters = Readonly<Record<ParameterName, tf.Tensor>>;

/**
 * The tutorial's CNN: two 3x3 convolutions (32 and 16 features) with ReLU, flattened, one dense layer.
 *
 * @param images of a batch that `layers.load` made: n images of 28 x 28.
 * @returns logits [n, 10].
 */
export function logits(layers: Layers, parameters: Parameters, images: Tensor4D): Tensor2D {
  const edges = layers.firstConvolution(
    images,
    parameters['CONV1/kernel'] as Tensor4D,
    parameters['CONV1/bias'] as Tensor1D,
  );
  const shapes = layers.convolution(
    edges,
    parameters['CONV2/kernel'] as Tensor4D,
    parameters['CONV2/bias'] as Tensor1D,
  );
  const flat = tf.reshape<tf.Rank.R2>(shapes, [images.shape[0], -1]);
  return layers.dense(
    flat,
    parameters['DENSE/kernel'] as Tensor2D,
    parameters['DENSE/bias'] as Tensor1D,
  );
}

/**
 * The loss of a batch and its gradients, one for each parameter.
 *
 * Call it inside `tf.tidy`. The loss is a scalar: the cross-entropy summed over the batch, as in the
 * tutorial, or its mean.
 */
export function lossAndGradients(
  layers: Layers,
  parameters: Parameters,
  batch: Batch,
  reduction: LossReduction,
): { loss: Scalar; gradients: Parameters } {
  const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) =>
    layers.loss(logits(layers, byName(values), batch.images), batch.labels, reduction),
  )(parameterNames.map((name) => parameters[name]));
  return { loss: value, gradients: byName(grads) };
}

function byName(values: readonly tf.Tensor[]): Parameters {
  return Object.fromEntries(parameterNames.map((name, i) => [name, values[i]])) as Parameters;
}
