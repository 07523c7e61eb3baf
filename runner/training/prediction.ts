import { argMax, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import type { LoadedExamples } from './layers.ts';
import type { Network } from './network.ts';
import { OutOfMemoryError } from './outOfMemory.ts';
import type { Parameters } from './parameters.ts';
import { turn } from './turn.ts';

/**
 * Images that are tested at a time, by all networks together; fewer from then on where a device has no
 * memory for so many.
 */
let testBatchSize = 1000;

export interface TestOptions {
  /** How many networks there are in a stack. */
  readonly networks?: number;
  /**
   * Whether nothing else is computed on the device: else it is not known whose figures have no sense where
   * memory runs out.
   */
  readonly isAlone?: () => boolean;
  /** Is told each time that some images are classified. */
  readonly onTest?: (() => void) | undefined;
}

/**
 * Class that a network gives each image: one byte each, for each of the networks whose parameters are
 * stacked.
 *
 * @throws OutOfMemoryError where the device has not even memory for one image.
 */
export async function predictClasses(
  network: Network,
  parameters: Parameters,
  examples: LoadedExamples,
  { networks = 1, isAlone = () => true, onTest }: TestOptions = {},
): Promise<readonly Uint8Array[]> {
  const classes = Array.from({ length: networks }, () => new Uint8Array(examples.count));
  for (let first = 0; first < examples.count;) {
    const most = Math.max(1, Math.floor(testBatchSize / networks));
    const size = Math.min(most, examples.count - first);
    let predicted: Tensor1D | undefined;
    try {
      predicted = tidy(() => {
        const { images } = examples.batch(first, size);
        return argMax<Tensor1D>(network.logits(parameters, images), 1);
      });
      const all = await predicted.data();
      classes.forEach((own, i) => {
        own.set(all.subarray(i * size, (i + 1) * size), first);
      });
      first += size;
    } catch (error) {
      if (!(error instanceof OutOfMemoryError) || size === 1 || !isAlone()) throw error;
      error.recover();
      testBatchSize = networks * Math.ceil(size / 2);
    } finally {
      predicted?.dispose();
    }
    onTest?.();
    await turn();
  }
  return classes;
}

/** The share of predictions that are right, 0 to 1. */
export function accuracy(predicted: Uint8Array, labels: Uint8Array): number {
  return predicted.filter((label, i) => label === labels[i]).length / predicted.length;
}
