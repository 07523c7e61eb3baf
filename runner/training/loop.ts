import * as tf from '@tensorflow/tfjs-core';
import type { Dataset, Examples } from '../data/dataset.ts';
import type { TrainingSettings } from '../protocol.ts';
import { batchesPerEpoch, meanLoss } from './epochs.ts';
import type { LoadedExamples } from './layers.ts';
import { only, runsOf } from './lockstep.ts';
import { PendingLosses, type ReadLosses } from './losses.ts';
import type { Network } from './network.ts';
import type { Update } from './optimizers/update.ts';
import type { Parameters, Tensors } from './parameters.ts';
import { accuracy, predictClasses } from './prediction.ts';
import { pick, shuffledOrder } from './shuffling.ts';
import { turn } from './turn.ts';

/**
 * Where a run stands between two steps, or several in lockstep. Its tensors belong to the loop while it
 * trains.
 */
export interface TrainingState {
  /** Optimizer steps done: the next one uses the rate of this step. */
  readonly step: number;
  /** Those of several runs in stacks, [runs, ...shape], as the optimizer's. */
  readonly parameters: Parameters;
  readonly optimizer: Tensors;
  /** For each run, batch losses of the epoch that has begun; none between epochs. */
  readonly losses: readonly (readonly number[])[];
  /** Seconds spent in the epoch that has begun. */
  readonly seconds: number;
}

/** How runs are trained that differ by their weights and rates alone: mostly it is one. */
export interface Training {
  readonly network: Network;
  readonly update: Update;
  readonly dataset: Dataset;
  readonly settings: TrainingSettings;
  /** Within an epoch there is a checkpoint about this often. */
  readonly checkpointSeconds: number;
  /** Is told each time that some test images are classified: all of them may take long. */
  readonly onTest?: () => void;
}

export interface TrainingRun {
  /** One float32 rate per optimizer step; a plan made them. */
  readonly learningRates: Float32Array;
  /** Aborted to stop it between two steps. */
  readonly signal: AbortSignal;
}

/** What an epoch has made of a run. */
export interface TrainedEpoch<Run> {
  readonly run: Run;
  readonly loss: number;
  readonly accuracy: number;
  /** Class of each test image. */
  readonly predictions: Uint8Array;
  readonly losses: readonly number[];
}

/**
 * Of the runs that still train, in the order of their stacks. A state is to be saved before the next
 * `next()`: its tensors are replaced then.
 */
export type TrainingProgress<Run> =
  | ({ readonly type: 'steps'; runs: readonly Run[] } & ReadLosses)
  | {
      readonly type: 'epoch';
      epoch: number;
      seconds: number;
      runs: readonly Run[];
      trained: readonly TrainedEpoch<Run>[];
      state: TrainingState;
    }
  | { readonly type: 'checkpoint'; runs: readonly Run[]; state: TrainingState }
  /** These of the runs end here; the others go on. */
  | {
      readonly type: 'stopped';
      stopped: readonly Run[];
      runs: readonly Run[];
      state: TrainingState;
    }
  | { readonly type: 'diverged'; run: Run; step: number; loss: number };

/**
 * Trains a run from `start`, or several in lockstep, as the tutorial does: batches in file order (unless
 * they are to be shuffled), the last smaller one kept, update i at the rate of step i, accuracy on the
 * test images after each epoch.
 *
 * A run ends after the last epoch, after a loss that is not finite (`diverged`), or, when its signal is
 * aborted, between two steps (`stopped`).
 *
 * @param runs as many as `start` is of; their seeds are the same where the batches are to be shuffled.
 */
