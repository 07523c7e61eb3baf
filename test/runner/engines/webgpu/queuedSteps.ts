// Queues training steps on Dawn's null device, which computes nothing, and prints what that took: all
// of it is work of the host.
import assert from 'node:assert/strict';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import { openDevice, WatchedBackend } from '../../../../runner/engines/webgpu/backend.ts';
import { loadDawn } from '../../../../runner/engines/webgpu/dawn.ts';
import { webgpuLayers } from '../../../../runner/engines/webgpu/layers.ts';
import { updateOf } from '../../../../runner/engines/webgpu/updates.ts';
import { cnn } from '../../../../runner/training/cnn.ts';
import { createOptimizer } from '../../../../runner/training/optimizers/optimizer.ts';
import { inLockstep } from '../../../../runner/training/lockstep.ts';
import { startingState } from '../../../../runner/training/start.ts';

/** Of the steps after the first ones, of a run alone and of runs in lockstep. */
export interface QueuedSteps {
  readonly alone: QueuedRuns;
  readonly inLockstep: QueuedRuns;
}

export interface QueuedRuns {
  readonly runs: number;
  /** For each step, the reading of its loss included. */
  readonly milliseconds: number;
  /** How often a step, not the reading, makes something of the device, by the name of the call. */
  readonly made: Readonly<Record<string, number>>;
}

const steps = 500;
const warmUpSteps = 100;
/** The null device has 512 MB: enough for stacks of these. */
const batchSize = 16;
/** As many as the tutorial compares. */
const manyRuns = 14;
/** As many steps as are read at a time where one takes a millisecond. */
const group = 50;

const gpu = loadDawn().create(['backend=null']);
const adapter = await gpu.requestAdapter();
if (!adapter) throw new Error('Dawn has no null device.');
const device = await openDevice(adapter);
const info = (adapter as GPUAdapter & { readonly info: GPUAdapterInfo }).info;
tf.registerBackend('webgpu', () => new WatchedBackend(device, info));
await tf.setBackend('webgpu');

const made: Record<string, number> = {};
let isCounted = false;
const makers = [
  'createCommandEncoder',
  'createBindGroup',
  'createShaderModule',
  'createComputePipeline',
  'createBuffer',
];
for (const name of makers as (keyof GPUDevice)[]) {
  const make = (device[name] as (...args: unknown[]) => unknown).bind(device);
  const counted = (...args: unknown[]): unknown => {
    if (isCounted) made[name] = (made[name] ?? 0) + 1;
    return make(...args);
  };
  Object.defineProperty(device, name, { value: counted });
}

const sgd = { name: 'sgd', args: { momentum: 0.9, nesterov: false }, clipByGlobalNorm: null };
const updateOnGpu = updateOf(sgd) ?? assert.fail('SGD has no kernel.');
const network = cnn(webgpuLayers);
const count = 4 * batchSize;
const examples = network.load({
  count,
  images: new Uint8Array(count * 784),
  labels: new Uint8Array(count),
});

async function queue(runs: number): Promise<QueuedRuns> {
  const starts = Array.from({ length: runs }, () => startingState(0, createOptimizer(sgd)));
  let { parameters, optimizer } = inLockstep(starts);
  const rates = starts.map(() => 1e-3);
  let losses: tf.Tensor[] = [];
  let begin = 0;
  for (const name of Object.keys(made)) made[name] = 0;
  for (let step = 0; step < warmUpSteps + steps; step++) {
    if (step === warmUpSteps) begin = performance.now();
    isCounted = step >= warmUpSteps;
    const batch = (step * batchSize) % count;
    const after = tf.tidy(() => {
      const images = examples.batch(batch, batchSize);
      const { loss, gradients } = network.lossAndGradients(parameters, images, 'sum');
      return { loss, ...updateOnGpu(gradients, optimizer, parameters, rates) };
    });
    ({ parameters, state: optimizer } = after);
    losses.push(after.loss);
    isCounted = false;
    if (losses.length < group) continue;
    const stacked = tf.stack(losses);
    tf.dispose(losses);
    losses = [];
    await stacked.data();
    stacked.dispose();
  }
  const milliseconds = (performance.now() - begin) / steps;
  const each = Object.entries(made).filter(([, calls]) => calls > 0);
  return { runs, milliseconds, made: Object.fromEntries(each.map(([of, n]) => [of, n / steps])) };
}

const result: QueuedSteps = { alone: await queue(1), inLockstep: await queue(manyRuns) };
process.stdout.write(JSON.stringify(result), () => process.exit());
