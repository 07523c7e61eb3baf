import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import printedFigures from '../../runner/reproduction/printed.json' with { type: 'json' };
import type {
  ComparisonEvent,
  ComparisonResults,
  ComparisonStarted,
  RunSummary,
  ScheduleFigures,
} from '../../runner/protocol.ts';
import { comparableSchedules, unusedSchedules } from '../../schedules/comparing/comparable.ts';
import { readSchedules } from '../../schedules/readSchedules.ts';
import { root } from './vscode/cache.ts';

export interface SyntheticOptions {
  readonly runs?: number;
  readonly epochs?: number;
  readonly stepsPerEpoch?: number;
  /** Steps of each message. */
  readonly stepsPerMessage?: number;
  readonly seeds?: number;
}

/**
 * The events of a comparison that nobody trained: the schedules of the tutorial with their real
 * rates, losses that go through what the tutorial printed with the noise of batches, in the order in
 * which two workers would tell them.
 */
export function syntheticEvents(options: SyntheticOptions = {}): readonly ComparisonEvent[] {
  const started = startOf(options);
  const queues = started.runs.map((run, i) => runEvents(run, i % tutorial.length, options));
  const events: ComparisonEvent[] = [started];
  const workers = [queues.shift(), queues.shift()];
  while (workers.some((queue) => queue !== undefined)) {
    for (const [worker, queue] of workers.entries()) {
      const event = queue?.shift();
      if (event) events.push(event);
      else workers[worker] = queues.shift();
    }
  }
  return [...events, { type: 'comparisonCompleted', comparison: 'tutorial', seconds: 1100 }];
}

const reading = readSchedules(
  'tutorial.py',
  readFileSync(join(root, 'examples/tutorial.py'), 'utf8'),
  {},
  { longest: 60_000 },
);
const tutorial = [...comparableSchedules(reading), ...unusedSchedules(reading)];

function startOf({
  runs: count = tutorial.length,
  epochs = 10,
  stepsPerEpoch = 235,
  seeds = 1,
}: SyntheticOptions): ComparisonStarted {
  const runs = Array.from({ length: count }, (_, i) => i).flatMap((i) =>
    Array.from({ length: seeds }, (_, seed): RunSummary => {
      const { name, function: f } = tutorial[i % tutorial.length]!;
      const schedule = i < tutorial.length ? name : `${name} ${Math.floor(i / tutorial.length)}`;
      const run = seeds === 1 ? schedule : `${schedule} (seed ${seed})`;
      const totalSteps = epochs * stepsPerEpoch;
      return { run, name: run, schedule, seed, function: f, totalSteps, source: '/tutorial.py' };
    }),
  );
  return {
    type: 'comparisonStarted',
    comparison: 'tutorial',
    engine: 'wasm',
    device: 'CPU, 2 cores',
    settings: {
      epochs,
      batchSize: 256,
      trainExamples: stepsPerEpoch * 256 - 160,
      testExamples: 10_000,
      seed: 0,
      shuffle: false,
      lossReduction: 'sum',
      optimizer: { name: 'sgd', args: {}, clipByGlobalNorm: null },
    },
    runs,
  };
}

function runEvents(
  { run, seed, totalSteps }: RunSummary,
  index: number,
  { stepsPerEpoch = 235, stepsPerMessage = 3 }: SyntheticOptions,
): ComparisonEvent[] {
  const { schedule } = tutorial[index]!.schedule;
  const printed = printedFigures.runs[index]!;
  const random = randomNumbers(1 + index + 100 * seed);
  const losses = stepLosses(printed.loss, totalSteps, stepsPerEpoch, random);
  const events: ComparisonEvent[] = [{ type: 'runStarted', run, fromEpoch: 1, fromStep: 0 }];
  for (let firstStep = 0; firstStep < totalSteps;) {
    const epoch = Math.floor(firstStep / stepsPerEpoch) + 1;
    const end = Math.min(firstStep + stepsPerMessage, epoch * stepsPerEpoch, totalSteps);
    const learningRates = Array.from({ length: end - firstStep }, (_, i) =>
      schedule(firstStep + i),
    );
    events.push({
      type: 'stepsCompleted',
      run,
      firstStep,
      losses: losses.slice(firstStep, end),
      learningRates,
      stepsPerSecond: 15 + random(),
    });
    firstStep = end;
    if (end < epoch * stepsPerEpoch) continue;
    const all = losses.slice(end - stepsPerEpoch, end);
    events.push({
      type: 'epochCompleted',
      ...{ run, epoch },
      loss: all.reduce((a, b) => a + b, 0) / all.length,
      accuracy: (printed.accuracy[epoch - 1] ?? printed.accuracy.at(-1)!) + seed * 0.002 * random(),
      learningRate: learningRates.at(-1)!,
      seconds: stepsPerEpoch / 15.5 + random(),
    });
  }
  const accuracy = printed.accuracy.at(-1)!;
  return [...events, { type: 'runCompleted', run, accuracy, seconds: 155, reused: false }];
}

