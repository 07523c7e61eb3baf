/** Dawn, as its native module for Node offers it. */
export interface Dawn {
  readonly create: (options: readonly string[]) => GPU;
  readonly globals: object;
}

/** What can compute here: a GPU by one of its drivers, or software that acts as one. */
export interface Adapter {
  /** As its driver calls it: "NVIDIA H100 80GB HBM3". */
  readonly name: string;
  /** By which API Dawn reaches it: vulkan, metal, d3d12 ... */
  readonly api: string;
  readonly isSoftware: boolean;
  readonly adapter: GPUAdapter;
  readonly info: GPUAdapterInfo;
  /** Dawn ends with it, so it has to live as long as what comes from the adapter. */
  readonly gpu: GPU;
}

/** Names the adapter to train on, or a part of its name; the only way to one that is software. */
export const adapterVariable = 'ANNEAL_WEBGPU_ADAPTER';

/**
 * Opens the adapter that is asked for, else the fastest GPU.
 *
 * @param wanted the name of an adapter or a part of it; '' for any GPU, but no software.
 * @throws Error that says what there is and what to do.
 */
export async function openAdapter(
  dawn: Dawn,
  wanted: string,
): Promise<{ readonly chosen: Adapter; readonly all: readonly Adapter[] }> {
  const all = await listAdapters(dawn);
  const choosable = all.filter(({ name, isSoftware }) =>
    wanted === '' ? !isSoftware : name.toLowerCase().includes(wanted.toLowerCase()),
  );
  const fastest = await dawn.create([]).requestAdapter({ powerPreference: 'high-performance' });
  const chosen =
    choosable.find(({ info }) => fastest && isSame(info, infoOf(fastest))) ?? choosable[0];
  if (!chosen) throw new Error(noAdapter(all, wanted));
  return { chosen, all };
}

/** "NVIDIA H100 80GB HBM3 (vulkan)" */
export function adapterLabel({ name, api, isSoftware }: Adapter): string {
  return `${name} (${api}${isSoftware ? ', software' : ''})`;
}

/** All adapters of this machine, software ones too. */
async function listAdapters(dawn: Dawn): Promise<readonly Adapter[]> {
  const opened = (await namesOf(dawn)).map(async ({ api, name }) => {
    const gpu = dawn.create([`backend=${api}`, `adapter=${name}`]);
    const adapter = await gpu.requestAdapter();
    if (!adapter) return [];
    const info = infoOf(adapter);
    return [{ name, api, isSoftware: info.isFallbackAdapter, adapter, info, gpu }];
  });
  return (await Promise.all(opened)).flat();
}

/** Dawn lists its adapters, as npm's `webgpu` documents it, where it is asked for one that is not there. */
async function namesOf(dawn: Dawn) {
  const list = await dawn
    .create(['adapter=?'])
    .requestAdapter()
    .then(
      () => '',
      (error: unknown) => String(error),
    );
  const lines = list.matchAll(/backend: '(.*?)', name: '(.*)'/g);
  return Array.from(lines, ([, api = '', name = '']) => ({ api, name }));
}

/** WebGPU as it is today; @webgpu/types knows an older one. */
function infoOf(adapter: GPUAdapter): GPUAdapterInfo & { readonly isFallbackAdapter: boolean } {
  return (adapter as unknown as { readonly info: ReturnType<typeof infoOf> }).info;
}

function isSame(a: GPUAdapterInfo, b: GPUAdapterInfo): boolean {
  const fields = ['vendor', 'architecture', 'device', 'description'] as const;
  return fields.every((field) => a[field] === b[field]);
}

function noAdapter(all: readonly Adapter[], wanted: string): string {
  const [first] = all;
  const there = all.map(adapterLabel).join(', ');
  if (wanted !== '') {
    return `found no adapter "${wanted}", which ${adapterVariable} names; there is ${there || 'none'}`;
  }
  if (!first) return 'found no GPU: install its driver (on Linux, one for Vulkan)';
  return (
    `found no GPU, only software, which is slower than the other engines: ${there}; ` +
    `to train on it all the same, set ${adapterVariable}=${first.name.split(' ')[0] ?? ''}`
  );
}
