import type { ComparisonEvent, Request } from './protocol.ts';

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
  return decode(line, eventFields, 'an event');
}

/**
 * Reads a request from a line of JSON.
 *
 * @throws SyntaxError where the line is not JSON, or not a request with all its fields.
 */
export function decodeRequest(line: string): Request {
  return decode(line, requestFields, 'a request');
}

/** `figure` is a number in which "NaN", "Infinity" and "-Infinity" are numbers too. */
type FieldKind =
  | 'text'
  | 'texts'
  | 'count'
  | 'positive'
  | 'switch'
  | 'figure'
  | 'figures'
  | 'settings'
  | 'runs'
  | 'requestedRuns';

/** For each type of message its fields; a kind in brackets is of a field that may be missing. */
type FieldKinds<Message extends { readonly type: string }> = {
  readonly [Type in Message['type']]: Fields<Extract<Message, { readonly type: Type }>>;
};
type Fields<Message> = {
  readonly [Field in keyof Omit<Message, 'type'>]-?: undefined extends Message[Field]
    ? readonly [FieldKind]
    : FieldKind;
};

const comparison = { comparison: 'text' } as const;
const engine = { engine: 'text', device: 'text' } as const;

const eventFields: FieldKinds<ComparisonEvent> = {
  comparisonStarted: { ...comparison, ...engine, settings: 'settings', runs: 'runs' },
  comparisonResumed: { ...comparison, ...engine },
  comparisonPaused: comparison,
  comparisonContinued: comparison,
  comparisonStopped: { ...comparison, seconds: 'figure' },
  comparisonCompleted: { ...comparison, seconds: 'figure' },
  runStarted: { run: 'text', fromEpoch: 'count', fromStep: 'count' },
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
  runInterrupted: { run: 'text', message: 'text' },
  runFailed: { run: 'text', message: 'text', diverged: 'switch' },
  runStopped: { run: 'text' },
};

const resources = {
  folder: 'text',
  engine: ['text'],
  parallel: ['positive'],
  data: ['text'],
} as const;

const requestFields: FieldKinds<Request> = {
  start: {
    ...resources,
    settings: 'settings',
    runs: 'requestedRuns',
    seeds: ['positive'],
    fresh: ['switch'],
  },
  resume: resources,
  stop: { run: ['text'] },
  pause: {},
  continue: { run: ['text'] },
  parallel: { parallel: 'positive' },
  reorder: { runs: 'texts' },
};

function decode<Message extends { readonly type: string }>(
  line: string,
  types: FieldKinds<Message>,
  what: string,
): Message {
  const message: unknown = JSON.parse(line);
  const type = isRecord(message) ? message['type'] : undefined;
  if (!isRecord(message) || typeof type !== 'string' || !Object.hasOwn(types, type)) {
    throw new SyntaxError(`not ${what}`);
  }
  const fields: Readonly<Record<string, FieldKind | readonly [FieldKind]>> =
    types[type as Message['type']];
  const decoded: Record<string, unknown> = { ...message };
  for (const [field, expected] of Object.entries(fields)) {
    const kind = typeof expected === 'string' ? expected : expected[0];
    if (typeof expected !== 'string' && message[field] === undefined) continue;
    if (!isOfKind[kind](message[field])) throw new SyntaxError(`${what} with a bad '${field}'`);
    if (kind === 'figure') decoded[field] = Number(message[field]);
    if (kind === 'figures') decoded[field] = (message[field] as unknown[]).map(Number);
  }
  return decoded as unknown as Message;
}

const isOfKind: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  texts: (value) => Array.isArray(value) && value.every(isOfKind.text),
  count: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  positive: (value) => Number.isSafeInteger(value) && Number(value) > 0,
  switch: (value) => typeof value === 'boolean',
  figure: isFigure,
  figures: (value) => Array.isArray(value) && value.every(isFigure),
  settings: isSettings,
  runs: (value) => Array.isArray(value) && value.every(isRunSummary),
  requestedRuns: (value) => Array.isArray(value) && value.every(isRequestedRun),
};

const notFinite: readonly unknown[] = ['NaN', 'Infinity', '-Infinity'];

function isFigure(value: unknown): boolean {
  return typeof value === 'number' || notFinite.includes(value);
}

function isSettings(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { epochs, batchSize, trainExamples, testExamples, seed, shuffle, lossReduction } = value;
  return (
    [epochs, batchSize, trainExamples, testExamples].every(isOfKind.positive) &&
    isOfKind.count(seed) &&
    isOfKind.switch(shuffle) &&
    (lossReduction === 'sum' || lossReduction === 'mean') &&
    isOptimizer(value['optimizer'])
  );
}

function isOptimizer(value: unknown): boolean {
  if (!isRecord(value) || !isRecord(value['args'])) return false;
  const { name, args, clipByGlobalNorm } = value;
  const isArgument = (argument: unknown): boolean =>
    argument === null || typeof argument === 'boolean' || isOfKind.figure(argument);
  return isOfKind.text(name) && [...Object.values(args), clipByGlobalNorm].every(isArgument);
}

function isRunSummary(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { run, name, schedule, function: f, seed, totalSteps } = value;
  const texts = [run, name, schedule, f].every(isOfKind.text);
  return texts && [seed, totalSteps].every(isOfKind.count);
}

function isRequestedRun(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { name, function: f, learningRates, optimizer } = value;
  return (
    [name, f].every(isOfKind.text) &&
    isOfKind.figures(learningRates) &&
    (optimizer === undefined || isOptimizer(optimizer))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
