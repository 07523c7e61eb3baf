import type { DrawnComparison } from '../messages.ts';
import type { Projection } from '../projection.ts';
import { xOf } from './columns.ts';
import { lineOf } from './lines.ts';
import type { ChartPlot } from './chartPlot.ts';

/** What the charts hold, the very figures that they draw, and the table of results. */
export function drawnComparison(
  plots: readonly ChartPlot[],
  projection: Projection,
): DrawnComparison {
  return {
    revision: projection.comparison.revision,
    ranked: projection.comparison.results?.schedules.map(({ schedule }) => schedule) ?? [],
    charts: plots.map(({ name }) => ({
      chart: name,
      series: projection.runs.map((run) => {
        const line = lineOf(name, run, projection);
        return {
          run: run.run,
          color: run.stroke.color,
          isHidden: run.isHidden,
          xs: Float64Array.from({ length: line.ys.length }, (_, i) => xOf(line, i)),
          ys: Float64Array.from(line.ys),
        };
      }),
    })),
  };
}
