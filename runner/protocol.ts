/**
 * What a runner says while it compares schedules: the events that `anneal compare --json` prints and
 * that a comparison's `events.jsonl` keeps; and what can be asked of it: the requests that
 * `dist/main.js` reads. One JSON object a line. The only file of runner/ that the extension and its
 * pages import.
 *
 * A runner lives until its stdin ends: when what it trained is over, however that was, it still
 * answers questions about it. Steering that cannot be done is told on stderr, in a sentence.
 *
 * Steps count from 0, epochs from 1. `run` is a run's name, unique in its comparison.
 */

import type { Answer, Question } from './questions.ts';

export {
  decodeEvent,
  decodeFromRunner,
  decodeReport,
  decodeRequest,
  encodeEvent,
  encodeReport,
  jsonFigure,
} from './protocolLines.ts';
export { exportFormats } from './questions.ts';
export type * from './questions.ts';

export type LossReduction = 'sum' | 'mean';

/** An optimizer of Optax with its arguments, without the learning rate. */
export interface OptimizerSettings {
  readonly name: string;
  readonly args: Readonly<Record<string, number | boolean | null>>;
  /** Largest global norm of the gradients, or null: they are not clipped. */
  readonly clipByGlobalNorm: number | null;
}

/** What all runs of a comparison share. */
export interface TrainingSettings {
  readonly epochs: number;
  readonly batchSize: number;
  readonly trainExamples: number;
  readonly testExamples: number;
  /** Of the starting weights; the first one where runs are repeated with others. */
  readonly seed: number;
  /** Whether batches come in another order in each epoch, made from the seed, or in file order. */
  readonly shuffle: boolean;
  readonly lossReduction: LossReduction;
  readonly optimizer: OptimizerSettings;
}

export interface RunSummary {
  readonly run: string;
  /** The same as `run`. */
  readonly name: string;
  /** The schedule's name in its file: runs that repeat it with other seeds share it. */
  readonly schedule: string;
  readonly seed: number;
  readonly function: string;
  readonly totalSteps: number;
  /** The file that defines the schedule, and its form in a `*.schedules.json`, where they are known. */
  readonly source?: string;
  readonly definition?: Readonly<Record<string, unknown>>;
}

export interface ComparisonStarted {
  readonly type: 'comparisonStarted';
  readonly comparison: string;
  readonly engine: string;
  readonly device: string;
  readonly settings: TrainingSettings;
  readonly runs: readonly RunSummary[];
}

/** A comparison goes on, maybe with another engine. What went before has been told again. */
export interface ComparisonResumed {
  readonly type: 'comparisonResumed';
  readonly comparison: string;
  readonly engine: string;
  readonly device: string;
  /** The runs that go on, where it is not all that are left: the others are stopped. */
  readonly only?: readonly string[];
}

export interface RunStarted {
  readonly type: 'runStarted';
  readonly run: string;
  /** The epoch that is trained now: 1, or a later one where a run goes on. */
  readonly fromEpoch: number;
  /**
   * The step that is trained next. Steps from here on and epochs from `fromEpoch` on that were told
   * before are void: they were lost with the process that trained them.
   */
  readonly fromStep: number;
}

export interface StepsCompleted {
  readonly type: 'stepsCompleted';
  readonly run: string;
  readonly firstStep: number;
  /** Loss of each step: the batch's cross-entropy, summed (or averaged: `lossReduction`). */
  readonly losses: readonly number[];
  readonly learningRates: readonly number[];
  readonly stepsPerSecond: number;
}

export interface EpochCompleted {
  readonly type: 'epochCompleted';
  readonly run: string;
  readonly epoch: number;
  /** Mean of the epoch's batch losses. */
  readonly loss: number;
  /** Share of the test images that are classified correctly after the epoch. */
  readonly accuracy: number;
  /** The rate of the epoch's last step. */
  readonly learningRate: number;
  readonly seconds: number;
}

export interface RunCompleted {
  readonly type: 'runCompleted';
  readonly run: string;
  readonly accuracy: number;
  readonly seconds: number;
  /** Another comparison has trained all of it: its steps and epochs were given again, without a start. */
  readonly reused: boolean;
}

/** Its worker has died. The run goes on from its last checkpoint: `runStarted` follows. */
export interface RunInterrupted {
  readonly type: 'runInterrupted';
  readonly run: string;
  readonly message: string;
}

export interface RunFailed {
  readonly type: 'runFailed';
  readonly run: string;
  readonly message: string;
  /** Its loss is not finite any more: it fails again however often it is trained. */
  readonly diverged: boolean;
}

/** It keeps what it trained, and waits to go on. */
export interface RunStopped {
  readonly type: 'runStopped';
  readonly run: string;
}

/** Nothing trains until `comparisonContinued`. */
export interface ComparisonPaused {
  readonly type: 'comparisonPaused';
  readonly comparison: string;
}

export interface ComparisonContinued {
  readonly type: 'comparisonContinued';
  readonly comparison: string;
}

/** It can be resumed. */
export interface ComparisonStopped {
  readonly type: 'comparisonStopped';
  readonly comparison: string;
  /** Spent on it so far. */
  readonly seconds: number;
}

export interface ComparisonCompleted {
  readonly type: 'comparisonCompleted';
  readonly comparison: string;
  /** Spent on it, all times together that it was resumed (but for those that ended in a crash). */
  readonly seconds: number;
}

