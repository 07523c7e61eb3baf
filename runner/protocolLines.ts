import { answerChecks } from './answerFields.ts';
import {
  count,
  decodeMessage,
  figure,
  figures,
  finite,
  flag,
  list,
  nullOr,
  oneOf,
  positive,
  recordOf,
  shape,
  text,
  type Check,
  type MessageChecks,
} from './messageFields.ts';
import { unpackedSteps } from './unpackedSteps.ts';
import type {
  ComparisonEvent,
  FromRunner,
  OptimizerSettings,
  PackedSteps,
  ReportData,
  Request,
  RequestedRun,
  RunSummary,
  TrainingSettings,
} from './protocol.ts';
import { exportFormats } from './questions.ts';

/** For `JSON.stringify`: JSON has no NaN and no infinities, they become strings. */
export function jsonFigure(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

/** One line of JSON (without its line end); figures that are not finite become strings. */
export function encodeEvent(message: FromRunner | PackedSteps): string {
  return JSON.stringify(message, jsonFigure);
}

/**
 * Reads a line that `encodeEvent` wrote of an event. Fields that are not known here are kept as they
 * are.
 *
 * @throws SyntaxError where the line is not JSON, or not an event with all its fields.
 */
export function decodeEvent(line: string): ComparisonEvent {
  return decodeMessage<ComparisonEvent>(JSON.parse(line), eventChecks, 'an event');
}

/**
 * Reads a line that a runner printed: an event (packed or not), what it prepares, or an answer.
 *
 * @throws SyntaxError where it is none of them with all its fields.
 */
export function decodeFromRunner(line: string): FromRunner {
  const message = decodeMessage<FromRunner | PackedSteps>(
    JSON.parse(line),
    fromRunnerChecks,
    'a message of a runner',
  );
  return message.type === 'packedSteps' ? unpackedSteps(message) : message;
}

/**
 * Reads a request from a line of JSON.
 *
 * @throws SyntaxError where the line is not JSON, or not a request with all its fields.
 */
export function decodeRequest(line: string): Request {
  return decodeMessage<Request>(JSON.parse(line), requestChecks, 'a request');
}

/** What an HTML report holds of its comparison, as JSON. */
export function encodeReport(data: ReportData): string {
  return JSON.stringify(data, jsonFigure);
}

/** Reads what `encodeReport` wrote. */
export function decodeReport(json: string): ReportData {
  const report = JSON.parse(json) as ReportData;
  const events = report.events.map((event) => decodeMessage(event, eventChecks, 'an event'));
  return { ...report, events };
}

const optimizer = shape<OptimizerSettings>({
  name: text,
  args: recordOf((value) => typeof value === 'boolean' || nullOr(figure)(value)),
  clipByGlobalNorm: nullOr(figure),
});

const settings = shape<TrainingSettings>({
  epochs: positive,
  batchSize: positive,
  trainExamples: positive,
  testExamples: positive,
  seed: count,
  shuffle: flag,
  lossReduction: oneOf('sum', 'mean'),
  optimizer,
});

const anything: Check = () => true;

const definition = {
  source: [text],
  definition: [recordOf(anything)],
} as const;

const runSummary = shape<RunSummary>({
  run: text,
  name: text,
  schedule: text,
  seed: count,
  function: text,
  totalSteps: count,
  ...definition,
});

const requestedRun = shape<RequestedRun>({
  name: text,
  function: text,
  learningRates: figures,
  optimizer: [optimizer],
  ...definition,
});

const comparison = { comparison: text } as const;
const engine = { engine: text, device: text } as const;

const eventChecks: MessageChecks<ComparisonEvent> = {
  comparisonStarted: { ...comparison, ...engine, settings, runs: list(runSummary) },
  comparisonResumed: { ...comparison, ...engine, only: [list(text)] },
  comparisonPaused: comparison,
  comparisonContinued: comparison,
  comparisonStopped: { ...comparison, seconds: figure },
  comparisonCompleted: { ...comparison, seconds: figure },
  runStarted: { run: text, fromEpoch: count, fromStep: count },
  stepsCompleted: {
    run: text,
    firstStep: count,
    losses: figures,
    learningRates: figures,
    stepsPerSecond: figure,
  },
  epochCompleted: {
    run: text,
    epoch: count,
    loss: figure,
    accuracy: figure,
    learningRate: figure,
    seconds: figure,
  },
  runCompleted: { run: text, accuracy: figure, seconds: figure, reused: flag },
  runInterrupted: { run: text, message: text },
  runFailed: { run: text, message: text, diverged: flag },
  runStopped: { run: text },
};

const fromRunnerChecks: MessageChecks<FromRunner | PackedSteps> = {
  ...eventChecks,
  ...answerChecks,
  packedSteps: {
    run: text,
    firstStep: count,
    losses: text,
    learningRates: text,
    stepsPerSecond: figure,
  },
  preparing: { message: text, share: nullOr(finite) },
  following: {},
  ended: {
    outcome: oneOf('completed', 'failed', 'stopped', 'told', 'refused'),
    message: nullOr(text),
    isInUse: flag,
  },
};

const resources = {
  folder: text,
  engine: [text],
  parallel: [positive],
  data: [text],
} as const;

const question = { question: count } as const;

const requestChecks: MessageChecks<Request> = {
  start: {
    ...resources,
    settings,
    runs: list(requestedRun),
    seeds: [positive],
    fresh: [flag],
  },
  resume: { ...resources, runs: [list(text)], packed: [flag] },
  open: { folders: list(text), data: [text], packed: [flag], follow: [flag] },
  stop: { run: [text] },
  pause: {},
  continue: { run: [text] },
  parallel: { parallel: positive },
  reorder: { runs: list(text) },
  comparisons: { ...question, folder: text },
  engines: question,
  measure: { ...question, engine: text, settings, data: [text] },
  rename: { ...question, folder: text, title: text },
  results: question,
  predictions: { ...question, runs: list(text) },
  images: { ...question, images: list(count) },
  export: { ...question, format: oneOf(...exportFormats), path: text },
};
