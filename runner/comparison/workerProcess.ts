import { loadDataset, type Dataset } from '../data/dataset.ts';
import { startingState } from '../training/start.ts';
import type { Layers } from '../training/layers.ts';
import { train } from '../training/loop.ts';
import { createOptimizer } from '../training/optimizers/optimizer.ts';
import { saveCheckpoint } from './checkpoints.ts';
import { savePredictions } from './predictions.ts';
import type { FromWorker, ToWorker, TrainRun } from './workerMessages.ts';
import { messageOf } from '../inputError.ts';

/** An engine whose back-end is up. */
export interface ReadyEngine {
  readonly layers: Layers;
  /** What computes, in words: "CPU, 2 threads", "NVIDIA H100". */
  readonly device: string;
  /** Of the library that computes: "TensorFlow 2.21.0". */
  readonly version: string;
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
          say({ type: 'failed', message: messageOf(error) });
        });
        break;
    }
  });
  say({ type: 'ready', device: engine.device, version: engine.version });
}

async function trainRun(engine: ReadyEngine, run: TrainRun, signal: AbortSignal): Promise<void> {
  const { settings, learningRates } = run;
  const optimizer = createOptimizer(settings.optimizer);
  const dataset = await datasetOf(run);
  const start = startingState(settings.seed, optimizer, run.perturbation);

  const training = { layers: engine.layers, optimizer, dataset, settings, learningRates };
  for await (const progress of train(training, start, signal)) {
    switch (progress.type) {
      case 'steps':
        say(progress);
        break;
      case 'epoch': {
        const { epoch, loss, accuracy, seconds, predictions, state } = progress;
        await saveCheckpoint(run.checkpointFolder, `epoch-${epoch}`, state);
        await savePredictions(run.predictionFolder, epoch, predictions);
        say({ type: 'epoch', epoch, loss, accuracy, seconds });
        break;
      }
      case 'diverged':
        say({ type: 'failed', message: divergence(progress.step, progress.loss) });
        return;
      case 'stopped':
        await saveCheckpoint(run.checkpointFolder, `step-${progress.state.step}`, progress.state);
        say({ type: 'stopped' });
        return;
    }
  }
  say({ type: 'completed' });
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
