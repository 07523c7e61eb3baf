import type { Tick as ChartTick } from 'chart.js';
import type { Tick } from '../../../schedules/drawing/axes.ts';
import type { Theme } from '../theme.ts';

export function axisFont(theme: Theme): { readonly family: string; readonly size: number } {
  return { family: theme.fontFamily, size: Math.round(0.9 * theme.fontSize) };
}

/** Options of an axis of Chart.js: ticks where they are said to be, and nowhere else. */
export function axisAppearance(theme: Theme, ticks: readonly Tick[]) {
  return {
    bounds: 'data',
    afterBuildTicks: (axis: { ticks: ChartTick[] }) => {
      axis.ticks = ticks.map((tick) => ({ ...tick }));
    },
    ticks: {
      autoSkip: false,
      maxRotation: 0,
      color: theme.faintText,
      font: axisFont(theme),
      callback: (_value: number | string, index: number) => ticks[index]?.label ?? '',
    },
  } as const;
}