export type ComparisonEvent =
  | ComparisonStarted
  | ComparisonResumed
  | ComparisonPaused
  | ComparisonContinued
  | ComparisonStopped
  | ComparisonCompleted
  | RunStarted
  | StepsCompleted
  | EpochCompleted
  | RunCompleted
  | RunInterrupted
  | RunFailed
  | RunStopped;

/** What one run trains under. */
export interface RequestedRun {
  /** The schedule's name, unique in its comparison. */
  readonly name: string;
  /** The function of Optax that made the schedule. */
  readonly function: string;
  /** One rate per optimizer step. */
  readonly learningRates: readonly number[];
  /** Where it trains with another optimizer than the others. */
  readonly optimizer?: OptimizerSettings;
  /** The file that defines it: an absolute path. */
  readonly source?: string;
  /** Its form in a `*.schedules.json`, where it has one: so can the comparison be told to others. */
  readonly definition?: Readonly<Record<string, unknown>>;
}

/** How a comparison is to be trained, which does not change what comes out. */
interface Resources {
  /** The folder of the comparison. */
  readonly folder: string;
  readonly engine?: string;
  /** Runs that train at a time. */
  readonly parallel?: number;
  /** Folder of the four files of Fashion-MNIST. */
  readonly data?: string;
}

export interface StartRequest extends Resources {
  readonly type: 'start';
  readonly settings: TrainingSettings;
  readonly runs: readonly RequestedRun[];
  /** How often each schedule is trained, from the weights of as many seeds. */
  readonly seeds?: number;
  /** Train every run, also one that was trained before. */
  readonly fresh?: boolean;
}

export interface ResumeRequest extends Resources {
  readonly type: 'resume';
  /** Only these; the others stay stopped, and can go on while these train. */
  readonly runs?: readonly string[];
  /** Tell steps of the past packed: see `PackedSteps`. */
  readonly packed?: boolean;
}

/**
 * Opens comparisons to look at them: nothing is trained. Their events are told again; those of
 * several as of one comparison, whose runs have the name of theirs before their own.
 */
export interface OpenRequest {
  readonly type: 'open';
  readonly folders: readonly string[];
  /** Folder of the four files of Fashion-MNIST, for pictures of test images. */
  readonly data?: string;
  /** Tell steps packed: see `PackedSteps`. */
  readonly packed?: boolean;
  /**
   * Of one comparison that another process trains: tell what happens there too, as it comes. `following`
   * tells that it has begun, and `ended` that nobody trains it any more.
   */
  readonly follow?: boolean;
}

/** Ends all, or one run; what was trained is kept. */
export interface StopRequest {
  readonly type: 'stop';
  readonly run?: string;
}

/** Stops all runs until `continue`. */
export interface PauseRequest {
  readonly type: 'pause';
}

/** Goes on with all, or with one run that was stopped. */
export interface ContinueRequest {
  readonly type: 'continue';
  readonly run?: string;
}

export interface ParallelRequest {
  readonly type: 'parallel';
  /** Runs that train at a time, from 1 on. */
  readonly parallel: number;
}

/** The runs that wait are trained in this order, those that are not named after them. */
export interface ReorderRequest {
  readonly type: 'reorder';
  readonly runs: readonly string[];
}

/** The first request that a runner reads. */
export type OpeningRequest = StartRequest | ResumeRequest | OpenRequest;

/** What can be asked of a comparison that trains. */
export type SteeringRequest =
  StopRequest | PauseRequest | ContinueRequest | ParallelRequest | ReorderRequest;

export type Request = OpeningRequest | SteeringRequest | Question;

/** What a runner that was just started does before there is a comparison, such as fetching data. */
export interface Preparing {
  readonly type: 'preparing';
  readonly message: string;
  /** From 0 to 1, or null where it is not known. */
  readonly share: number | null;
}

/**
 * What the first request began is over: no event follows, questions are still answered. Only this
 * tells it for sure: of a comparison that goes on, earlier ends are told again before.
 */
export interface Ended {
  readonly type: 'ended';
  /**
   * `told`: all is told of comparisons that were opened. `refused`: nothing was opened or begun, or
   * the training was broken off.
   */
  readonly outcome: 'completed' | 'failed' | 'stopped' | 'told' | 'refused';
  /** Why it was refused: a sentence that says what to do; null otherwise. */
  readonly message: string | null;
  /**
   * Whether another process trains the comparison. Where it was refused for that, it can be tried again
   * when that ends; where it was told, there may be more by now.
   */
  readonly isInUse: boolean;
}

/** All is told of a comparison that another process trains; what comes now has just happened there. */
export interface Following {
  readonly type: 'following';
}

/**
 * Many steps of the past in one line that is short and quickly read: `decodeFromRunner` makes a
 * `StepsCompleted` of it. `stepsPerSecond` is the mean speed of all of them.
 */
export interface PackedSteps {
  readonly type: 'packedSteps';
  readonly run: string;
  readonly firstStep: number;
  /** Float32, little-endian, in base64; as many as there are rates. */
  readonly losses: string;
  readonly learningRates: string;
  readonly stepsPerSecond: number;
}

/** What a runner prints on stdout, a line each. */
export type FromRunner = ComparisonEvent | Preparing | Following | Ended | Answer;
