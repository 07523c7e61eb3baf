// Tests a network on images where each takes much of the GPU's memory, of which there is little, and
// prints what came out. The address space of this process is limited, which limits a software GPU.
import * as tf from '@tensorflow/tfjs-core';
import type { WatchedBackend } from '../../../../runner/engines/webgpu/backend.ts';
import { webgpuLayers } from '../../../../runner/engines/webgpu/layers.ts';
import { openWebgpu } from '../../../../runner/engines/webgpu/opening.ts';
import { unwritten } from '../../../../runner/engines/webgpu/operations.ts';
import { messageOf } from '../../../../runner/inputError.ts';
import { cnn } from '../../../../runner/training/cnn.ts';
import type { Layers } from '../../../../runner/training/layers.ts';
import { createOptimizer } from '../../../../runner/training/optimizers/optimizer.ts';
import { predictClasses } from '../../../../runner/training/prediction.ts';
import { startingState } from '../../../../runner/training/start.ts';

/** Of one test: its classes, or why there are none; and how many images were tried at a time. */
export interface MemoryOutcome {
  readonly result: readonly number[] | string;
  readonly batches: readonly number[];
}

const megabyte = 2 ** 20;
const ballastBytes = 64 * megabyte;

await openWebgpu();
const backend = tf.backend() as WatchedBackend;
const sgd = { name: 'sgd', args: { momentum: null, nesterov: false }, clipByGlobalNorm: null };
const { parameters } = startingState(0, createOptimizer(sgd));

/** Tests images of which each takes so much memory besides. */
async function outcomeOf(count: number, megabytesEach: number): Promise<MemoryOutcome> {
  const batches: number[] = [];
  const layers: Layers = {
    ...webgpuLayers,
    firstConvolution(images, kernel, bias) {
      batches.push(images.shape[0]);
      if (megabytesEach > 0) {
        const floats = (images.shape[0] * megabytesEach * megabyte) / 4;
        backend.uploadToGPU(unwritten([floats]).dataId);
      }
      return webgpuLayers.firstConvolution(images, kernel, bias);
    },
  };
  const examples = layers.load({
    count,
    images: Uint8Array.from({ length: count * 784 }, (_, i) => (i * i * 37) % 256),
    labels: new Uint8Array(count),
  });
  const predicted = predictClasses(cnn(layers), parameters, examples);
  const result = await predicted.then(([classes = []]) => Array.from(classes), messageOf);
  examples.dispose();
  return { result, batches };
}

/** What takes the rest; memory of what nobody holds is given back. */
const ballast: GPUBuffer[] = [];

/** Leaves so much memory of all that there is. */
async function leave(megabytes: number): Promise<void> {
  for (;;) {
    backend.device.pushErrorScope('out-of-memory');
    const buffer = backend.device.createBuffer({
      size: ballastBytes,
      usage: GPUBufferUsage.STORAGE,
    });
    if (await backend.device.popErrorScope()) {
      for (const last of ballast.slice((-megabytes * megabyte) / ballastBytes)) last.destroy();
      return;
    }
    ballast.push(buffer);
  }
}

const plenty = await outcomeOf(20, 0);
await leave(512);
const outcomes = [plenty, await outcomeOf(20, 40), await outcomeOf(2, 800)];
process.stdout.write(JSON.stringify(outcomes), () => process.exit());
