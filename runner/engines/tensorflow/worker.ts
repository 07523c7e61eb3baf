import '../../comparison/workerSignals.ts';
import './removedNodeFunctions.ts';
import '@tensorflow/tfjs-node-gpu';
import * as tf from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import { work } from '../../comparison/workerProcess.ts';
import { cnn } from '../../training/cnn.ts';
import { portableLayers } from '../portableLayers.ts';
import { graphNetwork } from './graph/graphNetwork.ts';
import { tensorflowLayers } from './layers.ts';

/** Ways to compute the network; ANNEAL_NETWORK names another one than the fastest (tests and bench/). */
const networks = {
  /** For the CPU. */
  graph: (threads: number) => graphNetwork(threads),
  /** For a GPU. */
  layers: () => cnn(tensorflowLayers()),
  /** As tfjs-node comes. */
  stock: () => cnn(portableLayers),
};

await work(async () => {
  const threads = Number(process.env['TF_NUM_INTRAOP_THREADS']);
  await tf.ready();
  const { binding, isUsingGpuDevice } = tf.backend() as NodeJSKernelBackend;
  const fastest = isUsingGpuDevice ? 'layers' : 'graph';
  const name = (process.env['ANNEAL_NETWORK'] ?? fastest) as keyof typeof networks;
  return {
    network: await networks[name](threads),
    device: isUsingGpuDevice ? 'GPU (CUDA)' : `CPU, threads: ${threads}`,
    version: `TensorFlow ${binding.TF_Version}`,
  };
});
