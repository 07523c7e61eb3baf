import type {
  ComparisonResults,
  EstimatedFigure,
  PrintedRun,
  ScheduleFigures,
  TrainingSettings,
} from '../protocol.ts';
import { hasPrintedSettings, printedFigures } from '../reproduction/printedFigures.ts';
import {
  joinedCorrectImages,
  joinedPlans,
  joinedState,
  type OpenComparison,
} from './openComparison.ts';
import { requireWholePlan } from './plan.ts';
import { explanation } from './reports/table.ts';
import { resultsOf, significance, type ScheduleResult } from './statistics/results.ts';
import type { Estimate } from './statistics/seeds.ts';

/** The table of what is open, as its page is told. */
export async function comparisonResults(open: OpenComparison): Promise<ComparisonResults> {
  const state = joinedState(open);
  const results = resultsOf({ state, correct: await joinedCorrectImages(open) });
  const notes = [explanation(results, state.started), settingDifferences(open)];
  return {
    seeds: results.seeds,
    schedules: results.schedules.map(scheduleFigures),
    tests: results.tests.map(({ schedules, adjustedP: p }) => ({ schedules, p })),
    explanation: notes.filter((note) => note !== '').join(' '),
    printed: await printedRuns(open),
  };
}

function scheduleFigures(result: ScheduleResult): ScheduleFigures {
  const { schedule, function: f, runs, figures, ranking } = result;
  return {
    schedule,
    function: f,
    runs: runs.map(({ run }) => run),
    finalAccuracy: estimated(figures?.finalAccuracy),
    bestAccuracy: estimated(figures?.bestAccuracy),
    finalLoss: estimated(figures?.finalLoss),
    seconds: figures && Number.isFinite(figures.seconds) ? figures.seconds : null,
    reused: runs.every(({ reused }) => reused === true),
    ranking: ranking.type === 'behind' ? behind(ranking) : ranking,
  };
}

function behind({ points, p }: Behind): ScheduleFigures['ranking'] {
  const isTested = p !== undefined;
  return {
    type: 'behind',
    points,
    p: isTested ? p : null,
    isDistinguished: isTested ? p < significance : null,
  };
}

type Behind = Extract<ScheduleResult['ranking'], { readonly type: 'behind' }>;

/** A loss that is no number any more has no mean to tell. */
function estimated(estimate: Estimate | undefined): EstimatedFigure | null {
  if (!estimate || !Number.isFinite(estimate.mean)) return null;
  const { mean, margin = NaN } = estimate;
  return { mean, margin: Number.isFinite(margin) ? margin : null };
}

/** What keeps the figures of several comparisons from being comparable; '' where nothing does. */
function settingDifferences({ parts }: OpenComparison): string {
  const settings = parts.map(({ state }) => state.started.settings);
  const names: Readonly<Partial<Record<keyof TrainingSettings, string>>> = {
    epochs: 'epochs',
    batchSize: 'batch size',
    trainExamples: 'training images',
    shuffle: 'order of the batches',
    lossReduction: 'reduction of the loss',
    optimizer: 'optimizer',
  };
  const different = Object.entries(names).filter(([field]) => {
    const values = settings.map((one) => JSON.stringify(one[field as keyof TrainingSettings]));
    return new Set(values).size > 1;
  });
  return different.length === 0
    ? ''
    : 'These comparisons were trained with different settings, so more than the schedules may make ' +
        `the difference: ${different.map(([, name]) => name).join(', ')}.`;
}

async function printedRuns({ parts }: OpenComparison): Promise<readonly PrintedRun[]> {
  // Whatever is read of it, a folder that has vanished is told.
  for (const { folder } of parts) await requireWholePlan(folder.plan);
  // A plan has a rate for every step, so it takes long to read where there are very many.
  const plans = await joinedPlans({
    parts: parts.filter(({ state }) => hasPrintedSettings(state.started.settings)),
  });
  return plans.flatMap((plan) => plan.runs.flatMap((run) => printedFigures(plan, run) ?? []));
}
