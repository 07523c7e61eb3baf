import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWorker, type Worker } from '../../runner/comparison/worker.ts';
import { findEngine, type EngineName } from '../../runner/engines/engines.ts';
import type { TrainingSettings } from '../../runner/protocol.ts';
import { setEnvironment } from './environment.ts';
import { fashionMnistFolder } from './fashionMnist.ts';

/** What came out of a training of one epoch. */
export interface ShortTraining {
  /** Of each step. */
  readonly losses: readonly number[];
  /** On the test images. */
  readonly accuracy: number;
}

type ShortSettings = Pick<TrainingSettings, 'batchSize' | 'trainExamples' | 'testExamples'> &
  Pick<TrainingSettings, 'optimizer' | 'lossReduction'>;

/**
 * Starts a worker of an engine whose environment has more variables; undefined where there is no such
 * engine, which is a failure on Linux: set-up installs it there.
 */
export async function workerOf(
  name: EngineName,
  environment: Readonly<Record<string, string>> = {},
): Promise<Worker | undefined> {
  const engine = await findEngine(name);
  if (engine.state === 'missing') {
    if (process.platform === 'linux') throw new Error(`${engine.why} ${engine.howToGet}`);
    return undefined;
  }
  const restore = setEnvironment(environment);
  try {
    return await startWorker(engine.program, 2);
  } finally {
    restore();
  }
}

/** Trains one epoch of Fashion-MNIST in file order from seed 0, to the end. */
export async function shortTraining(
  worker: Worker,
  learningRates: readonly number[],
  settings: ShortSettings,
): Promise<ShortTraining> {
  const folder = await mkdtemp(join(tmpdir(), 'anneal-training-'));
  const losses: number[] = [];
  let accuracy = NaN;
  try {
    const end = await worker.train(
      {
        type: 'train',
        run: 'short',
        learningRates: Float32Array.from(learningRates),
        settings: { ...settings, epochs: 1, seed: 0, shuffle: false },
        dataFolder: await fashionMnistFolder(),
        checkpointFolder: join(folder, 'checkpoints'),
        predictionFolder: join(folder, 'predictions'),
        checkpointSeconds: 60,
        mostInLockstep: 1,
        identities: [],
        engines: [],
      },
      300,
      (message) => {
        if (message.type === 'steps') losses.push(...message.losses);
        if (message.type === 'epoch') accuracy = message.accuracy;
      },
    );
    if (end.type !== 'completed') throw new Error(`The training ended as ${JSON.stringify(end)}.`);
  } finally {
    await rm(folder, { recursive: true });
  }
  return { losses, accuracy };
}
