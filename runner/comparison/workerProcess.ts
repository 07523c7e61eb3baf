import { loadDataset, type Dataset } from '../data/dataset.ts';
import { restoredState, startingState, storedStates } from '../training/start.ts';
import type { Network } from '../training/network.ts';
import { batchesPerEpoch } from '../training/epochs.ts';
import { inLockstep } from '../training/lockstep.ts';
import { train, type Training, type TrainingState } from '../training/loop.ts';
import type { OptimizerSettings } from '../protocol.ts';
import { OutOfMemoryError } from '../training/outOfMemory.ts';
import { createOptimizer } from '../training/optimizers/optimizer.ts';
import { updateWith, type Update } from '../training/optimizers/update.ts';
import { readCheckpoint, saveCheckpoint, type Checkpoint } from './checkpoints.ts';
import { lockstepKind } from './lockstep.ts';
import { Muster } from './muster.ts';
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
  /** Bytes that a tensor may have, where the device has such a limit. */
  readonly largestTensor?: number;
}

/** The same for runs that can be trained in lockstep. */
function kindOf({ settings, dataFolder, checkpointSeconds, learningRates }: TrainRun): string {
  const steps = learningRates.length;
  return JSON.stringify([lockstepKind(settings), dataFolder, checkpointSeconds, steps]);
}

/** A run that is asked for, with what its stop is told by. */
interface AskedRun extends TrainRun {
  readonly signal: AbortSignal;
}

/**
 * The life of a worker process: makes its engine ready, then trains runs until its parent is gone. Those
 * that are alike and come together are trained in lockstep, where its engine can do that.
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

  const stopping = new Map<string, AbortController>();
  const muster = new Muster<AskedRun>((runs) => {
    void trainRuns(engine, runs).catch((error: unknown) => {
      const message = messageOf(error);
      const outOfMemory = error instanceof OutOfMemoryError;
      if (error instanceof InputError) say({ type: 'blocked', message });
      else say({ type: 'broken', message, ...(outOfMemory && { outOfMemory }) });
    });
  });
  process.on('message', (message: ToWorker) => {
    if (message.type === 'stop') {
      stopping.get(message.run)?.abort();
      return;
    }
    const controller = new AbortController();
    stopping.set(message.run, controller);
    const run = { ...message, signal: controller.signal };
    muster.add(run, { kind: kindOf(run), most: run.mostInLockstep });
  });
  const { device, version, adapters = [], largestTensor } = engine;
  say({ type: 'ready', device, version, adapters, largestTensor });
}

/** Trains runs of one kind: in lockstep those that stand at the same step, and so all that begin. */
async function trainRuns(engine: ReadyEngine, asked: readonly AskedRun[]): Promise<void> {
  const runs = asked.filter(({ signal }) => !signal.aborted);
  for (const one of asked) if (!runs.includes(one)) say({ type: 'stopped', run: one.run });
  const [first] = runs;
  if (!first) return;
  const { settings, checkpointSeconds } = first;
  const optimizer = createOptimizer(settings.optimizer);
  const dataset = await datasetOf(first);
  const starts = runs.map(async (run) => ({
    run,
    state: run.checkpoint
      ? stateAt(await readCheckpoint(run.checkpoint))
      : startingState(run.settings.seed, optimizer, run.perturbation),
  }));
  const { network } = engine;
  const update = engine.updateOf?.(settings.optimizer) ?? updateWith(optimizer);
  const training = { network, update, dataset, settings, checkpointSeconds };
  const started = await Promise.all(starts);
  const steps = new Set(started.map(({ state }) => state.step));
  await Promise.all(
    [...steps].map(async (step) => {
      const alike = started.filter(({ state }) => state.step === step);
      const state = inLockstep(alike.map((each) => each.state));
      await trainFrom(
        training,
        alike.map(({ run }) => run),
        state,
      );
    }),
  );
}

/** Milliseconds between signs of life, of which there are some in an evaluation. */
const lifeMilliseconds = 1000;

/** Trains runs in lockstep and tells what comes out of each. */
async function trainFrom(
  training: Training,
  runs: readonly AskedRun[],
  start: TrainingState,
): Promise<void> {
  let left = runs;
  let spoken = performance.now();
  const onTest = (): void => {
    if (performance.now() - spoken < lifeMilliseconds) return;
    spoken = performance.now();
    for (const { run } of left) say({ type: 'alive', run });
  };
  for await (const progress of train({ ...training, onTest }, runs, start)) {
    switch (progress.type) {
      case 'steps': {
        const { firstStep, stepsPerSecond, losses } = progress;
        for (const [i, { run }] of progress.runs.entries()) {
          say({ type: 'steps', run, firstStep, stepsPerSecond, losses: losses[i] ?? [] });
        }
        break;
      }
      case 'checkpoint':
        await save(progress.runs, progress.state);
        break;
      case 'epoch': {
        const { epoch, trained, seconds } = progress;
        const state = { ...progress.state, losses: trained.map(({ losses }) => losses), seconds };
        // The checkpoints come last: where one is, all of the epoch is.
        await Promise.all(
          trained.map(({ run, predictions }) =>
            savePredictions(run.predictionFolder, epoch, predictions),
          ),
        );
        const ends = trained.map(({ accuracy }) => ({ epoch, accuracy }));
        await save(progress.runs, state, { ends });
        for (const { run, loss, accuracy } of trained) {
          say({ type: 'epoch', run: run.run, epoch, loss, accuracy, seconds });
        }
        break;
      }
      case 'diverged': {
        const { run, step, loss } = progress;
        left = left.filter((each) => each !== run);
        say({ type: 'diverged', run: run.run, message: divergence(step, loss) });
        break;
      }
      case 'stopped': {
        const { stopped, state } = progress;
        left = left.filter((each) => !stopped.includes(each));
        const isWithinEpoch = state.losses.some(({ length }) => length > 0);
        if (isWithinEpoch) await save(progress.runs, state, { only: stopped });
        for (const { run } of stopped) say({ type: 'stopped', run });
        break;
      }
    }
  }
  for (const { run } of left) say({ type: 'completed', run });
}

/** At the end of an epoch the next one begins. */
function stateAt(checkpoint: Checkpoint): TrainingState {
  const state = restoredState(checkpoint);
  return checkpoint.epochEnd ? { ...state, losses: [[]], seconds: 0 } : state;
}

/** Saves what runs in lockstep have, or only some of them; where an epoch ends, with what came out of it. */
async function save(
  runs: readonly AskedRun[],
  state: TrainingState,
  how: {
    readonly only?: readonly AskedRun[];
    readonly ends?: readonly NonNullable<Checkpoint['epochEnd']>[];
  } = {},
): Promise<void> {
  const { only = runs, ends = [] } = how;
  const stored = await storedStates(state);
  const saving = runs.map(async (run, i) => {
    const own = stored[i];
    if (!own || !only.includes(run)) return;
    const { checkpointFolder, settings, identities, engines } = run;
    const epoch = Math.ceil(state.step / batchesPerEpoch(settings));
    const identity = identities[epoch - 1] ?? '';
    const epochEnd = ends[i];
    const end = epochEnd && { epochEnd };
    await saveCheckpoint(checkpointFolder, { ...own, ...end, identity, engines });
  });
  await Promise.all(saving);
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
