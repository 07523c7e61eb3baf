import type { TrainingSettings } from '../protocol.ts';
import type { Perturbation } from '../training/start.ts';

/**
 * What the supervisor of a comparison and its worker processes say to each other, over Node's IPC
 * with advanced serialization (typed arrays and NaN arrive as they are).
 */
export type ToWorker = TrainRun | { readonly type: 'stop'; readonly run: string };

export interface TrainRun {
  readonly type: 'train';
  readonly run: string;
  /** One float32 rate per optimizer step. */
  readonly learningRates: Float32Array;
  readonly settings: TrainingSettings;
  readonly perturbation?: Perturbation | undefined;
  readonly dataFolder: string;
  readonly checkpointFolder: string;
  readonly predictionFolder: string;
  /** The checkpoint to go on from; the start where there is none. */
  readonly checkpoint?: string | undefined;
  readonly checkpointSeconds: number;
  /** So many runs at the most may be trained in lockstep. */
  readonly mostInLockstep: number;
  /** What its checkpoints tell of where they come from: what determines the run, per epoch, */
  readonly identities: readonly string[];
  /** and the classes of engines that have trained it, this one included. */
  readonly engines: readonly string[];
}

export type FromWorker =
  | {
      readonly type: 'ready';
      readonly device: string;
      readonly version: string;
      readonly adapters: readonly string[];
      readonly largestTensor?: number | undefined;
    }
  | { readonly type: 'unusable'; readonly message: string }
  | Breakdown
  | ((RunProgress | RunEnd | SignOfLife) & { readonly run: string });

/** In what takes long and tells nothing else. */
export interface SignOfLife {
  readonly type: 'alive';
}

/** What a worker says of a run that it trains. */
export type RunProgress =
  | {
      readonly type: 'steps';
      readonly firstStep: number;
      readonly losses: readonly number[];
      readonly stepsPerSecond: number;
    }
  | {
      readonly type: 'epoch';
      readonly epoch: number;
      readonly loss: number;
      readonly accuracy: number;
      readonly seconds: number;
    };

/** The last that it says of it. */
export type RunEnd =
  | { readonly type: 'completed' }
  | { readonly type: 'stopped' }
  | { readonly type: 'diverged'; readonly message: string };

/** What ends all runs of a worker, and the worker with them: what it leaves behind, nobody knows. */
export type Breakdown =
  /** What a person has to mend, such as a full disk. */
  | { readonly type: 'blocked'; readonly message: string }
  /** Anything else, which may not happen again; where memory ran out, not with fewer in lockstep. */
  | { readonly type: 'broken'; readonly message: string; readonly outOfMemory?: boolean };
