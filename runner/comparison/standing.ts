import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf, systemErrorCode } from '../inputError.ts';
import type { EpochCompleted, StepsCompleted } from '../protocol.ts';
import { meanLoss } from '../training/epochs.ts';
import {
  checkpointFiles,
  epochFile,
  readCheckpoint,
  type Checkpoint,
  type CheckpointFile,
} from './checkpoints.ts';

/** Where a run can go on. */
export interface Standing {
  /** Optimizer steps done. */
  readonly step: number;
  /** The checkpoint to go on from; undefined at the start. */
  readonly path: string | undefined;
  /** The classes of engines that have trained it. */
  readonly engines: readonly string[];
  /** What was trained but not told, as the process that it was meant for had died. */
  readonly untold: readonly RunFigures[];
}

type RunFigures = StepsCompleted | EpochCompleted;

export interface StandingOptions {
  readonly run: string;
  readonly learningRates: Float32Array;
  /** What determines the run, per epoch. */
  readonly identities: readonly string[];
  /** The run's folder of checkpoints. */
  readonly folder: string;
  /** How much of the run was told. */
  readonly told: { readonly epochs: number; readonly steps: number };
  /** Is told which checkpoints cannot be used, and why. */
  readonly report: (message: string) => void;
}

/**
 * Where a run stands by its checkpoints: at the newest that is undamaged and of this very training,
 * and with which nothing is missing of what is to be told.
 */
export async function standingOf(options: StandingOptions): Promise<Standing> {
  const batches = batchesOf(options);
  const stepsOf = ({ epoch = 0, step }: CheckpointFile): number => step ?? epoch * batches;
  const files = await checkpointFiles(options.folder);
  for (const { path } of files.toSorted((a, b) => stepsOf(b) - stepsOf(a))) {
    const checkpoint = await usableCheckpoint(path, options);
    const untold = checkpoint && (await untoldUntil(checkpoint, options));
    if (untold) return { step: checkpoint.step, path, engines: checkpoint.engines, untold };
  }
  return { step: 0, path: undefined, engines: [], untold: [] };
}

const batchesOf = ({ learningRates, identities }: StandingOptions): number =>
  learningRates.length / identities.length;

async function usableCheckpoint(
  path: string,
  options: StandingOptions,
): Promise<Checkpoint | undefined> {
  let why: string;
  try {
    const checkpoint = await readCheckpoint(path);
    const epoch = Math.ceil(checkpoint.step / batchesOf(options));
    if (checkpoint.identity === options.identities[epoch - 1]) return checkpoint;
    why = 'It belongs to another training.';
  } catch (error) {
    why = messageOf(error);
  }
  options.report(`${path} is not used: ${why} The run goes on from the checkpoint before it.`);
  return undefined;
}

/** What is not told up to a checkpoint; undefined where the checkpoints have gaps. */
async function untoldUntil(
  last: Checkpoint,
  options: StandingOptions,
): Promise<readonly RunFigures[] | undefined> {
  const untold: RunFigures[] = [];
  const lastEpoch = Math.ceil(last.step / batchesOf(options));
  for (let epoch = options.told.epochs + 1; epoch <= lastEpoch; epoch++) {
    const path = epochFile(options.folder, epoch);
    const checkpoint = epoch === lastEpoch ? last : await usableCheckpoint(path, options);
    if (!checkpoint) return undefined;
    untold.push(...figuresOf(checkpoint, options));
  }
  return untold;
}

/** The figures of the epoch that a checkpoint was taken in, but for the steps that were told. */
function figuresOf(
  { step, losses, seconds, epochEnd }: Checkpoint,
  { run, learningRates, told }: StandingOptions,
): readonly RunFigures[] {
  const start = step - losses.length;
  const firstStep = Math.max(start, told.steps);
  const steps = {
    type: 'stepsCompleted',
    run,
    firstStep,
    losses: losses.slice(firstStep - start),
    learningRates: Array.from(learningRates.subarray(firstStep, step)),
    stepsPerSecond: losses.length / seconds,
  } as const;
  const epoch = epochEnd && {
    type: 'epochCompleted' as const,
    run,
    ...epochEnd,
    loss: meanLoss(losses),
    learningRate: learningRates[step - 1] ?? NaN,
    seconds,
  };
  return [...(firstStep < step ? [steps] : []), ...(epoch ? [epoch] : [])];
}

/** Takes away what a worker that was killed has left half written. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names.filter((other) => other.endsWith('.tmp'))) {
    await rm(join(folder, name), { force: true });
  }
}
