import { setTimeout } from 'node:timers/promises';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { BackendValues, TensorInfo } from '@tensorflow/tfjs-core';
import { messageOf } from '../../inputError.ts';
import { OutOfMemoryError } from '../../training/outOfMemory.ts';
import { BindGroups } from './bindGroups.ts';
import type { Kernel } from './kernels/kernel.ts';

/** What of an adapter a device may use, beyond what WebGPU promises everywhere. */
const usedLimits = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
] as const satisfies readonly (keyof GPUSupportedLimits)[];

/**
 * A device with all that an adapter allows, or with smaller limits.
 *
 * @throws Error where the driver gives none.
 */
export function openDevice(
  adapter: GPUAdapter,
  limits: Readonly<Record<string, number>> = {},
): Promise<GPUDevice> {
  const largest = Object.fromEntries(usedLimits.map((name) => [name, adapter.limits[name]]));
  const requiredFeatures = (['timestamp-query'] as const).filter((name) =>
    adapter.features.has(name),
  );
  return adapter.requestDevice({ requiredFeatures, requiredLimits: { ...largest, ...limits } });
}

/** After so many kernels they are handed to the GPU, as tfjs does it. */
const submitAfter = 15;

/** A number that a kernel is given, or four as a vector: their type, and themselves in an array. */
export interface KernelScalar {
  readonly type: 'uint32' | 'float32';
  readonly data: [number] | [number, number, number, number];
}

/** How many of them compute, along up to three dimensions. */
export type Workgroups = readonly [number, number?, number?];

/** The private part of tfjs's back-end (4.22.0) that queues kernels. */
interface Queueing {
  readonly commandQueueOwnedIds: WeakSet<object>;
  readonly commandEncoder: GPUCommandEncoder;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  readonly makeUniforms: (scalars: readonly KernelScalar[]) => GPUBufferBinding;
}

/** The private part of tfjs's buffers. */
interface Buffers {
  readonly freeBuffers: ReadonlyMap<string, GPUBuffer[]>;
}

/**
 * tfjs's back-end on a device that may fail. WebGPU tells its failures to listeners, while what was
 * computed just has no sense; here, whoever reads such values is told why there are none.
 */
export class WatchedBackend extends WebGPUBackend {
  private failure: Error | undefined;
  private readonly pipelines = new WeakMap<Kernel, GPUComputePipeline>();
  private readonly bindGroups: BindGroups;

  constructor(device: GPUDevice, info: GPUAdapterInfo) {
    super(device, info);
    this.bindGroups = new BindGroups(device);
    device.onuncapturederror = ({ error }) => {
      this.failure ??=
        error instanceof GPUOutOfMemoryError
          ? outOfMemory(() => {
              this.recover();
            })
          : new Error(error.message);
    };
  }

  /**
   * @throws OutOfMemoryError where the device did not have the memory for what was computed.
   * @throws Error where the device was lost: another one has to be opened, and nothing that lay on
   * this one is left.
   */
  override async read(dataId: object): Promise<BackendValues> {
    const values = await super.read(dataId).catch((error: unknown) => this.whyLost(error));
    if (this.failure) throw this.failure;
    return values;
  }

  /** @throws OutOfMemoryError for a tensor that is too large for any buffer of the device. */
  override uploadToGPU(dataId: object): void {
    const { shape, resource } = this.tensorMap.get(dataId);
    const bytes = 4 * shape.reduce((product, size) => product * size, 1);
    if (!resource && bytes > this.device.limits.maxStorageBufferBindingSize) throw outOfMemory();
    super.uploadToGPU(dataId);
  }

  /**
   * Queues a kernel among tfjs's own.
   *
   * @param tensors what it reads and writes, in the order of its bindings.
   */
  run(
    kernel: Kernel,
    [x, y = 1, z = 1]: Workgroups,
    tensors: readonly TensorInfo[],
    scalars: readonly KernelScalar[] = [],
  ): void {
    const buffers = tensors.map(({ dataId }) => {
      this.uploadToGPU(dataId);
      this.queueing.commandQueueOwnedIds.add(dataId);
      const data = this.tensorMap.get(dataId);
      // What was read before is kept by tfjs; a kernel may write to the tensor.
      Object.assign(data, { values: null });
      return { buffer: data.resource as GPUBuffer };
    });
    const uniforms = scalars.length > 0 ? [this.queueing.makeUniforms(scalars)] : [];
    const pipeline = this.pipelineOf(kernel);
    const group = this.bindGroups.of(pipeline, [...buffers, ...uniforms]);
    this.ensureCommandEncoderReady();
    const queueing = this.queueing;
    queueing.computePassEncoder ??= queueing.commandEncoder.beginComputePass();
    queueing.computePassEncoder.setPipeline(pipeline);
    queueing.computePassEncoder.setBindGroup(0, group);
    queueing.computePassEncoder.dispatchWorkgroups(x, y, z);
    if (++queueing.dispatchCountInPass >= submitAfter) {
      this.endComputePassEncoder();
      this.submitQueue();
    }
  }

  private pipelineOf(kernel: Kernel): GPUComputePipeline {
    const made = this.pipelines.get(kernel);
    if (made) return made;
    const { label, code } = kernel;
    const module = this.device.createShaderModule({ label, code });
    const pipeline = this.device.createComputePipeline({
      label,
      layout: 'auto',
      compute: { module, entryPoint: 'main' },
    });
    this.pipelines.set(kernel, pipeline);
    return pipeline;
  }

  /** tfjs has no door to its queue for kernels that write several tensors. */
  private get queueing(): Queueing {
    return this as unknown as Queueing;
  }

  /** What cannot be read is on a device that is lost, or about to be. */
  private async whyLost(error: unknown): Promise<never> {
    const lost = await Promise.race([this.device.lost, setTimeout(1000)]);
    throw new Error(`the GPU was lost (${(lost?.message ?? messageOf(error)).trim()})`);
  }

  /** Lets go of the buffers that are kept for later, of which some may be such as could not be allocated. */
  private recover(): void {
    this.failure = undefined;
    this.bindGroups.clear();
    const { freeBuffers } = this.bufferManager as unknown as Buffers;
    for (const buffers of freeBuffers.values()) {
      for (const buffer of buffers.splice(0)) buffer.destroy();
    }
  }
}

const outOfMemory = (recover?: () => void): OutOfMemoryError =>
  new OutOfMemoryError(
    'the memory of the GPU does not suffice: close what else uses it or take smaller batches',
    recover,
  );
