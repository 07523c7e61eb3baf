import '../../comparison/workerSignals.ts';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { work } from '../../comparison/workerProcess.ts';
import { cnn } from '../../training/cnn.ts';
import { wasmLayers } from './layers.ts';

await work(async () => {
  // esbuild.mjs puts the back-end's .wasm files beside this worker.
  setWasmPaths(`${import.meta.dirname}/`);
  await tf.setBackend('wasm');
  await tf.ready();
  return {
    network: cnn(wasmLayers),
    device: 'CPU, threads: 1',
    version: `tfjs-wasm ${version_wasm}`,
  };
});
