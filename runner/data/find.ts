import { existsSync } from 'node:fs';
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../cacheFolder.ts';
import { InputError, messageOf } from '../inputError.ts';
import { withLock } from '../lock.ts';
import { debianPackage, packageFolder } from './debianPackage.ts';
import { dataFiles } from './files.ts';
import { firstDefect } from './idx.ts';
import type { FetchOptions, Source } from './source.ts';
import { webSource } from './webSource.ts';

/** Where Fashion-MNIST is officially, then Debian's package of it. */
const officialSources: readonly Source[] = [
  webSource('http://fashion-mnist.s3-website.eu-central-1.amazonaws.com'),
  webSource('https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion'),
  debianPackage,
];

export interface FindOptions extends FetchOptions {
  /** The folder that the user names (`--data`): this one or an error. */
  readonly data?: string | undefined;
  /** What is being done, one sentence at a time. */
  readonly report: (message: string) => void;
  /** Anneal's cache folder; `cacheFolder()` if not given. */
  readonly cache?: string | undefined;
  /** Folders that the system may hold the data in. */
  readonly systemFolders?: readonly string[] | undefined;
  readonly sources?: readonly Source[] | undefined;
}

/**
 * The folder that holds Fashion-MNIST, its content verified: the one that the user names, or else
 * Anneal's cache, the system's, or the cache again after the data was fetched into it.
 *
 * @throws InputError that tells what is wrong with the user's folder, or all that was tried and why each
 * failed; the reason of `signal` where it is aborted.
 */
export async function findData(options: FindOptions): Promise<string> {
  if (options.data !== undefined) return checkNamedFolder(options.data);

  const { report } = options;
  const failures: string[] = [];
  for (const folder of usualFolders(options)) {
    const defect = await defectOfFolder(folder);
    if (defect === undefined) return folder;
    failures.push(defect);
    if (existsSync(folder)) report(`${folder} is not used: ${defect}.`);
  }

  const cached = cachedFolder(options);
  await requireWritable(cached);
  const onWait = (processId: number): void => {
    report(`Process ${processId} is fetching Fashion-MNIST; waiting for it.`);
  };
  const fetched = await withLock(
    join(cached, 'lock'),
    async () =>
      (await defectOfFolder(cached)) === undefined || fetchInto(cached, options, failures),
    { onWait, signal: options.signal },
  );
  if (fetched) return cached;
  const tried = failures.map((failure) => `\n  ${failure}`).join('');
  throw new InputError(
    `Fashion-MNIST was not found and could not be fetched: check the network, or give the folder ` +
      `that holds it with --data DIR. Tried:${tried}`,
  );
}

/**
 * The folder that holds Fashion-MNIST, where this computer has it already: nothing is fetched.
 *
 * @throws InputError that tells what is wrong with the folder that the user names.
 */
export async function findDataHere(
  options: Pick<FindOptions, 'data' | 'cache' | 'systemFolders'> = {},
): Promise<string | undefined> {
  if (options.data !== undefined) return checkNamedFolder(options.data);
  for (const folder of usualFolders(options)) {
    if ((await defectOfFolder(folder)) === undefined) return folder;
  }
  return undefined;
}

function cachedFolder({ cache = cacheFolder() }: Pick<FindOptions, 'cache'>): string {
  return join(cache, 'data', 'fashion-mnist');
}

function usualFolders({
  cache,
  systemFolders = [packageFolder],
}: Pick<FindOptions, 'cache' | 'systemFolders'>): readonly string[] {
  return [cachedFolder({ cache }), ...systemFolders];
}

/** Whether one of the sources could be fetched; why not is added to `failures`. */
async function fetchInto(
  folder: string,
  options: FindOptions,
  failures: string[],
): Promise<boolean> {
  const { report, signal } = options;
  for (const source of options.sources ?? officialSources) {
    report(`Fetching Fashion-MNIST from ${source.name}.`);
    try {
      await source.fetch(folder, options);
      return true;
    } catch (error) {
      signal?.throwIfAborted();
      const reason = messageOf(error);
      report(`That failed: ${reason}`);
      failures.push(reason);
    }
  }
  return false;
}

async function checkNamedFolder(data: string): Promise<string> {
  const folder = resolve(data);
  const defect = await defectOfFolder(folder);
  if (defect === undefined) return folder;
  const expected = dataFiles.map(({ name }) => name).join(', ');
  throw new InputError(
    `--data ${data}: ${defect}. Give a folder that holds Fashion-MNIST: ${expected}, ` +
      `each with or without .gz.`,
  );
}

/** The first thing that is wrong with a folder, as a clause; undefined where it is good. */
async function defectOfFolder(folder: string): Promise<string | undefined> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined) return `${folder} does not exist`;
  if (!isFolder) return `${folder} is not a folder`;
  return firstDefect(folder);
}

async function requireWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new InputError(
      `Fashion-MNIST has to be fetched, but ${folder} cannot be written: set ANNEAL_CACHE to a ` +
        `folder that can be, or give the folder that holds the data with --data DIR.`,
      { cause: error },
    );
  }
}
