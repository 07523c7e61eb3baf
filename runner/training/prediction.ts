import { argMax, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import type { Examples } from '../data/dataset.ts';
import { toBatch } from './batches.ts';
import { logits, type Parameters } from './cnn.ts';
import type { Layers } from './layers.ts';
import { turn } from './turn.ts';

const testBatchSize = 1000;

/** Class that the network gives each image: one byte each. */
export async function predictClasses(
  layers: Layers,
  parameters: Parameters,
  examples: Examples,
): Promise<Uint8Array> {
  const classes = new Uint8Array(examples.count);
  for (let first = 0; first < examples.count; first += testBatchSize) {
    const predicted = tidy(() => {
      const { images } = toBatch(layers, examples, first, testBatchSize);
      return argMax<Tensor1D>(logits(layers, parameters, images), 1);
    });
    classes.set(await predicted.data(), first);
    predicted.dispose();
    await turn();
  }
  return classes;
}

/** The share of predictions that are right, 0 to 1. */
export function accuracy(predicted: Uint8Array, labels: Uint8Array): number {
  return predicted.filter((label, i) => label === labels[i]).length / predicted.length;
}
