import { backend, engine, type DataType, type Tensor } from '@tensorflow/tfjs-core';
import type { KernelScalar, WatchedBackend } from './backend.ts';
import type { Kernel } from './kernels/kernel.ts';

/** A tensor for a kernel to write. */
export function unwritten<T extends Tensor>(shape: T['shape'], type: DataType = 'float32'): T {
  const info = (backend() as WatchedBackend).makeTensorInfo(shape, type);
  return engine().makeTensorFromTensorInfo(info) as T;
}

/** Queues a kernel; see `WatchedBackend.run`. */
export function dispatch(
  kernel: Kernel,
  workgroups: readonly [number, number?],
  tensors: readonly Tensor[],
  scalars?: readonly KernelScalar[],
): void {
  (backend() as WatchedBackend).run(kernel, workgroups, tensors, scalars);
}

export const integer = (value: number): KernelScalar => ({ type: 'uint32', data: [value] });
export const real = (value: number): KernelScalar => ({ type: 'float32', data: [value] });
