import type { ReadComparison } from '../../runner/comparison/readComparison.ts';
import type { ReportedComparison } from '../../runner/comparison/reports/formats.ts';
import { afterEvent, type ComparisonState } from '../../runner/comparison/runStates.ts';
import { resultsOf } from '../../runner/comparison/statistics/results.ts';
import type { ComparisonEvent, TrainingSettings } from '../../runner/protocol.ts';

export interface TrainedRun {
  readonly run: string;
  /** The schedule's name where it is not the run's. */
  readonly schedule?: string;
  readonly seed?: number;
  /** Loss and accuracy of each epoch. */
  readonly epochs: readonly (readonly [loss: number, accuracy: number])[];
  readonly failed?: string;
  readonly stopped?: true;
  /** 1 for each test image that it classifies correctly in the end, 0 for the others. */
  readonly correct?: Uint8Array;
}

const f = 'cosine_decay_schedule';
const steps = 705;

/** A comparison in which such runs came out, with all that its reports are made of. */
export function comparisonOf(
  trained: readonly TrainedRun[],
  { comparison = 'tutorial', ...others }: Partial<TrainingSettings> & { comparison?: string } = {},
): ReportedComparison & ReadComparison & { readonly events: readonly ComparisonEvent[] } {
  const settings: TrainingSettings = {
    epochs: 3,
    batchSize: 256,
    trainExamples: 60_000,
    testExamples: 10_000,
    seed: 0,
    shuffle: false,
    lossReduction: 'sum',
    optimizer: { name: 'sgd', args: {}, clipByGlobalNorm: null },
    ...others,
  };
  const learningRates = Float32Array.from(
    { length: steps },
    (_, step) => 1e-4 * (1 - step / steps),
  );
  const planned = trained.map(({ run, schedule = run, seed = 0 }) => ({
    run,
    schedule,
    seed,
    function: f,
    learningRates,
  }));
  const events: ComparisonEvent[] = [
    {
      type: 'comparisonStarted',
      comparison,
      engine: 'wasm',
      device: 'CPU, 2 threads',
      settings,
      runs: planned.map(({ run, schedule, seed }) => ({
        run,
        name: run,
        schedule,
        seed,
        function: f,
        totalSteps: steps,
      })),
    },
    ...trained.flatMap(eventsOf),
    { type: 'comparisonCompleted', comparison, seconds: 187 },
  ];
  const state = events.reduce<ComparisonState | undefined>(afterEvent, undefined)!;
  const correct = new Map(trained.flatMap((one) => (one.correct ? [[one.run, one.correct]] : [])));
  const plan = { comparison, settings, runs: planned };
  const rates = new Map(planned.map((run) => [run.schedule, run.learningRates]));
  const results = resultsOf({ state, correct });
  return { title: comparison, plan, events, state, correct, results, rates };
}

function eventsOf(trained: TrainedRun): readonly ComparisonEvent[] {
  const { run, epochs } = trained;
  return [
    { type: 'runStarted', run, fromEpoch: 1, fromStep: 0 },
    ...epochs.map(([loss, accuracy], i): ComparisonEvent => ({
      type: 'epochCompleted',
      run,
      epoch: i + 1,
      loss,
      accuracy,
      learningRate: 1e-4,
      seconds: 20,
    })),
    endOf(trained),
  ];
}

function endOf({ run, epochs, failed, stopped }: TrainedRun): ComparisonEvent {
  if (failed !== undefined) return { type: 'runFailed', run, message: failed, diverged: true };
  if (stopped) return { type: 'runStopped', run };
  const accuracy = epochs.at(-1)?.[1] ?? NaN;
  return { type: 'runCompleted', run, accuracy, seconds: 60, reused: false };
}

/** The run of a schedule under a seed, trained for an epoch. */
export function seeded(schedule: string, seed: number, accuracy: number): TrainedRun {
  return { run: `${schedule} (seed ${seed})`, schedule, seed, epochs: [[100 - seed, accuracy]] };
}

/** A run of one epoch that classifies all of `count` images correctly but those from `from` to `to`. */
export function wrongOn(run: string, from: number, to: number, count = 10_000): TrainedRun {
  const correct = Uint8Array.from({ length: count }, (_, i) => Number(i < from || i >= to));
  return { run, epochs: [[90, 1 - (to - from) / count]], correct };
}
