import { setTimeout } from 'node:timers/promises';
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar } from '@tensorflow/tfjs-core';
import type { Dataset, Examples } from '../data/dataset.ts';
import type { TrainingSettings } from '../protocol.ts';
import { pick, toBatch } from './batches.ts';
import { lossAndGradients, type Parameters } from './cnn.ts';
import { batchesPerEpoch, meanLoss } from './epochs.ts';
import type { Layers } from './layers.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import type { Tensors } from './parameters.ts';
import { accuracy, predictClasses } from './prediction.ts';
import { shuffledOrder } from './shuffling.ts';
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
  readonly layers: Layers;
  readonly optimizer: Optimizer;
  readonly dataset: Dataset;
  readonly settings: TrainingSettings;
  /** One float32 rate per optimizer step; a plan made them. */
  readonly learningRates: Float32Array;
  /** Within an epoch there is a checkpoint about this often. */
  readonly checkpointSeconds: number;
}

export type TrainingProgress =
  | { readonly type: 'steps'; firstStep: number; losses: number[]; stepsPerSecond: number }
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

/** At most ten messages a second: enough for a live chart, too few to cost anything. */
const reportMilliseconds = 100;

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
  const { settings, dataset } = run;
  const batches = batchesPerEpoch(settings);
  const pending = new PendingLosses(start.step);
  let state = start;
  let saved = performance.now();

  try {
    while (state.step < batches * settings.epochs) {
      const epoch = Math.floor(state.step / batches) + 1;
      const epochStart = performance.now() - state.seconds * 1000;
      const examples = examplesOf(run, epoch);
      let predicted: Uint8Array | undefined;
      pending.startClock();

      while (state.step < epoch * batches) {
        const batch = (state.step % batches) * settings.batchSize;
        state = takeStep(run, state, examples, batch, pending);
        const epochEnds = state.step === epoch * batches;
        await turn();
        if (epochEnds || pending.due() || signal.aborted) {
          const progress = await pending.read();
          state = { ...state, losses: [...state.losses, ...progress.losses] };
          const bad = progress.losses.findIndex((loss) => !Number.isFinite(loss));
          if (epochEnds && bad < 0) {
            predicted = await predictClasses(run.layers, state.parameters, dataset.test);
          }
          await pending.untilDue();
          yield progress;
          if (bad >= 0) {
            const loss = progress.losses[bad] ?? NaN;
            yield { type: 'diverged', step: progress.firstStep + bad, loss };
            return;
          }
        }
        if (epochEnds || state.losses.length < state.step % batches) continue;
        if (signal.aborted) {
          yield { type: 'stopped', state: { ...state, seconds: secondsSince(epochStart) } };
          return;
        }
        if (secondsSince(saved) >= run.checkpointSeconds) {
          yield { type: 'checkpoint', state: { ...state, seconds: secondsSince(epochStart) } };
          saved = performance.now();
        }
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
    tf.dispose([state.parameters, state.optimizer]);
  }
}

/** Losses that are still on the device: read together, so that the queue of a GPU never runs dry. */
class PendingLosses {
  private losses: Scalar[] = [];
  /** When the steps began whose losses are pending, and when the last message was sent. */
  private since = performance.now();
  private sent = performance.now();

  constructor(private firstStep: number) {}

  add(loss: Scalar): void {
    this.losses.push(loss);
  }

  /** Steps a second are counted from now on: what came before was not training. */
  startClock(): void {
    this.since = performance.now();
  }

  due(): boolean {
    return performance.now() - this.sent >= reportMilliseconds;
  }

  /** Waits until the next message may be sent, and counts it as sent. */
  async untilDue(): Promise<void> {
    await setTimeout(Math.max(0, this.sent + reportMilliseconds - performance.now()));
    this.sent = performance.now();
  }

  async read(): Promise<Extract<TrainingProgress, { type: 'steps' }>> {
    const stacked = tf.stack(this.losses);
    const losses = Array.from(await stacked.data());
    tf.dispose([stacked, ...this.losses]);
    const now = performance.now();
    const stepsPerSecond = (losses.length * 1000) / (now - this.since);
    const progress = { type: 'steps', firstStep: this.firstStep, losses, stepsPerSecond } as const;
    this.losses = [];
    this.since = now;
    this.firstStep += losses.length;
    return progress;
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
  examples: Examples,
  firstExample: number,
  pending: PendingLosses,
): TrainingState {
  const { layers, optimizer, settings } = run;
  const learningRate = run.learningRates[state.step];
  if (learningRate === undefined) throw new RangeError(`no learning rate for step ${state.step}`);

  const result = tf.tidy(() => {
    const batch = toBatch(layers, examples, firstExample, settings.batchSize);
    const { loss, gradients } = lossAndGradients(
      layers,
      state.parameters,
      batch,
      settings.lossReduction,
    );
    const { updates, state: optimizerState } = optimizer.update(
      gradients,
      state.optimizer,
      state.parameters,
      learningRate,
    );
    return { loss, parameters: addUpdates(state.parameters, updates), optimizerState };
  });
  pending.add(result.loss);
  disposeReplaced(state.parameters, result.parameters);
  disposeReplaced(state.optimizer, result.optimizerState);
  return {
    ...state,
    step: state.step + 1,
    parameters: result.parameters,
    optimizer: result.optimizerState,
  };
}

function addUpdates(parameters: Parameters, updates: Tensors): Parameters {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => {
      const update = updates[name];
      return [name, update ? tf.add(value, update) : value];
    }),
  ) as unknown as Parameters;
}

function disposeReplaced(before: Tensors, after: Tensors): void {
  for (const [name, tensor] of Object.entries(before)) {
    if (after[name] !== tensor) tensor.dispose();
  }
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
