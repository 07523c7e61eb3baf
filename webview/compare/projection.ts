import type { Range } from '../../schedules/drawing/axes.ts';
import { seriesStroke, type Palette, type Stroke } from '../../schedules/drawing/palettes.ts';
import type { PrintedRun } from '../../runner/protocol.ts';
import { within } from '../shared/plot/stretch.ts';
import type { Page, PageRun } from './page.ts';
import { runCondition, type RunCondition } from './runCondition.ts';

/** A run as the page shows it. */
export interface ShownRun extends PageRun {
  readonly stroke: Stroke;
  readonly condition: RunCondition;
  readonly isHidden: boolean;
  /** The pointer is at it. */
  readonly isPointed: boolean;
  /** The pointer is at another one. */
  readonly isFaded: boolean;
  /** Its predictions are looked at. */
  readonly isChosen: boolean;
  /** What the tutorial printed for such a run, where that is to be seen. */
  readonly printed: PrintedRun | null;
}

/** A page with everything that follows from it: what all parts of it are drawn from. */
export interface Projection extends Omit<Page, 'runs'> {
  /** As they came, to tell if others have come. */
  readonly pageRuns: readonly PageRun[];
  readonly runs: readonly ShownRun[];
  readonly stepsPerEpoch: number;
  /** All that the charts go along, and what of it is in view: in steps or in seconds. */
  readonly whole: Range;
  readonly stretch: Range;
}

export function project(page: Page, palette: Palette): Projection {
  const { comparison, view, pointed } = page;
  const printed = new Map(
    view.showsPrinted ? comparison.results?.printed.map((one) => [one.run, one]) : [],
  );
  const isPointed = page.runs.some(({ run }) => run === pointed);
  const whole = wholeOf(page);
  return {
    ...page,
    pageRuns: page.runs,
    runs: page.runs.map((run) => ({
      ...run,
      stroke: seriesStroke(palette, run.color),
      condition: runCondition(run, comparison.status),
      isHidden: view.hidden.includes(run.run),
      isPointed: run.run === pointed,
      isFaded: isPointed && run.run !== pointed,
      isChosen: view.chosen.includes(run.run),
      printed: printed.get(run.run) ?? null,
    })),
    stepsPerEpoch: stepsPerEpoch(page),
    whole,
    stretch: within(view.stretch ?? whole, whole) ?? whole,
  };
}

export function visible({ runs }: Projection): readonly ShownRun[] {
  return runs.filter(({ isHidden }) => !isHidden);
}

function stepsPerEpoch({ comparison: { settings } }: Page): number {
  const batches = settings ? Math.ceil(settings.trainExamples / settings.batchSize) : 1;
  return Number.isFinite(batches) ? Math.max(1, batches) : 1;
}

function wholeOf({ runs, view }: Page): Range {
  const ends = runs.map(({ series, totalSteps }) =>
    view.across === 'time' ? (series.seconds.at(series.seconds.length - 1) ?? 0) : totalSteps,
  );
  return [0, ends.reduce((a, b) => Math.max(a, b), 1)];
}
