import { backend, engine, type DataType, type Tensor } from '@tensorflow/tfjs-core';
import type { KernelScalar, WatchedBackend, Workgroups } from './backend.ts';
import { vectors, type Kernel } from './kernels/kernel.ts';

/** A tensor for a kernel to write. */
export function unwritten<T extends Tensor>(shape: T['shape'], type: DataType = 'float32'): T {
  const info = (backend() as WatchedBackend).makeTensorInfo(shape, type);
  return engine().makeTensorFromTensorInfo(info) as T;
}

/** Queues a kernel; see `WatchedBackend.run`. */
export function dispatch(
  kernel: Kernel,
  workgroups: Workgroups,
  tensors: readonly Tensor[],
  scalars?: readonly KernelScalar[],
): void {
  (backend() as WatchedBackend).run(kernel, workgroups, tensors, scalars);
}

export const integer = (value: number): KernelScalar => ({ type: 'uint32', data: [value] });
export const real = (value: number): KernelScalar => ({ type: 'float32', data: [value] });

/** Any count of numbers as `vectors(count)` vec4f of a kernel's scalars. */
export const reals = (values: readonly number[]): readonly KernelScalar[] =>
  Array.from({ length: vectors(values.length) }, (_, i) => {
    const [a = 0, b = 0, c = 0, d = 0] = values.slice(4 * i, 4 * i + 4);
    return { type: 'float32', data: [a, b, c, d] };
  });
