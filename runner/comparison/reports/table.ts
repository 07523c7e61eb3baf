import type { ComparisonStarted, TrainingSettings } from '../../protocol.ts';
import { accuracyText, durationText, lossText } from '../figures.ts';
import { bestEpoch } from '../runStates.ts';
import {
  significance,
  type Figures,
  type Results,
  type ScheduleResult,
} from '../statistics/results.ts';
import type { Estimate } from '../statistics/seeds.ts';

/** The table of a comparison, on the terminal and in reports: one row per schedule. */
export interface ReportTable {
  /** Two lines at the most: what belongs to one is held together by no-break spaces. */
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Column {
  readonly head: string;
  readonly cell: (result: ScheduleResult) => string;
}

export function reportTable({ schedules, seeds, tests }: Results): ReportTable {
  const columns: readonly Column[] = [
    { head: 'Schedule', cell: nameText },
    {
      head: 'Final accuracy',
      cell: figure(({ finalAccuracy }) => estimateText(finalAccuracy, accuracyText)),
    },
    { head: 'Points to\u00a0best', cell: pointsText },
    ...(tests.length > 0 ? [{ head: 'p', cell: pText }] : []),
    {
      head: 'Best accuracy',
      cell: figure(({ bestAccuracy }) => estimateText(bestAccuracy, accuracyText)),
    },
    ...(seeds === 1 ? [{ head: 'Best epoch', cell: bestEpochText }] : []),
    { head: 'Final loss', cell: figure(({ finalLoss }) => estimateText(finalLoss, lossText)) },
    {
      head: seeds === 1 ? 'Time' : 'Time of\u00a0a\u00a0run',
      cell: figure(({ seconds }) => durationText(seconds)),
    },
  ];
  return {
    heads: columns.map(({ head }) => head),
    rows: schedules.map((result) => columns.map(({ cell }) => cell(result))),
  };
}

/** The schedule, with what became of it where it is not trained to the end under every seed. */
export function nameText({ schedule, runs, completed }: ScheduleResult): string {
  if (completed.length === runs.length) return schedule;
  const [run] = runs;
  const state =
    runs.length === 1 && run ? run.status : `${completed.length} of ${runs.length} seeds`;
  return `${schedule} (${state})`;
}

const figure =
  (text: (figures: Figures) => string) =>
  ({ figures }: ScheduleResult): string =>
    figures ? text(figures) : '';

function estimateText({ mean, margin }: Estimate, text: (value: number) => string): string {
  return margin === undefined ? text(mean) : `${text(mean)} ± ${text(margin)}`;
}

/** `−0.52`, `≈ −0.03`: percentage points of final accuracy, marked where they may be chance. */
function pointsText({ ranking }: ScheduleResult): string {
  switch (ranking.type) {
    case 'best':
      return 'best';
    case 'unfinished':
      return '';
    case 'behind': {
      const points = Math.abs(ranking.points).toFixed(2);
      const sign = Number(points) === 0 ? '' : ranking.points < 0 ? '−' : '+';
      const signed = `${sign}${points}`;
      return isDistinguishable(ranking.p) ? signed : `≈ ${signed}`;
    }
  }
}

const isDistinguishable = (p: number | undefined): boolean => p === undefined || p < significance;

function pText({ ranking }: ScheduleResult): string {
  if (ranking.type !== 'behind' || ranking.p === undefined) return '';
  return ranking.p < 0.001 ? '< 0.001' : ranking.p.toFixed(3);
}

function bestEpochText({ runs }: ScheduleResult): string {
  const best = runs[0] && bestEpoch(runs[0]);
  return best ? String(best.epoch) : '';
}

/** What the figures and marks of the table mean; nothing where that needs no words. */
export function explanation(results: Results, { settings }: ComparisonStarted): string {
  const { seeds, tests } = results;
  return [
    ...(seeds > 1 ? [`Figures are means over ${seeds} seeds, ± their 95 % interval.`] : []),
    ...(tests.length > 0 ? [chanceText(results, settings)] : []),
  ].join(' ');
}

function chanceText(
  { schedules, seeds, tests }: Results,
  { testExamples, shuffle }: TrainingSettings,
): string {
  const source =
    seeds === 1
      ? `the ${testExamples} test images`
      : `starting weights${shuffle ? ' and batch orders' : ''}`;
  const test = seeds === 1 ? "McNemar's exact test" : 'paired t-test over seeds';
  const correction =
    tests.length === 1 ? '' : `, with Holm's correction over ${tests.length} pairs`;
  const isMarked = schedules.some(
    ({ ranking }) => ranking.type === 'behind' && !isDistinguishable(ranking.p),
  );
  return isMarked
    ? '≈ is not distinguishable from the best: such a difference may be chance, that of ' +
        `${source} (p ≥ ${significance}, ${test}${correction}).`
    : `Each difference from the best is more than the chance of ${source} explains ` +
        `(p < ${significance}, ${test}${correction}).`;
}

/** What all runs share, in a sentence. */
export function settingsText({ settings, runs }: ComparisonStarted): string {
  const { epochs, batchSize, trainExamples, testExamples, lossReduction, optimizer } = settings;
  const clipping =
    optimizer.clipByGlobalNorm === null
      ? ''
      : `, gradients clipped at ${optimizer.clipByGlobalNorm}`;
  const seeds = runs.map(({ seed }) => seed);
  const [first, last] = [Math.min(...seeds), Math.max(...seeds)];
  return (
    `${epochs} epochs of ${trainExamples} images in ${settings.shuffle ? 'shuffled ' : ''}batches of ` +
    `${batchSize}, tested on ${testExamples}; ${optimizer.name}${clipping}, loss: ${lossReduction} ` +
    `over the batch, ${first === last ? `seed ${first}` : `seeds ${first} to ${last}`}.`
  );
}
