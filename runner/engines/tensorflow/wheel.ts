import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type DownloadOptions, download } from '../../download.ts';
import type { PinnedWheel } from './pinnedWheel.ts';
import { type Python, pythons, runPython } from './python.ts';

/**
 * Fetches a wheel to the file `destination`, resumably and verified, from wherever the user's pip
 * would take it: its index, mirrors, proxies and certificates hold. pip names the address, Anneal
 * downloads; where not a byte comes that way (a login, a private certificate), pip downloads.
 * Does nothing where the file exists. Errors are one sentence that says what to do.
 */
export async function fetchWheel(
  wheel: PinnedWheel,
  destination: string,
  options: Pick<DownloadOptions, 'onProgress' | 'signal'> = {},
): Promise<void> {
  if (existsSync(destination)) return;
  const { onProgress, signal } = options;
  const python = await pythonWithPip(signal);
  const url = await wheelAddress(wheel, python, signal);
  let downloaded = 0;
  try {
    if (url === undefined) throw new Error(`pip names no address for ${wheel.file}.`);
    await download(url, destination, {
      sha256: wheel.sha256,
      signal,
      onProgress(received, total) {
        downloaded = received;
        onProgress?.(received, total);
      },
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (downloaded > 0) throw error;
    await pipDownload(wheel, python, destination, signal);
    await rm(`${destination}.part`, { force: true });
  }
}

/** The first Python that has pip. */
export async function pythonWithPip(signal?: AbortSignal): Promise<Python> {
  for (const python of pythons) {
    const version = await pip(python, ['--version'], signal).catch(() => '');
    signal?.throwIfAborted();
    if (version !== '') return python;
  }
  throw new Error(
    'TensorFlow cannot be fetched because there is no Python with pip on the PATH: install it ' +
      '(on Debian and Ubuntu: apt install python3-pip), or set ANNEAL_TENSORFLOW to the folder ' +
      'of a tensorflow package.',
  );
}

/**
 * The http(s) address from which pip would take the wheel, or undefined where it names none. Asked
 * by `pip index`, since `pip install --dry-run` downloads the file where an index has no metadata.
 */
export async function wheelAddress(
  wheel: PinnedWheel,
  python: Python,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const request = ['index', 'versions', '-vv', ...target(wheel), wheel.project];
  const log = await pip(python, request, signal).catch(() => '');
  signal?.throwIfAborted();
  const links = log.matchAll(/Found link (https?:[^\s#]+)/g);
  return [...links]
    .map(([, url = '']) => url)
    .find((url) => decodeURIComponent(basename(new URL(url).pathname)) === wheel.file);
}

async function pipDownload(
  wheel: PinnedWheel,
  python: Python,
  destination: string,
  signal?: AbortSignal,
): Promise<void> {
  const folder = `${destination}.pip`;
  const requirements = join(folder, 'requirements.txt');
  const { project, version, sha256 } = wheel;
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(requirements, `${project}==${version} --hash=sha256:${sha256}\n`);
    const what = ['--no-deps', '--require-hashes', '--requirement', requirements];
    await pip(python, ['download', ...target(wheel), ...what, '--dest', folder], signal);
    await rename(join(folder, wheel.file), destination);
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(
      `pip cannot fetch ${project} ${version}: ${complaint(error)} ` +
        `Check the network and the index that pip uses ("${python} -m pip config list").`,
      { cause: error },
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

const target = ({ platform }: PinnedWheel): string[] => [
  ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'],
  ...['--platform', platform, '--only-binary', ':all:'],
];

function pip(python: Python, parameters: readonly string[], signal?: AbortSignal): Promise<string> {
  // With pip's own five retries it takes minutes to find out that there is no network.
  const options = ['--no-input', '--retries', '1'];
  // Not in the user's folder, where a file pip.py would be taken for pip.
  return runPython(python, ['-m', 'pip', ...options, ...parameters], { folder: '/', signal });
}

/** The last thing that pip calls an error, or the last that it says, as a sentence. */
function complaint(error: unknown): string {
  const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  const lines = output.trim().split('\n');
  const line = lines.findLast((text) => text.startsWith('ERROR: ')) ?? lines.at(-1) ?? '';
  return `${line.replace(/^ERROR: |\.$/g, '')}.`;
}
