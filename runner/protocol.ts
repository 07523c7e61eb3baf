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

/** For `JSON.stringify`: JSON has no NaN and no infinities, they become strings. */
export function jsonFigure(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** One line of JSON (without its line end); figures that are not finite become strings. */
export function encodeEvent(event: ComparisonEvent): string {
  return JSON.stringify(event, jsonFigure);
}

/**
 * Reads a line that `encodeEvent` wrote. Fields that are not known here are kept as they are.
 *
 * @throws SyntaxError where the line is not JSON, or not an event with all its fields.
 */
export function decodeEvent(line: string): ComparisonEvent {
  const event: unknown = JSON.parse(line);
  if (!isRecord(event) || !isEventType(event['type'])) throw new SyntaxError('not an event');
  const decoded: Record<string, unknown> = { ...event };
  for (const [field, kind] of Object.entries(fieldKinds[event['type']])) {
    if (!isOfKind[kind](event[field])) throw new SyntaxError(`an event with a bad '${field}'`);
    if (kind === 'figure') decoded[field] = Number(event[field]);
    if (kind === 'figures') decoded[field] = (event[field] as unknown[]).map(Number);
  }
  return decoded as unknown as ComparisonEvent;
}

type EventType = ComparisonEvent['type'];
type EventOf<Type extends EventType> = Extract<ComparisonEvent, { readonly type: Type }>;

/** `figure` is a number in which "NaN", "Infinity" and "-Infinity" are numbers too. */
type FieldKind = 'text' | 'count' | 'switch' | 'figure' | 'figures' | 'settings' | 'runs';

const fieldKinds: {
  readonly [Type in EventType]: Readonly<Record<Exclude<keyof EventOf<Type>, 'type'>, FieldKind>>;
} = {
  comparisonStarted: {
    comparison: 'text',
    engine: 'text',
    device: 'text',
    settings: 'settings',
    runs: 'runs',
  },
  runStarted: { run: 'text', fromEpoch: 'count' },
  stepsCompleted: {
    run: 'text',
    firstStep: 'count',
    losses: 'figures',
    learningRates: 'figures',
    stepsPerSecond: 'figure',
  },
  epochCompleted: {
    run: 'text',
    epoch: 'count',
    loss: 'figure',
    accuracy: 'figure',
    learningRate: 'figure',
    seconds: 'figure',
  },
  runCompleted: { run: 'text', accuracy: 'figure', seconds: 'figure', reused: 'switch' },
  runFailed: { run: 'text', message: 'text' },
  runStopped: { run: 'text' },
  comparisonCompleted: { comparison: 'text', seconds: 'figure' },
};

const isOfKind: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  count: Number.isSafeInteger,
  switch: (value) => typeof value === 'boolean',
  figure: isFigure,
  figures: (value) => Array.isArray(value) && value.every(isFigure),
  settings: isRecord,
  runs: (value) => Array.isArray(value) && value.every(isRunSummary),
};

const notFinite: readonly unknown[] = ['NaN', 'Infinity', '-Infinity'];

function isFigure(value: unknown): boolean {
  return typeof value === 'number' || notFinite.includes(value);
}

function isRunSummary(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { run, name, function: f, totalSteps } = value;
  return [run, name, f].every(isOfKind.text) && isOfKind.count(totalSteps);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEventType(type: unknown): type is EventType {
  return typeof type === 'string' && Object.hasOwn(fieldKinds, type);
}
