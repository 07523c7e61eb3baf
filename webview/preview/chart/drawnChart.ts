import type { DrawnChart } from '../../messages.ts';
import type { Projection } from '../projection.ts';
import type { LineChart } from './curveChart.ts';

/** What a chart holds, read back from Chart.js itself. */
export function drawnChart(
  chart: LineChart,
  { state, active }: Projection,
  drawnAt: number,
): DrawnChart {
  const { min: from = 0, max: to = 0 } = chart.scales['x'] ?? {};
  return {
    revision: state.revision,
    drawnAt,
    from,
    to,
    series: chart.data.datasets.map((series, i) => ({
      name: series.label ?? '',
      color: typeof series.borderColor === 'string' ? series.borderColor : '',
      isActive: series.label === active?.name,
      isHidden: !chart.isDatasetVisible(i),
      isDashed: Array.isArray(series.borderDash) && series.borderDash.length > 0,
      steps: Float64Array.from(series.data, ({ x }) => x),
      rates: Float64Array.from(series.data, ({ y }) => y),
    })),
  };
}
