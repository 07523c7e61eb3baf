import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { DownloadOptions } from '../../download.ts';
import { withLock } from '../../lock.ts';
import type { ReadyEngine } from './availability.ts';
import { buildBinding, builtBinding, findBinding } from './binding.ts';
import { engineFolder, findLibrary, type FoundLibrary, installedPackages } from './library.ts';
import { type PinnedWheel, pinnedWheel } from './pinnedWheel.ts';
import { unpackWheel } from './unpacking.ts';
import { fetchWheel } from './wheel.ts';

export interface InstallOptions extends Pick<DownloadOptions, 'onProgress' | 'signal'> {
  /** Told what is being done, a sentence each. */
  readonly report?: ((message: string) => void) | undefined;
}

/** Bytes for the wheel (280 MB) and what is unpacked of it (860 to 890 MB). */
const roomNeeded = 1.2e9;

/**
 * Makes the tensorflow engine ready: finds TensorFlow or fetches the pinned wheel (`onProgress`
 * tells the bytes), and takes or builds the binding. Quick where all is there; can be stopped at
 * any moment and goes on where it was; two at once take turns. Every error is one sentence.
 */
export async function installTensorFlow(options: InstallOptions = {}): Promise<ReadyEngine> {
  const { report, signal } = options;
  const choice = pinnedWheel();
  if (choice.state === 'unsupported') throw new Error(choice.why);
  await makeFolder(engineFolder());
  return withLock(
    join(engineFolder(), 'lock'),
    async () => {
      const found = await findLibrary();
      const library =
        found.state === 'found' ? found : await fetchLibrary(choice.wheel, found.why, options);
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
  if (process.env['ANNEAL_TENSORFLOW']) throw new Error(`${why} Correct or unset that variable.`);
  const { report, signal } = options;
  const folder = engineFolder();
  const file = join(folder, wheel.file);
  await checkRoom(folder, [file, `${file}.part`]);
  report?.(`${why} Fetching ${wheel.project} ${wheel.version} (280 MB).`);
  await fetchWheel(wheel, file, options);
  report?.('Unpacking the TensorFlow library.');
  await unpackWheel(file, installedPackages(wheel), signal);
  await rm(file);
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

/** `held` are files that may be there already and belong to what is needed. */
async function checkRoom(folder: string, held: readonly string[]): Promise<void> {
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
