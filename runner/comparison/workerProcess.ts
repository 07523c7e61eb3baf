import { loadDataset, type Dataset } from '../data/dataset.ts';
import { restoredState, startingState, storedState } from '../training/start.ts';
import type { Network } from '../training/network.ts';
import { batchesPerEpoch } from '../training/epochs.ts';
import { train, type TrainingState } from '../training/loop.ts';
import type { OptimizerSettings } from '../protocol.ts';
import { createOptimizer } from '../training/optimizers/optimizer.ts';
import { updateWith, type Update } from '../training/optimizers/update.ts';
import { readCheckpoint, saveCheckpoint, type Checkpoint } from './checkpoints.ts';
import { savePredictions } from './predictions.ts';
import type { FromWorker, ToWorker, TrainRun } from './workerMessages.ts';
import { InputError, messageOf } from '../inputError.ts';

/** An engine whose back-end is up. */
export interface ReadyEngine {
  readonly network: Network;
  /** The update of an optimizer in a form that is fast here, where there is one. */
  readonly updateOf?: (settings: OptimizerSettings) => Update | undefined;
  /** What computes, in words: "CPU, 2 threads", "NVIDIA H100". */
  readonly device: string;
  /** Of the library that computes: "TensorFlow 2.21.0". */
  readonly version: string;
  /** Where it can choose: all on which it could compute. */
  readonly adapters?: readonly string[];
}

/**
 * The life of a worker process: makes its engine ready, then trains one run at a time until its
 * parent is gone.
 */
export async function work(makeReady: () => Promise<ReadyEngine>): Promise<void> {
  process.on('disconnect', () => process.exit());
  let engine: ReadyEngine;
  try {
    engine = await makeReady();
  } catch (error) {
    say({ type: 'unusable', message: messageOf(error) });
    return;
  }

  let stopping = new AbortController();
  process.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'stop':
        stopping.abort();
        break;
      case 'train':
        stopping = new AbortController();
        void trainRun(engine, message, stopping.signal).catch((error: unknown) => {
          const type = error instanceof InputError ? 'blocked' : 'broken';
          say({ type, message: messageOf(error) });
        });
        break;
    }
  });
  const { device, version, adapters = [] } = engine;
  say({ type: 'ready', device, version, adapters });
}

async function trainRun(engine: ReadyEngine, run: TrainRun, signal: AbortSignal): Promise<void> {
  const { settings, learningRates, checkpointSeconds } = run;
  const optimizer = createOptimizer(settings.optimizer);
  const dataset = await datasetOf(run);
  const start = run.checkpoint
    ? stateAt(await readCheckpoint(run.checkpoint))
    : startingState(settings.seed, optimizer, run.perturbation);

  const { network } = engine;
  const update = engine.updateOf?.(settings.optimizer) ?? updateWith(optimizer);
  const training = { network, update, dataset, settings, learningRates, checkpointSeconds };
  for await (const progress of train(training, start, signal)) {
    switch (progress.type) {
      case 'steps':
        say(progress);
        break;
      case 'checkpoint':
        await save(run, progress.state);
        break;
      case 'epoch': {
        const { epoch, loss, accuracy, seconds, losses, predictions, state } = progress;
        // The checkpoint comes last: where it is, all of the epoch is.
        await savePredictions(run.predictionFolder, epoch, predictions);
        await save(run, { ...state, losses, seconds }, { epoch, accuracy });
        say({ type: 'epoch', epoch, loss, accuracy, seconds });
        break;
      }
      case 'diverged':
        say({ type: 'diverged', message: divergence(progress.step, progress.loss) });
        return;
      case 'stopped':
        if (progress.state.losses.length > 0) await save(run, progress.state);
        say({ type: 'stopped' });
        return;
    }
  }
  say({ type: 'completed' });
}

/** At the end of an epoch the next one begins. */
function stateAt(checkpoint: Checkpoint): TrainingState {
  const state = restoredState(checkpoint);
  return checkpoint.epochEnd ? { ...state, losses: [], seconds: 0 } : state;
}

async function save(
  { checkpointFolder, settings, identities, engines }: TrainRun,
  state: TrainingState,
  epochEnd?: Checkpoint['epochEnd'],
): Promise<void> {
  const epoch = Math.ceil(state.step / batchesPerEpoch(settings));
  const identity = identities[epoch - 1] ?? '';
  const end = epochEnd && { epochEnd };
  const stored = await storedState(state);
  await saveCheckpoint(checkpointFolder, { ...stored, ...end, identity, engines });
}

function divergence(step: number, loss: number): string {
  return `diverged: the loss is ${loss} at step ${step}; a smaller peak or a longer warm-up may help`;
}

let loaded: { readonly key: string; readonly dataset: Promise<Dataset> } | undefined;

/** The data set is read once in the life of a worker. */
function datasetOf({ dataFolder, settings }: TrainRun): Promise<Dataset> {
  const { trainExamples, testExamples } = settings;
  const key = JSON.stringify([dataFolder, trainExamples, testExamples]);
  if (loaded?.key !== key) {
    const verified = true; // by the parent, when it found the folder
    loaded = { key, dataset: loadDataset(dataFolder, { trainExamples, testExamples, verified }) };
    loaded.dataset.catch(() => (loaded = undefined));
  }
  return loaded.dataset;
}

function say(message: FromWorker): void {
  // The parent may be gone already: there is nobody to tell then, and `disconnect` ends us.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}
