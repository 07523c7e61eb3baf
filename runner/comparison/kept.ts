import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { cannotWrite, InputError, systemErrorCode } from '../inputError.ts';
import { lockOwner } from '../lock.ts';
import { checkpointFiles } from './checkpoints.ts';
import { comparisonFolder, type ComparisonFolder } from './folder.ts';
import { readJournal, withoutSteps } from './journal.ts';
import { ownFolder } from './ownFolder.ts';
import { afterEvent, type ComparisonState } from './runStates.ts';

/** A comparison on disk, and what it takes there. */
export interface KeptComparison {
  readonly name: string;
  readonly folder: ComparisonFolder;
  /** When its journal was written last. */
  readonly changed: Date;
  /** Undefined where its journal cannot be read. */
  readonly state: ComparisonState | undefined;
  readonly isRunning: boolean;
  /** All that Anneal has written there; a file of somebody else's is not among them. */
  readonly files: readonly KeptFile[];
  /** Those of `files` that are checkpoints before a run's last ones. */
  readonly oldCheckpoints: readonly KeptFile[];
}

export interface KeptFile {
  readonly path: string;
  readonly bytes: number;
  /** The same for all names of one file: runs that are reused share theirs. */
  readonly inode: string;
  /** How many names it has, here and elsewhere. */
  readonly names: number;
}

/** The comparisons in a folder, or the one that it is itself, with the newest first. */
export async function keptComparisons(path: string): Promise<readonly KeptComparison[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new InputError(`${path} cannot be read; is it a folder of comparisons?`);
  });
  const folders = entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(path, name));
  const kept = await Promise.all([path, ...folders].map(keptComparison));
  return kept
    .filter((one) => one !== undefined)
    .sort((a, b) => b.changed.getTime() - a.changed.getTime());
}

async function keptComparison(path: string): Promise<KeptComparison | undefined> {
  const folder = comparisonFolder(path);
  const written = (await stat(folder.plan).catch(() => undefined))?.mtime;
  if (!written) return undefined;
  const changed = (await stat(folder.events).catch(() => undefined))?.mtime ?? written;
  const [state, owner, files, oldCheckpoints] = await Promise.all([
    stateOf(folder),
    lockOwner(folder.lock),
    ownFiles(folder),
    oldCheckpointsOf(folder),
  ]);
  const old = new Set(oldCheckpoints);
  return {
    name: basename(resolve(path)),
    folder,
    changed,
    state,
    isRunning: owner !== undefined,
    files,
    oldCheckpoints: files.filter((file) => old.has(file.path)),
  };
}

async function stateOf({ events }: ComparisonFolder): Promise<ComparisonState | undefined> {
  const journal = await readJournal(events, { read: withoutSteps }).catch(() => []);
  return journal.reduce<ComparisonState | undefined>(afterEvent, undefined);
}

/** What Anneal writes beside the folders of the runs, also half written. */
const ownName = /^(events\.jsonl|labels\.u8|plan\.json|title\.txt|report\.\w+)(\.\w+\.tmp)?$/;

/** The plan comes last: as long as it is there, what is left can be found and removed. */
async function ownFiles(folder: ComparisonFolder): Promise<readonly KeptFile[]> {
  const { path, plan, allCheckpoints, allPredictions } = folder;
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const paths = [
    ...(await filesBelow(allCheckpoints)),
    ...(await filesBelow(allPredictions)),
    ...(await filesBelow(folder.report('tensorboard'))),
    ...names.filter((name) => ownName.test(name)).map((name) => join(path, name)),
  ];
  const ordered = [...paths.filter((other) => other !== plan), plan];
  return (await Promise.all(ordered.map(keptFile))).filter((file) => file !== undefined);
}

async function filesBelow(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

async function keptFile(path: string): Promise<KeptFile | undefined> {
  const status = await stat(path).catch(() => undefined);
  if (!status) return undefined;
  const { size: bytes, dev, ino, nlink: names } = status;
  return { path, bytes, inode: `${dev} ${ino}`, names };
}

/** All checkpoints but each run's newest at the end of an epoch and within one. */
async function oldCheckpointsOf({ allCheckpoints }: ComparisonFolder): Promise<readonly string[]> {
  const runs = await readdir(allCheckpoints).catch(() => []);
  const old = runs.map(async (run) => {
    const files = await checkpointFiles(join(allCheckpoints, run));
    const newest = (of: 'epoch' | 'step'): number =>
      Math.max(...files.map((file) => file[of] ?? -1));
    const [epoch, step] = [newest('epoch'), newest('step')];
    return files.filter((file) => (file.epoch ?? epoch) < epoch || (file.step ?? step) < step);
  });
  return (await Promise.all(old)).flat().map(({ path }) => path);
}

/** How many bytes of the disk become free with some files: one with another name elsewhere stays. */
export function freedBytes(files: readonly KeptFile[]): number {
  const removed = new Map<string, number>();
  let bytes = 0;
  for (const { inode, names, bytes: size } of files) {
    const count = (removed.get(inode) ?? 0) + 1;
    removed.set(inode, count);
    if (count === names) bytes += size;
  }
  return bytes;
}

/**
 * Removes files of a comparison, and the folders that are empty then.
 *
 * @throws InputError where the comparison runs, or a file cannot be removed.
 */
export async function removeFiles(
  { folder }: KeptComparison,
  files: readonly KeptFile[],
): Promise<void> {
  await ownFolder(folder, async () => {
    try {
      for (const { path } of files) await rm(path, { force: true });
    } catch (error) {
      throw cannotWrite(folder.path, error);
    }
  });
  await removeEmptyFolders(folder.path);
}

/** From below, so that a folder of empty folders goes too; one that holds something stays. */
async function removeEmptyFolders(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory());
  const paths = [path, ...folders.map(({ parentPath, name }) => join(parentPath, name))];
  for (const folder of paths.sort((a, b) => b.length - a.length)) {
    await rmdir(folder).catch(() => undefined);
  }
}
