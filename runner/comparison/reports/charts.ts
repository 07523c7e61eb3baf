import { figureAxis, logarithmicAxis, rangeOf, stepAxis } from '../../../schedules/drawing/axes.ts';
import type { LineChart, Series } from '../../../schedules/drawing/lineChart.ts';
import { seriesStroke, type Palette } from '../../../schedules/drawing/palettes.ts';
import { extremesPerColumn, type Point } from '../../../schedules/drawing/sampling.ts';
import type { ScheduleResult } from '../statistics/results.ts';
import type { ReportedComparison } from './formats.ts';
import { nameText } from './table.ts';

/** What a chart of a comparison shows, whatever its size. */
export type ComparisonChart = Pick<LineChart, 'x' | 'y' | 'series'> & { readonly title: string };

/**
 * The charts of a comparison: accuracy and loss per epoch, and learning rate per step.
 *
 * @param columns in which a curve is drawn.
 */
export function comparisonCharts(
  { rates, results }: ReportedComparison,
  palette: Palette,
  columns: number,
): readonly ComparisonChart[] {
  const { schedules, seeds } = results;
  // A schedule keeps its colour, however the schedules are sorted.
  const places = [...rates.keys()];
  const series = (pointsOf: (result: ScheduleResult) => readonly Point[]): readonly Series[] =>
    schedules.flatMap((result) => {
      const points = pointsOf(result);
      const stroke = seriesStroke(palette, places.indexOf(result.schedule));
      return points.length > 0 ? { name: nameText(result), points, ...stroke } : [];
    });
  const mean = seeds === 1 ? '' : ', mean over seeds';
  return [
    {
      title: `Accuracy per epoch${mean}`,
      x: { title: 'epoch', make: stepAxis },
      y: { title: 'share of test images', make: figureAxis },
      series: series(perEpoch('accuracy')),
    },
    {
      title: `Loss per epoch${mean}`,
      x: { title: 'epoch', make: stepAxis },
      y: lossAxis(schedules),
      series: series(perEpoch('loss')),
    },
    {
      title: 'Learning rate per step',
      x: { title: 'step', make: stepAxis },
      y: { title: 'learning rate', make: figureAxis },
      series: series(({ schedule }) =>
        extremesPerColumn(
          Array.from(rates.get(schedule) ?? [], (y, x) => ({ x, y })),
          columns,
        ),
      ),
    },
  ];
}

/** Means over the runs that count. */
const perEpoch =
  (field: 'accuracy' | 'loss') =>
  ({ counted }: ScheduleResult): readonly Point[] =>
    (counted[0]?.epochs ?? []).map(({ epoch }, i) => {
      const sum = counted.reduce((total, { epochs }) => total + (epochs[i]?.[field] ?? NaN), 0);
      return { x: epoch, y: sum / counted.length };
    });

/** One diverging run must not press the others flat. */
function lossAxis(schedules: readonly ScheduleResult[]): ComparisonChart['y'] {
  const finite = schedules
    .flatMap(perEpoch('loss'))
    .map(({ y }) => y)
    .filter(Number.isFinite);
  const [least, largest] = rangeOf(finite);
  const isSpread = least > 0 && largest > 20 * least;
  return {
    title: isSpread ? 'loss (logarithmic)' : 'loss',
    make: isSpread ? logarithmicAxis : figureAxis,
  };
}