export async function* train<Run extends TrainingRun>(
  training: Training,
  all: readonly Run[],
  start: TrainingState,
): AsyncGenerator<TrainingProgress<Run>> {
  const { settings, dataset, network } = training;
  const batches = batchesPerEpoch(settings);
  const pending = new PendingLosses(start.step, runsOf(start));
  const test = network.load(dataset.test);
  let examples: LoadedExamples | undefined;
  let state = start;
  let runs = all;
  let saved = performance.now();
  loops++;

  /** Goes on without some of them. @returns the places that the others had. */
  const leave = async (leaving: readonly Run[]): Promise<readonly number[]> => {
    const staying = runs.flatMap((run, place) => (leaving.includes(run) ? [] : [place]));
    if (leaving.length > 0) {
      await pending.only(staying);
      if (staying.length > 0) state = only(state, staying);
      runs = runs.filter((run) => !leaving.includes(run));
    }
    return staying;
  };

  try {
    while (state.step < batches * settings.epochs) {
      const epoch = Math.floor(state.step / batches) + 1;
      const epochStart = performance.now() - state.seconds * 1000;
      if (settings.shuffle) examples?.dispose();
      if (settings.shuffle || !examples) examples = network.load(examplesOf(training, epoch));
      let predicted: readonly Uint8Array[] | undefined;
      pending.startClock();

      while (state.step < epoch * batches) {
        const first = (state.step % batches) * settings.batchSize;
        state = takeStep(training, runs, state, examples, first, pending);
        await turn();
        const epochEnds = state.step === epoch * batches;
        const savesNow = secondsSince(saved) >= training.checkpointSeconds;
        const stops = runs.some(({ signal }) => signal.aborted);
        const pauses = epochEnds || savesNow || stops;
        await (pauses ? pending.drain() : pending.proceed());
        if (!pauses && !pending.isDue()) continue;

        const read = pending.report();
        const losses = state.losses.map((before, i) => [...before, ...(read.losses[i] ?? [])]);
        state = { ...state, losses };
        const divergences = runs.flatMap((run, i) => divergenceOf(run, read, i));
        if (epochEnds && divergences.length < runs.length) {
          predicted = await predictClasses(network, state.parameters, test, {
            networks: runs.length,
            isAlone: () => loops === 1,
            onTest: training.onTest,
          });
        }
        await pending.untilDue();
        yield { type: 'steps', runs, ...read };
        yield* divergences;
        const fine = await leave(divergences.map(({ run }) => run));
        if (runs.length === 0) return;
        predicted &&= fine.flatMap((place) => predicted?.[place] ?? []);
        if (epochEnds || !pauses) continue;
        state = { ...state, seconds: secondsSince(epochStart) };
        if (savesNow) {
          yield { type: 'checkpoint', runs, state };
          saved = performance.now();
        }
        // All that are stopped by now, so that those of a pause stay at the same step.
        const stopped = runs.filter(({ signal }) => signal.aborted);
        if (stopped.length === 0) continue;
        yield { type: 'stopped', stopped, runs, state };
        await leave(stopped);
        if (runs.length === 0) return;
      }

      if (!predicted) throw new Error(`epoch ${epoch} ended without an evaluation`);
      const { losses } = state;
      state = { ...state, losses: losses.map(() => []), seconds: 0 };
      yield {
        type: 'epoch',
        epoch,
        seconds: secondsSince(epochStart),
        runs,
        trained: runs.map((run, i) => epochOf(run, losses[i], predicted[i], dataset.test)),
        state,
      };
      saved = performance.now();
      const stopped = runs.filter(({ signal }) => signal.aborted);
      if (stopped.length > 0 && epoch < settings.epochs) {
        yield { type: 'stopped', stopped, runs, state };
        await leave(stopped);
        if (runs.length === 0) return;
      }
    }
  } finally {
    loops--;
    test.dispose();
    examples?.dispose();
    tf.dispose([state.parameters, state.optimizer]);
  }
}

/** How many train now in this process. */
let loops = 0;

/** That of a run whose losses are not all finite. */
function divergenceOf<Run>(
  run: Run,
  { firstStep, losses }: ReadLosses,
  place: number,
): readonly Extract<TrainingProgress<Run>, { type: 'diverged' }>[] {
  const own = losses[place] ?? [];
  const index = own.findIndex((loss) => !Number.isFinite(loss));
  const step = firstStep + index;
  return index < 0 ? [] : [{ type: 'diverged', run, step, loss: own[index] ?? NaN }];
}

function epochOf<Run>(
  run: Run,
  losses: readonly number[] = [],
  predictions: Uint8Array = new Uint8Array(),
  { labels }: Examples,
): TrainedEpoch<Run> {
  return {
    run,
    losses,
    loss: meanLoss(losses),
    predictions,
    accuracy: accuracy(predictions, labels),
  };
}

/** What an epoch trains on, in the order of its batches. */
function examplesOf({ dataset: { train }, settings }: Training, epoch: number): Examples {
  const { seed, shuffle } = settings;
  return shuffle ? pick(train, shuffledOrder(seed, epoch, train.count)) : train;
}

/** One update; the tensors of the state before it are freed. */
function takeStep(
  { network, update, settings }: Training,
  runs: readonly TrainingRun[],
  state: TrainingState,
  examples: LoadedExamples,
  firstExample: number,
  pending: PendingLosses,
): TrainingState {
  const rates = runs.map(({ learningRates }) => {
    const rate = learningRates[state.step];
    if (rate === undefined) throw new RangeError(`no learning rate for step ${state.step}`);
    return rate;
  });

  const result = tf.tidy(() => {
    const { loss, gradients } = network.lossAndGradients(
      state.parameters,
      examples.batch(firstExample, settings.batchSize),
      settings.lossReduction,
    );
    return { loss, ...update(gradients, state.optimizer, state.parameters, rates) };
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
