import { access, copyFile, link, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolder } from '../durableFile.ts';
import { messageOf } from '../inputError.ts';
import { epochFile, readCheckpoint, readIdentity } from './checkpoints.ts';
import { comparisonFolder } from './folder.ts';
import { predictionFile } from './predictions.ts';

/** The files that a run keeps of its epochs. */
export interface RunFolders {
  readonly checkpoints: string;
  readonly predictions: string;
}

/** The runs that the comparisons beside one have trained, by the identity of their first epoch. */
export type TrainedRuns = ReadonlyMap<string, readonly RunFolders[]>;

/** Looks for the runs of all other comparisons in the folder that a comparison lies in. */
export async function findTrainedRuns(path: string): Promise<TrainedRuns> {
  const own = resolve(path);
  const found = new Map<string, RunFolders[]>();
  for (const other of await foldersIn(dirname(own))) {
    if (other === own) continue;
    const { allCheckpoints, allPredictions } = comparisonFolder(other);
    for (const checkpoints of await foldersIn(allCheckpoints)) {
      const identity = await readIdentity(epochFile(checkpoints, 1));
      if (identity === undefined) continue;
      const predictions = join(allPredictions, basename(checkpoints));
      found.set(identity, [...(found.get(identity) ?? []), { checkpoints, predictions }]);
    }
  }
  return found;
}

/**
 * Gives a run the epochs that another comparison has trained from the same start, with the same
 * settings and the same rates, on an engine of the same class: its checkpoints and predictions, as
 * links that outlive the other comparison.
 *
 * @param identities of the run: what determines it, per epoch.
 * @returns how many epochs that are.
 */
export async function adoptEpochs(
  own: RunFolders,
  identities: readonly string[],
  engine: string,
  trained: TrainedRuns,
  report: (message: string) => void,
): Promise<number> {
  let longest: { readonly from: RunFolders; readonly epochs: number } | undefined;
  for (const from of trained.get(identities[0] ?? '') ?? []) {
    const epochs = await sharedEpochs(from, identities, engine);
    if (epochs > (longest?.epochs ?? 0)) longest = { from, epochs };
  }
  if (!longest) return 0;
  for (let epoch = 1; epoch <= longest.epochs; epoch++) {
    try {
      // The checkpoint comes last: where it is, all of the epoch is.
      await share(
        predictionFile(longest.from.predictions, epoch),
        predictionFile(own.predictions, epoch),
      );
      await share(epochFile(longest.from.checkpoints, epoch), epochFile(own.checkpoints, epoch));
    } catch (error) {
      report(`${longest.from.checkpoints} is not used any further: ${messageOf(error)}`);
      return epoch - 1;
    }
  }
  return longest.epochs;
}

/** How many of a run's first epochs another one has, undamaged. */
async function sharedEpochs(
  from: RunFolders,
  identities: readonly string[],
  engine: string,
): Promise<number> {
  for (const [i, identity] of identities.entries()) {
    try {
      await access(predictionFile(from.predictions, i + 1));
      const checkpoint = await readCheckpoint(epochFile(from.checkpoints, i + 1));
      const isSame = checkpoint.engines.every((other) => other === engine);
      if (!isSame || checkpoint.identity !== identity) return i;
    } catch {
      return i;
    }
  }
  return identities.length;
}

/** Files are replaced and never changed, so a link is as good as a copy. */
async function share(from: string, to: string): Promise<void> {
  await makeFolder(dirname(to));
  await rm(to, { force: true });
  await link(from, to).catch(() => copyFile(from, to));
}

async function foldersIn(path: string): Promise<readonly string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
}
