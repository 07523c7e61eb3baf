import type { Extremes } from '../../shared/chart/figureAxes.ts';
import { visible, type Projection, type ShownRun } from '../projection.ts';
import type { RunSeries } from '../runSeries.ts';
import type { ChartName } from '../view.ts';
import { emptyColumns, extended, type Columns, type Line } from './columns.ts';
import { isPerStep, lineOf, printedLine, smoothedLine } from './lines.ts';
import { pointsInView } from './painting.ts';

/** A line of a chart with all that it takes to draw it. */
export interface DrawnLine {
  readonly run: ShownRun;
  readonly line: Line;
  /** `raw` under a smoothed one; `printed` by the tutorial. */
  readonly kind: 'only' | 'raw' | 'smoothed' | 'printed';
  /** Of a line with more points than can be seen. */
  readonly columns: Columns | null;
  /** First point in view, and the one behind the last. */
  readonly points: readonly [number, number];
  readonly extremes: Extremes;
  readonly hasPoints: boolean;
}

/** Columns that were made for an earlier picture, which most often only lack the newest points. */
export type ColumnCache = Map<string, KeptColumns>;

interface KeptColumns {
  readonly key: string;
  readonly series: RunSeries;
  readonly columns: Columns;
}

/** The lines of a chart in the order in which they are drawn. @param width in dots of the screen. */
export function drawnLines(
  chart: ChartName,
  projection: Projection,
  width: number,
  cache: ColumnCache,
): readonly DrawnLine[] {
  const runs = visible(projection).toSorted((a, b) => Number(a.isPointed) - Number(b.isPointed));
  const isSmoothed = chart === 'loss' && projection.view.smoothing > 0;
  const make = (run: ShownRun, line: Line, kind: DrawnLine['kind']): DrawnLine =>
    drawnLine(run, line, kind, isPerStep[chart] ? cache : null, projection, width);
  const printed = runs.flatMap((run) => {
    const line = run.printed && printedLine(chart, run, run.printed, projection);
    return line ? [make(run, line, 'printed')] : [];
  });
  const own = runs.map((run) =>
    make(run, lineOf(chart, run, projection), isSmoothed ? 'raw' : 'only'),
  );
  const smooth = isSmoothed
    ? runs.map((run) => make(run, smoothedLine(run, projection), 'smoothed'))
    : [];
  return [...printed, ...own, ...smooth];
}

function drawnLine(
  run: ShownRun,
  line: Line,
  kind: DrawnLine['kind'],
  cache: ColumnCache | null,
  { stretch, view }: Projection,
  width: number,
): DrawnLine {
  const points = pointsInView(line, stretch);
  const isDense = cache !== null && points[1] - points[0] > 2 * width;
  const { series } = run;
  const key = JSON.stringify([stretch, width, view.across, view.smoothing, series.cuts]);
  const place = `${kind} ${run.run}`;
  let columns: Columns | null = null;
  if (isDense) {
    const kept = cache.get(place);
    const isSame = kept?.key === key && kept.series === series;
    columns = extended(isSame ? kept.columns : emptyColumns(stretch, width), line);
    cache.set(place, { key, series, columns });
  }
  return {
    ...{ run, line, kind, columns, points },
    extremes: columns?.extremes ?? extremesOf(line, points),
    hasPoints: cache === null,
  };
}

function extremesOf({ ys }: Line, [start, end]: readonly [number, number]): Extremes {
  let [low, high, leastPositive] = [Infinity, -Infinity, Infinity];
  for (let i = start; i < end; i++) {
    const y = ys[i] ?? NaN;
    if (!Number.isFinite(y)) continue;
    if (y < low) low = y;
    if (y > high) high = y;
    if (y > 0 && y < leastPositive) leastPositive = y;
  }
  return { low, high, leastPositive };
}
