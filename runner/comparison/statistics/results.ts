import type { ReadComparison } from '../readComparison.ts';
import { bestEpoch, type RunState } from '../runStates.ts';
import type { CorrectImages } from '../predictions.ts';
import { holm } from './holm.ts';
import { disagreements, mcnemar } from './mcnemar.ts';
import { estimate, pairedTTest, type Estimate } from './seeds.ts';

/** Differences whose p-value is not below it are not distinguished from chance. */
export const significance = 0.05;

/** What came out under one schedule. */
export interface ScheduleResult {
  readonly schedule: string;
  readonly function: string;
  /** One for each seed. */
  readonly runs: readonly RunState[];
  readonly completed: readonly RunState[];
  /** What the figures are of: the completed runs; also an only run that is not completed. */
  readonly counted: readonly RunState[];
  readonly figures: Figures | undefined;
  readonly ranking: Ranking;
}

/** Means over seeds. */
export interface Figures {
  readonly finalAccuracy: Estimate;
  readonly bestAccuracy: Estimate;
  readonly finalLoss: Estimate;
  /** Training time of a run. */
  readonly seconds: number;
}

export type Ranking =
  | { readonly type: 'best' }
  /** `points`: percentage points of final accuracy against the best; `p` where it can be tested. */
  | { readonly type: 'behind'; readonly points: number; readonly p: number | undefined }
  | { readonly type: 'unfinished' };

/** A test of whether the final accuracies of two schedules differ by more than chance. */
export interface PairTest {
  /** In the order of the results. */
  readonly schedules: readonly [string, string];
  readonly p: number;
  /** Corrected by Holm's method for there being so many pairs. */
  readonly adjustedP: number;
}

export interface Results {
  /** The best first, then those with a run that failed, those without a completed one at the end. */
  readonly schedules: readonly ScheduleResult[];
  /** How many seeds each schedule was to be trained with. */
  readonly seeds: number;
  /** With one seed McNemar's test on the test images, with more the paired t-test over seeds. */
  readonly tests: readonly PairTest[];
}

/** What a comparison says of its schedules, and which of the differences are more than chance. */
export function resultsOf({ state, correct }: Omit<ReadComparison, 'plan'>): Results {
  const all = [...state.runs.values()];
  const trained = [...new Set(all.map(({ schedule }) => schedule))]
    .map((name) => trainedUnder(all.filter(({ schedule }) => schedule === name)))
    .sort(byAccuracy);
  const seeds = new Set(all.map(({ seed }) => seed)).size;
  const { testExamples } = state.started.settings;
  const tests = testedPairs(
    trained.filter(({ completed }) => completed.length > 0),
    (a, b) => (seeds > 1 ? overSeeds(a, b, testExamples) : onImages(a, b, correct)),
  );
  const best = trained[0];
  const schedules = trained.map((one) => ({ ...one, ranking: rankingOf(one, best, tests) }));
  return { schedules, seeds, tests };
}

type Trained = Omit<ScheduleResult, 'ranking'>;

function trainedUnder(runs: readonly RunState[]): Trained {
  const completed = runs.filter(({ status }) => status === 'completed');
  const counted = completed.length > 0 || runs.length > 1 ? completed : runs;
  const { schedule = '', function: f = '' } = runs[0] ?? {};
  return { schedule, function: f, runs, completed, counted, figures: figuresOf(counted) };
}

function figuresOf(runs: readonly RunState[]): Figures | undefined {
  const last = runs.flatMap(({ epochs }) => epochs.at(-1) ?? []);
  if (last.length === 0) return undefined;
  const best = runs.flatMap((run) => bestEpoch(run) ?? []);
  const seconds = runs.flatMap(({ epochs }) => epochs.map((epoch) => epoch.seconds));
  return {
    finalAccuracy: estimate(last.map(({ accuracy }) => accuracy)),
    bestAccuracy: estimate(best.map(({ accuracy }) => accuracy)),
    finalLoss: estimate(last.map(({ loss }) => loss)),
    seconds: seconds.reduce((a, b) => a + b, 0) / runs.length,
  };
}

/** What fails under one seed is not the best by what it did under the others. */
function byAccuracy(a: Trained, b: Trained): number {
  const reliability = ({ completed, runs }: Trained): number => {
    if (completed.length === 0) return 0;
    return runs.some(({ status }) => status === 'failed') ? 1 : 2;
  };
  const accuracy = ({ figures }: Trained): number => figures?.finalAccuracy.mean ?? -1;
  return reliability(b) - reliability(a) || accuracy(b) - accuracy(a);
}

/** @param test gives the p-value of two schedules, or undefined where they cannot be compared. */
function testedPairs(
  bestFirst: readonly Trained[],
  test: (a: Trained, b: Trained) => number | undefined,
): readonly PairTest[] {
  const pairs = bestFirst.flatMap((a, i) =>
    bestFirst.slice(i + 1).flatMap((b) => {
      const p = test(a, b);
      return p === undefined ? [] : { schedules: [a.schedule, b.schedule] as const, p };
    }),
  );
  const adjusted = holm(pairs.map(({ p }) => p));
  return pairs.map((pair, i) => ({ ...pair, adjustedP: adjusted[i] ?? 1 }));
}

/** McNemar's test of two single runs on the images that they were tested on. */
function onImages(a: Trained, b: Trained, correct: CorrectImages): number | undefined {
  const [first, second] = [a, b].map(({ completed }) => correct.get(completed[0]?.run ?? ''));
  return first && second && mcnemar(...disagreements(first, second));
}

/**
 * An accuracy is a whole number of images: rounding to such varies by 1/12, and the difference of
 * two by 1/6, also where the differences of few seeds happen to be equal.
 */
const roundingVariance = 1 / 6;

/** The paired t-test over the seeds that both schedules were trained with to the end. */
function overSeeds(a: Trained, b: Trained, testExamples: number): number | undefined {
  const images = ({ epochs }: RunState): number =>
    Math.round((epochs.at(-1)?.accuracy ?? NaN) * testExamples);
  const differences = a.completed.flatMap((run) => {
    const other = b.completed.find(({ seed }) => seed === run.seed);
    return other ? images(run) - images(other) : [];
  });
  return differences.length < 2 ? undefined : pairedTTest(differences, roundingVariance);
}

function rankingOf(
  { schedule, completed, figures }: Trained,
  best: Trained | undefined,
  tests: readonly PairTest[],
): Ranking {
  if (completed.length === 0 || !figures || !best?.figures) return { type: 'unfinished' };
  if (schedule === best.schedule) return { type: 'best' };
  const test = tests.find(
    ({ schedules: [first, second] }) => first === best.schedule && second === schedule,
  );
  const points = 100 * (figures.finalAccuracy.mean - best.figures.finalAccuracy.mean);
  return { type: 'behind', points, p: test?.adjustedP };
}
