import { createHash } from 'node:crypto';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../durableFile.ts';
import { systemErrorCode } from '../inputError.ts';
import {
  decodeSafetensors,
  encodeSafetensors,
  readSafetensorsMetadata,
  type StoredTensors,
} from '../training/safetensors.ts';
import type { StoredState } from '../training/start.ts';

/**
 * All that a run needs to go on, and what is to be told of the epoch that it was taken in: so that
 * nothing is lost with the process that it told it to.
 */
export interface Checkpoint extends StoredState {
  /**
   * Of a checkpoint at the end of an epoch: which one, and the accuracy after it. Its losses and
   * seconds are those of the epoch that ends.
   */
  readonly epochEnd?: { readonly epoch: number; readonly accuracy: number };
  /** What determines the run up to the end of that epoch: `identities` makes it. */
  readonly identity: string;
  /** The classes of engines that have trained it. */
  readonly engines: readonly string[];
}

/** A checkpoint's file: either at the end of an epoch, or within one after some steps. */
export interface CheckpointFile {
  readonly path: string;
  readonly epoch?: number;
  readonly step?: number;
}

const optimizerPrefix = 'optimizer/';

/**
 * Saves a checkpoint as `epoch-<n>.safetensors`, or `step-<n>` within an epoch: the parameters under
 * Flax's names, the optimizer's state under `optimizer/`, all else as metadata. Of those within
 * epochs only the newest is kept.
 *
 * @throws InputError that says why it cannot be written.
 */
export async function saveCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const { step, epochEnd, parameters, optimizer } = checkpoint;
  const path = epochEnd
    ? epochFile(folder, epochEnd.epoch)
    : join(folder, `step-${step}.safetensors`);
  const ofOptimizer = Object.entries(optimizer).map(
    ([tensor, stored]) => [optimizerPrefix + tensor, stored] as const,
  );
  const content = {
    tensors: { ...parameters, ...Object.fromEntries(ofOptimizer) },
    metadata: metadataOf(checkpoint),
  };
  const checksum = checksumOf(content);
  const bytes = encodeSafetensors({ ...content, metadata: { ...content.metadata, checksum } });
  await writeDurably(path, bytes);
  for (const file of await checkpointFiles(folder)) {
    if (file.step !== undefined && file.path !== path) await rm(file.path, { force: true });
  }
}

/**
 * Reads a checkpoint and checks every bit of it.
 *
 * @throws Error that says what is wrong, as a sentence without a file name.
 */
export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const { tensors, metadata } = decodeSafetensors(await readFile(path));
  const { checksum, ...rest } = metadata;
  if (checksumOf({ tensors, metadata: rest }) !== checksum) {
    throw new Error('Its checksum does not fit its content.');
  }
  const { step, losses, seconds, epoch, accuracy, identity = '', engines } = rest;
  const named = Object.entries(tensors);
  const isOfOptimizer = ([name]: readonly [string, unknown]) => name.startsWith(optimizerPrefix);
  return {
    step: Number(step),
    losses: JSON.parse(losses ?? '') as readonly number[],
    seconds: Number(seconds),
    ...(epoch !== undefined && {
      epochEnd: { epoch: Number(epoch), accuracy: Number(accuracy) },
    }),
    identity,
    engines: JSON.parse(engines ?? '') as readonly string[],
    parameters: Object.fromEntries(named.filter((entry) => !isOfOptimizer(entry))),
    optimizer: Object.fromEntries(
      named
        .filter(isOfOptimizer)
        .map(([name, tensor]) => [name.slice(optimizerPrefix.length), tensor]),
    ),
  };
}

/** The checkpoint at the end of an epoch, in a run's folder. */
export const epochFile = (folder: string, epoch: number): string =>
  join(folder, `epoch-${epoch}.safetensors`);

/** The identity of a checkpoint, without its tensors; undefined where there is none to be read. */
export async function readIdentity(path: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    try {
      return (await readSafetensorsMetadata(file))['identity'];
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

/** The checkpoints in a run's folder, none where there is no folder. */
export async function checkpointFiles(folder: string): Promise<readonly CheckpointFile[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.flatMap((name) => {
    const [, kind, digits] = /^(epoch|step)-(\d+)\.safetensors$/.exec(name) ?? [];
    return kind ? [{ path: join(folder, name), [kind]: Number(digits) }] : [];
  });
}

function metadataOf(checkpoint: Checkpoint): Record<string, string> {
  const { step, losses, seconds, epochEnd, identity, engines } = checkpoint;
  return {
    step: String(step),
    losses: JSON.stringify(losses),
    seconds: String(seconds),
    ...(epochEnd && { epoch: String(epochEnd.epoch), accuracy: String(epochEnd.accuracy) }),
    identity,
    engines: JSON.stringify(engines),
  };
}

/** Of the file as it would be without its checksum. */
function checksumOf(content: StoredTensors): string {
  return createHash('sha256').update(encodeSafetensors(content)).digest('hex');
}
