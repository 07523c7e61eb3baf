import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DownloadOptions } from '../../download.ts';
import { withLock } from '../../lock.ts';
import type { ReadyEngine } from './availability.ts';
import { buildBinding, builtBinding, findBinding } from './binding.ts';
import { cudaFacts, cudaFolder, whyNoGpu } from './cuda.ts';
import { cudaWheels, pinnedGpuWheel } from './cudaWheels.ts';
import {
  engineFolder,
  findLibrary,
  type FoundLibrary,
  installedGpuPackages,
  installedPackages,
  type TensorFlowLibrary,
} from './library.ts';
import { type PinnedWheel, pinnedWheel } from './pinnedWheel.ts';
import { cudaPart, tensorflowPart, unpackWheel, type WheelPart } from './unpacking.ts';
import { fetchWheel } from './wheel.ts';

export interface InstallOptions extends Pick<DownloadOptions, 'onProgress' | 'signal'> {
  /** Whether it is to be a TensorFlow with CUDA, for NVIDIA's cards, with all that it needs. */
  readonly gpu?: boolean | undefined;
  /** Told what is being done, a sentence each. */
  readonly report?: ((message: string) => void) | undefined;
}

/** Bytes for the wheel (280 MB) and what is unpacked of it (860 to 890 MB). */
const roomNeeded = 1.2e9;

/** The same with CUDA: each wheel is removed once it is unpacked. */
const roomNeededWithCuda = 9e9;

/**
 * Makes the tensorflow engine ready: finds TensorFlow or fetches the pinned wheel (`onProgress`
 * tells the bytes), and takes or builds the binding. Quick where all is there; can be stopped at
 * any moment and goes on where it was; two at once take turns. Every error is one sentence.
 */
export async function installTensorFlow(options: InstallOptions = {}): Promise<ReadyEngine> {
  const { report, signal } = options;
  const choice = options.gpu ? pinnedGpuWheel() : pinnedWheel();
  if (choice.state === 'unsupported') throw new Error(choice.why);
  await makeFolder(engineFolder());
  return withLock(
    join(engineFolder(), 'lock'),
    async () => {
      const found = await findLibrary();
      const library = options.gpu
        ? await gpuLibrary(choice.wheel, found, options)
        : found.state === 'found'
          ? found
          : await fetchLibrary(choice.wheel, found.why, options);
      report?.(`TensorFlow ${library.version} is in ${library.folder}.`);
      const bindingPath = findBinding() ?? (await makeBinding(library, options));
      const { folder: libraryPath, version, source } = library;
      return { state: 'ready', libraryPath, bindingPath, version, source };
    },
    { signal, onWait: () => report?.('Waiting for another process that installs TensorFlow.') },
  );
}

async function fetchLibrary(
  wheel: PinnedWheel,
  why: string,
  options: InstallOptions,
): Promise<FoundLibrary> {
  refuseNamedLibrary(why);
  await checkRoom(roomNeeded, [wheel]);
  options.report?.(why);
  await fetchPackage(wheel, installedPackages(wheel), tensorflowPart, options);
  return installedLibrary();
}

/** A TensorFlow with CUDA: the one that is there and has all of it, else the pinned one. */
async function gpuLibrary(
  wheel: PinnedWheel,
  found: TensorFlowLibrary,
  options: InstallOptions,
): Promise<FoundLibrary> {
  const facts = found.state === 'found' ? cudaFacts(found.folder) : undefined;
  if (found.state === 'found' && !facts?.isWithoutCuda && facts?.missingLibraries.length === 0) {
    return found;
  }
  const why = facts ? whyNoGpu(facts) : found.state === 'missing' ? found.why : '';
  refuseNamedLibrary(why);
  const wheels = [wheel, ...cudaWheels];
  const missing = wheels.filter((each) => !existsSync(destinationOf(each)));
  if (missing.length > 0) await checkRoom(roomNeededWithCuda, missing);
  for (const each of missing) {
    await fetchPackage(
      each,
      destinationOf(each),
      each === wheel ? tensorflowPart : cudaPart,
      options,
    );
  }
  return installedLibrary();

  function destinationOf(each: PinnedWheel): string {
    return each === wheel ? installedGpuPackages(wheel) : cudaFolder(each);
  }
}

async function fetchPackage(
  wheel: PinnedWheel,
  destination: string,
  part: WheelPart,
  options: InstallOptions,
): Promise<void> {
  const { report, signal } = options;
  const { project, version } = wheel;
  const file = join(engineFolder(), wheel.file);
  report?.(`Fetching ${project} ${version}.`);
  await fetchWheel(wheel, file, options);
  report?.(`Unpacking ${project}.`);
  await mkdir(dirname(destination), { recursive: true });
  await unpackWheel(file, destination, { signal, part });
  await rm(file);
}

/** What a person has named is not replaced by what they have not. */
function refuseNamedLibrary(why: string): void {
  if (process.env['ANNEAL_TENSORFLOW']) throw new Error(`${why} Correct or unset that variable.`);
}

async function installedLibrary(): Promise<FoundLibrary> {
  const installed = await findLibrary();
  if (installed.state === 'missing') throw new Error(installed.why);
  return installed;
}

async function makeBinding(library: FoundLibrary, options: InstallOptions): Promise<string> {
  options.report?.('Building the TensorFlow binding.');
  const output = builtBinding();
  await makeFolder(engineFolder());
  await buildBinding(library, output, options.signal);
  return output;
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new Error(
      `${folder} cannot be made (${String(error)}): set ANNEAL_CACHE to a folder that can be written.`,
      { cause: error },
    );
  }
}

/** Files of these wheels that are there already belong to what is needed. */
async function checkRoom(roomNeeded: number, wheels: readonly PinnedWheel[]): Promise<void> {
  const folder = engineFolder();
  const files = wheels.map(({ file }) => join(folder, file));
  const held = files.flatMap((file) => [file, `${file}.part`]);
  const { bavail, bsize } = await statfs(folder);
  let room = bavail * bsize;
  for (const file of held) room += (await stat(file).catch(() => ({ size: 0 }))).size;
  if (room >= roomNeeded) return;
  throw new Error(
    `TensorFlow needs ${gigabytes(roomNeeded)} for a while and ${folder} has ${gigabytes(room)} ` +
      `left: free some space, or set ANNEAL_CACHE to a folder on another disk.`,
  );
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
