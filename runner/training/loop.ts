import * as tf from '@tensorflow/tfjs-core';
import type { Dataset, Examples } from '../data/dataset.ts';
import type { TrainingSettings } from '../protocol.ts';
import { batchesPerEpoch, meanLoss } from './epochs.ts';
import type { LoadedExamples } from './layers.ts';
import { PendingLosses, type ReadLosses } from './losses.ts';
import type { Network } from './network.ts';
import type { Update } from './optimizers/update.ts';
import type { Parameters, Tensors } from './parameters.ts';
import { accuracy, predictClasses } from './prediction.ts';
import { pick, shuffledOrder } from './shuffling.ts';
import { turn } from './turn.ts';

/** Where a run stands between two steps. Its tensors belong to the loop while it trains. */
export interface TrainingState {
  /** Optimizer steps done: the next one uses the rate of this step. */
  readonly step: number;
  readonly parameters: Parameters;
  readonly optimizer: Tensors;
  /** Batch losses of the epoch that has begun; none between epochs. */
  readonly losses: readonly number[];
  /** Seconds spent in the epoch that has begun. */
  readonly seconds: number;
}

export interface TrainingRun {
  readonly network: Network;
  readonly update: Update;
  readonly dataset: Dataset;
  readonly settings: TrainingSettings;
  /** One float32 rate per optimizer step; a plan made them. */
  readonly learningRates: Float32Array;
  /** Within an epoch there is a checkpoint about this often. */
  readonly checkpointSeconds: number;
}

export type TrainingProgress =
  | ({ readonly type: 'steps' } & ReadLosses)
  | {
      readonly type: 'epoch';
      epoch: number;
      loss: number;
      accuracy: number;
      seconds: number;
      /** Class of each test image. */
      predictions: Uint8Array;
      losses: readonly number[];
      /** To be saved before the next `next()`: its tensors are replaced then. */
      state: TrainingState;
    }
  | { readonly type: 'checkpoint'; state: TrainingState }
  | { readonly type: 'stopped'; state: TrainingState }
  | { readonly type: 'diverged'; step: number; loss: number };

/**
 * Trains one run from `start`, as the tutorial does: batches in file order (unless they are to be
 * shuffled), the last smaller one kept, update i at the rate of step i, accuracy on the test images
 * after each epoch.
 *
 * Ends after the last epoch, after a loss that is not finite (`diverged`), or, when `signal` is
 * aborted, between two steps (`stopped`).
 */
export async function* train(
  run: TrainingRun,
  start: TrainingState,
  signal: AbortSignal,
): AsyncGenerator<TrainingProgress> {
  const { settings, dataset, network } = run;
  const batches = batchesPerEpoch(settings);
  const pending = new PendingLosses(start.step);
  const test = network.load(dataset.test);
  let examples: LoadedExamples | undefined;
  let state = start;
  let saved = performance.now();

  try {
    while (state.step < batches * settings.epochs) {
      const epoch = Math.floor(state.step / batches) + 1;
      const epochStart = performance.now() - state.seconds * 1000;
      if (settings.shuffle) examples?.dispose();
      if (settings.shuffle || !examples) examples = network.load(examplesOf(run, epoch));
      let predicted: Uint8Array | undefined;
      pending.startClock();

      while (state.step < epoch * batches) {
        const first = (state.step % batches) * settings.batchSize;
        state = takeStep(run, state, examples, first, pending);
        await turn();
        const epochEnds = state.step === epoch * batches;
        const savesNow = secondsSince(saved) >= run.checkpointSeconds;
        const pauses = epochEnds || savesNow || signal.aborted;
        await (pauses ? pending.drain() : pending.proceed());
        if (!pauses && !pending.isDue()) continue;

        const read = pending.report();
        state = { ...state, losses: [...state.losses, ...read.losses] };
        const bad = read.losses.findIndex((loss) => !Number.isFinite(loss));
        if (epochEnds && bad < 0) {
          predicted = await predictClasses(network, state.parameters, test);
        }
        await pending.untilDue();
        yield { type: 'steps', ...read };
        if (bad >= 0) {
          yield { type: 'diverged', step: read.firstStep + bad, loss: read.losses[bad] ?? NaN };
          return;
        }
        if (epochEnds || !pauses) continue;
        state = { ...state, seconds: secondsSince(epochStart) };
        if (signal.aborted) {
          yield { type: 'stopped', state };
          return;
        }
        yield { type: 'checkpoint', state };
        saved = performance.now();
      }

      if (!predicted) throw new Error(`epoch ${epoch} ended without an evaluation`);
      const { losses } = state;
      state = { ...state, losses: [], seconds: 0 };
      yield {
        type: 'epoch',
        epoch,
        loss: meanLoss(losses),
        accuracy: accuracy(predicted, dataset.test.labels),
        seconds: secondsSince(epochStart),
        predictions: predicted,
        losses,
        state,
      };
      saved = performance.now();
      if (signal.aborted && epoch < settings.epochs) {
        yield { type: 'stopped', state };
        return;
      }
    }
  } finally {
    test.dispose();
    examples?.dispose();
    tf.dispose([state.parameters, state.optimizer]);
  }
}

/** What an epoch trains on, in the order of its batches. */
function examplesOf({ dataset: { train }, settings }: TrainingRun, epoch: number): Examples {
  const { seed, shuffle } = settings;
  return shuffle ? pick(train, shuffledOrder(seed, epoch, train.count)) : train;
}

/** One update; the tensors of the state before it are freed. */
function takeStep(
  run: TrainingRun,
  state: TrainingState,
  examples: LoadedExamples,
  firstExample: number,
  pending: PendingLosses,
): TrainingState {
  const { network, update, settings } = run;
  const learningRate = run.learningRates[state.step];
  if (learningRate === undefined) throw new RangeError(`no learning rate for step ${state.step}`);

  const result = tf.tidy(() => {
    const { loss, gradients } = network.lossAndGradients(
      state.parameters,
      examples.batch(firstExample, settings.batchSize),
      settings.lossReduction,
    );
    return { loss, ...update(gradients, state.optimizer, state.parameters, learningRate) };
  });
  pending.add(result.loss);
  disposeReplaced(state.parameters, result.parameters);
  disposeReplaced(state.optimizer, result.state);
  return {
    ...state,
    step: state.step + 1,
    parameters: result.parameters,
    optimizer: result.state,
  };
}

function disposeReplaced(before: Tensors, after: Tensors): void {
  for (const [name, tensor] of Object.entries(before)) {
    if (after[name] !== tensor) tensor.dispose();
  }
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
