import { argMax, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import type { LoadedExamples } from './layers.ts';
import type { Network } from './network.ts';
import { OutOfMemoryError } from './outOfMemory.ts';
import type { Parameters } from './parameters.ts';
import { turn } from './turn.ts';

/** Images that are tested at a time; fewer from then on where a device has no memory for so many. */
let testBatchSize = 1000;

/**
 * Class that the network gives each image: one byte each.
 *
 * @throws OutOfMemoryError where the device has not even memory for one image.
 */
export async function predictClasses(
  network: Network,
  parameters: Parameters,
  examples: LoadedExamples,
): Promise<Uint8Array> {
  const classes = new Uint8Array(examples.count);
  for (let first = 0; first < examples.count;) {
    const size = Math.min(testBatchSize, examples.count - first);
    let predicted: Tensor1D | undefined;
    try {
      predicted = tidy(() => {
        const { images } = examples.batch(first, size);
        return argMax<Tensor1D>(network.logits(parameters, images), 1);
      });
      classes.set(await predicted.data(), first);
      first += size;
    } catch (error) {
      if (!(error instanceof OutOfMemoryError) || size === 1) throw error;
      testBatchSize = Math.ceil(size / 2);
    } finally {
      predicted?.dispose();
    }
    await turn();
  }
  return classes;
}

/** The share of predictions that are right, 0 to 1. */
export function accuracy(predicted: Uint8Array, labels: Uint8Array): number {
  return predicted.filter((label, i) => label === labels[i]).length / predicted.length;
}
