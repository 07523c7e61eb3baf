import type { ChartOptions, Tick as ChartTick } from 'chart.js';
import type { Tick } from '../../../schedules/drawing/axes.ts';
import type { Drawn, LineChart } from './curveChart.ts';
import { stepTicks } from './stepAxis.ts';

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
  const title = { display: true, color: theme.faintText, font: font(drawn), padding: 2 };
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
        ...appearance(drawn, ticks),
        grid: { drawOnChartArea: false, color: theme.axis },
        border: { color: theme.axis },
        title: { ...title, text: stepsPerEpoch === null ? 'step' : 'epoch' },
      },
      y: {
        type: view.isLogarithmic ? 'footed' : 'linear',
        min: rateAxis.min,
        max: rateAxis.max,
        ...appearance(drawn, rateAxis.ticks),
        // The labels leave room for the handles of a curve's first rate.
        grid: { color: theme.grid, tickLength: 10, tickColor: 'transparent' },
        border: { display: false },
      },
    },
  };
}

function font({ theme }: Drawn): { readonly family: string; readonly size: number } {
  return { family: theme.fontFamily, size: Math.round(0.9 * theme.fontSize) };
}

/** Ticks where they are said to be, and nowhere else. */
function appearance(drawn: Drawn, ticks: readonly Tick[]) {
  return {
    bounds: 'data',
    afterBuildTicks: (axis: { ticks: ChartTick[] }) => {
      axis.ticks = ticks.map((tick) => ({ ...tick }));
    },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      color: drawn.theme.faintText,
      font: font(drawn),
      callback: (_value: number | string, index: number) => ticks[index]?.label ?? '',
    },
  } as const;
}