/** Losses that fall as the printed ones of the epochs do, with the noise of batches. */
function stepLosses(
  printed: readonly number[],
  totalSteps: number,
  stepsPerEpoch: number,
  random: () => number,
): number[] {
  const start = 2.3 * 256;
  return Array.from({ length: totalSteps }, (_, step) => {
    const place = step / stepsPerEpoch;
    const [epoch, part] = [Math.floor(place), place % 1];
    const before = epoch === 0 ? start : (printed[epoch - 1] ?? printed.at(-1)!);
    const after = printed[epoch] ?? printed.at(-1)!;
    // Most of the way in the beginning of an epoch.
    const way = epoch === 0 ? 1 - Math.exp(-9 * part) : part;
    const noise = random() + random() + random() - 1.5;
    return (before + (after - before) * way) * (1 + 0.25 * noise);
  });
}

/** The same numbers from 0 to 1 each time (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const finiteOrNull = (figure: number | undefined): number | null =>
  figure !== undefined && Number.isFinite(figure) ? figure : null;

function estimateOf(figure: number | undefined): ScheduleFigures['finalLoss'] {
  const mean = finiteOrNull(figure);
  return mean === null ? null : { mean, margin: null };
}

/** The table of such events, as far as they go. Differences under 0.6 points count as chance. */
export function syntheticResults(events: readonly ComparisonEvent[]): ComparisonResults {
  const [started] = events;
  if (started?.type !== 'comparisonStarted') throw new RangeError('The events have no start.');
  const figures = started.runs.map((summary): ScheduleFigures => {
    const { run } = summary;
    const epochs = events.filter((event) => event.type === 'epochCompleted' && event.run === run);
    const trained = epochs.flatMap((event) => (event.type === 'epochCompleted' ? [event] : []));
    const end = events.find((event) => event.type === 'runCompleted' && event.run === run);
    const last = trained.at(-1);
    return {
      schedule: run,
      function: summary.function,
      runs: [run],
      finalAccuracy: estimateOf(last?.accuracy),
      bestAccuracy: estimateOf(Math.max(...trained.map(({ accuracy }) => accuracy))),
      finalLoss: estimateOf(last?.loss),
      seconds: finiteOrNull(trained.reduce((sum, { seconds }) => sum + seconds, 0)),
      reused: end?.type === 'runCompleted' && end.reused,
      ranking: { type: 'unfinished' },
    };
  });
  const finals = figures.map(({ finalAccuracy }) => finalAccuracy?.mean ?? -Infinity);
  const best = Math.max(...finals);
  const schedules = figures.map((one, i): ScheduleFigures => {
    const points = 100 * (finals[i]! - best);
    if (!Number.isFinite(points)) return one;
    if (i === finals.indexOf(best)) return { ...one, ranking: { type: 'best' } };
    const isDistinguished = points < -0.6;
    const p = isDistinguished ? 0.001 : 0.4;
    return { ...one, ranking: { type: 'behind', points, p, isDistinguished } };
  });
  return {
    seeds: 1,
    schedules: schedules.toSorted(
      (a, b) => (b.finalAccuracy?.mean ?? 0) - (a.finalAccuracy?.mean ?? 0),
    ),
    tests: [],
    explanation:
      'Not distinguishable from the best: such a difference may be the chance of these test images.',
    printed: started.runs.flatMap(({ run }, i) => {
      const printed = printedFigures.runs[i];
      return printed ? [{ run, losses: printed.loss, accuracies: printed.accuracy }] : [];
    }),
  };
}
