import '../../comparison/workerSignals.ts';
import './removedNodeFunctions.ts';
import '@tensorflow/tfjs-node-gpu';
import * as tf from '@tensorflow/tfjs-core';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import { work } from '../../comparison/workerProcess.ts';
import { portableLayers } from '../portableLayers.ts';
import { tensorflowLayers } from './layers.ts';

await work(async () => {
  await tf.ready();
  const { binding, isUsingGpuDevice } = tf.backend() as NodeJSKernelBackend;
  const threads = process.env['TF_NUM_INTRAOP_THREADS'];
  return {
    // The stock layers are there to be measured against (bench/).
    layers: process.env['ANNEAL_LAYERS'] === 'portable' ? portableLayers : tensorflowLayers(),
    device: isUsingGpuDevice ? 'GPU (CUDA)' : `CPU${threads ? `, threads: ${threads}` : ''}`,
    version: `TensorFlow ${binding.TF_Version}`,
  };
});
