import * as tf from '@tensorflow/tfjs-core';
import tfjs from '@tensorflow/tfjs-backend-webgpu/package.json' with { type: 'json' };
import { adapterLabel, adapterVariable, openAdapter } from './adapters.ts';
import { openDevice, WatchedBackend } from './backend.ts';
import { loadDawn } from './dawn.ts';

/** What trains, in words. */
export interface OpenWebgpu {
  readonly device: string;
  readonly version: string;
  /** All that WebGPU reaches here. */
  readonly adapters: readonly string[];
  /** In bytes. */
  readonly largestTensor: number;
}

/**
 * Makes tfjs compute on the GPU, or on the adapter that the environment names.
 *
 * @throws Error that says what is missing.
 */
export async function openWebgpu(): Promise<OpenWebgpu> {
  const dawn = loadDawn();
  const { chosen, all } = await openAdapter(dawn, process.env[adapterVariable] ?? '');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: chosen.gpu } });
  const device = await openDevice(chosen.adapter);
  tf.registerBackend('webgpu', () => new WatchedBackend(device, chosen.info));
  await tf.setBackend('webgpu');
  return {
    device: `${chosen.isSoftware ? 'CPU' : 'GPU'}, ${adapterLabel(chosen)}`,
    version: `tfjs-webgpu ${tfjs.version}`,
    adapters: all.map(adapterLabel),
    largestTensor: device.limits.maxStorageBufferBindingSize,
  };
}
