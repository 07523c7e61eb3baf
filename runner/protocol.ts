/**
 * What a runner says while it compares schedules: the events that `anneal compare --json` prints and
 * that a comparison's `events.jsonl` keeps, one JSON object a line. The only file of runner/ that the
 * extension and its pages import.
 *
 * Steps count from 0, epochs from 1. `run` is a run's name, unique in its comparison.
 */

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
  readonly seed: number;
  readonly lossReduction: LossReduction;
  readonly optimizer: OptimizerSettings;
}

export interface RunSummary {
  readonly run: string;
  /** The same as `run`: the schedule's name in its file. */
  readonly name: string;
  readonly function: string;
  readonly totalSteps: number;
}

export interface ComparisonStarted {
  readonly type: 'comparisonStarted';
  readonly comparison: string;
  readonly engine: string;
  readonly device: string;
  readonly settings: TrainingSettings;
  readonly runs: readonly RunSummary[];
}

export interface RunStarted {
  readonly type: 'runStarted';
  readonly run: string;
  /** The first epoch that is trained now: 1, or a later one where a run goes on. */
  readonly fromEpoch: number;
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
  readonly reused: boolean;
}

export interface RunFailed {
  readonly type: 'runFailed';
  readonly run: string;
  readonly message: string;
}

export interface RunStopped {
  readonly type: 'runStopped';
  readonly run: string;
}

export interface ComparisonCompleted {
  readonly type: 'comparisonCompleted';
  readonly comparison: string;
  readonly seconds: number;
}

export type ComparisonEvent =
  | ComparisonStarted
  | RunStarted
  | StepsCompleted
  | EpochCompleted
  | RunCompleted
  | RunFailed
  | RunStopped
  | ComparisonCompleted;

/** One line of JSON (without its line end). JSON has no NaN and no infinities: they become strings. */
export function encodeEvent(event: ComparisonEvent): string {
  return JSON.stringify(event, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

/** The fields of events that hold figures, where "NaN" and "Infinity" mean numbers. */
const figureFields = new Set(['losses', 'learningRates', 'loss', 'accuracy', 'learningRate']);

/**
 * Reads a line that `encodeEvent` wrote.
 *
 * @throws SyntaxError where the line is not JSON or not an event of a known type.
 */
export function decodeEvent(line: string): ComparisonEvent {
  const value: unknown = JSON.parse(line);
  if (!isEvent(value)) throw new SyntaxError('not an event of a comparison');
  return Object.fromEntries(
    Object.entries(value).map(([field, content]) => [
      field,
      figureFields.has(field) ? toFigures(content) : content,
    ]),
  ) as unknown as ComparisonEvent;
}

const eventTypes: Readonly<Record<ComparisonEvent['type'], true>> = {
  comparisonStarted: true,
  runStarted: true,
  stepsCompleted: true,
  epochCompleted: true,
  runCompleted: true,
  runFailed: true,
  runStopped: true,
  comparisonCompleted: true,
};

function isEvent(value: unknown): value is ComparisonEvent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    typeof value.type === 'string' &&
    Object.hasOwn(eventTypes, value.type)
  );
}

function toFigures(content: unknown): unknown {
  return Array.isArray(content) ? content.map(Number) : Number(content);
}
