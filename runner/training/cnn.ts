import * as tf from '@tensorflow/tfjs-core';
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Layers } from './layers.ts';
import type { Network } from './network.ts';
import { parameterNames, type Parameters } from './parameters.ts';

/**
 * The tutorial's CNN made of an engine's layers: two 3x3 convolutions (32 and 16 features) with ReLU,
 * flattened, one dense layer.
 */
export function cnn(layers: Layers): Network {
  const logits = (parameters: Parameters, images: Tensor4D): Tensor2D => {
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
    return layers.dense(
      tf.reshape<tf.Rank.R2>(shapes, [shapes.shape[0], -1]),
      parameters['DENSE/kernel'] as Tensor2D,
      parameters['DENSE/bias'] as Tensor1D,
    );
  };

  return {
    load: (examples) => layers.load(examples),
    logits,
    lossAndGradients(parameters, batch, reduction) {
      const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) =>
        layers.loss(logits(byName(values), batch.images), batch.labels, reduction),
      )(parameterNames.map((name) => parameters[name]));
      return { loss: value, gradients: byName(grads) };
    },
  };
}

function byName(values: readonly tf.Tensor[]): Parameters {
  return Object.fromEntries(parameterNames.map((name, i) => [name, values[i]])) as Parameters;
}
