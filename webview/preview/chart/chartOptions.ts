import type { ChartOptions } from 'chart.js';
import { axisAppearance, axisFont } from '../../shared/chart/axisAppearance.ts';
import { stepTicks } from '../../shared/chart/stepAxis.ts';
import type { Drawn, LineChart } from './curveChart.ts';

/** Pixels from one tick to the next. */
const tickDistance = 80;

/** Room above the curves for the names of phases, in pixels. */
export const marksHeight = 18;

/** Everything about the chart but its curves: it is set anew for each picture. */
export function chartOptions(drawn: Drawn, { width }: LineChart): ChartOptions<'line'> {
  const { projection, theme, rateAxis } = drawn;
  const { stretch, state, view } = projection;
  const stepsPerEpoch = view.inEpochs ? state.training.stepsPerEpoch : null;
  const ticks = stepTicks(stretch, Math.max(2, width / tickDistance), stepsPerEpoch);
  const title = { display: true, color: theme.faintText, font: axisFont(theme), padding: 2 };
  return {
    animation: false,
    parsing: false,
    normalized: true,
    maintainAspectRatio: false,
    events: [],
    layout: { padding: { top: marksHeight, right: 12 } },
    elements: { point: { radius: 0 }, line: { borderJoinStyle: 'round' } },
    scales: {
      x: {
        type: 'linear',
        min: stretch[0],
        max: stretch[1],
        ...axisAppearance(theme, ticks),
        grid: { drawOnChartArea: false, color: theme.axis },
        border: { color: theme.axis },
        title: { ...title, text: stepsPerEpoch === null ? 'step' : 'epoch' },
      },
      y: {
        type: view.isLogarithmic ? 'footed' : 'linear',
        min: rateAxis.min,
        max: rateAxis.max,
        ...axisAppearance(theme, rateAxis.ticks),
        // The labels leave room for the handles of a curve's first rate.
        grid: { color: theme.grid, tickLength: 10, tickColor: 'transparent' },
        border: { display: false },
      },
    },
  };
}
