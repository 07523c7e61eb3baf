/** So many are kept: more than a step and an evaluation have. */
const most = 500;

/**
 * Which buffers a pipeline computes on, made once: to make it takes longer than to queue the kernel, and
 * tfjs gives a step the buffers that the step before it gave back.
 */
export class BindGroups {
  private readonly groups = new Map<string, GPUBindGroup>();
  private readonly numbers = new WeakMap<object, number>();
  private lastNumber = 0;

  constructor(private readonly device: GPUDevice) {}

  of(pipeline: GPUComputePipeline, bindings: readonly GPUBufferBinding[]): GPUBindGroup {
    const key = [pipeline, ...bindings.map(({ buffer }) => buffer)]
      .map((object) => this.numberOf(object))
      .join();
    const known = this.groups.get(key);
    if (known) return known;
    const group = this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: bindings.map((resource, binding) => ({ binding, resource })),
    });
    if (this.groups.size === most) this.clear();
    this.groups.set(key, group);
    return group;
  }

  /** Lets go of all buffers. */
  clear(): void {
    this.groups.clear();
  }

  private numberOf(object: object): number {
    const known = this.numbers.get(object);
    if (known !== undefined) return known;
    this.numbers.set(object, ++this.lastNumber);
    return this.lastNumber;
  }
}
