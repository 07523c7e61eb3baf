import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  type ChartDataset,
} from 'chart.js';
import type { Point } from '../../../schedules/drawing/sampling.ts';
import type { Curve } from '../../messages.ts';
import { decadesAxis, evenAxis, type FigureAxis } from '../../shared/chart/figureAxes.ts';
import { FootedScale } from '../../shared/chart/footedScale.ts';
import type { Theme } from '../../shared/theme.ts';
import { rateExtremes } from '../curves.ts';
import { visible, type Projection, type ShownSchedule } from '../projection.ts';
import { chartOptions } from './chartOptions.ts';
import { marks } from './marks.ts';

Chart.register(LineController, LineElement, PointElement, LinearScale, FootedScale);

export type LineChart = Chart<'line', Point[]>;

interface Series extends ChartDataset<'line', Point[]> {
  /**
   * The mark of Chart.js's own decimation: the points are as few as they should be. Others would be
   * moved to whole pixels, which shows on screens with more than one dot for a pixel.
   */
  readonly _decimated: true;
}

/** What the chart shows. */
export interface Drawn {
  readonly projection: Projection;
  readonly theme: Theme;
  readonly rateAxis: FigureAxis;
}

export interface CurveChart {
  readonly chart: LineChart;
  draw(projection: Projection, theme: Theme): void;
}

/**
 * The chart of all schedules.
 *
 * @param resized is told when it has another size, for which it needs other ticks.
 */
export function curveChart(canvas: HTMLCanvasElement, resized: () => void): CurveChart {
  let drawn: Drawn | undefined;
  const chart: LineChart = new Chart<'line', Point[]>(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: { animation: false },
    plugins: [marks(() => drawn)],
  });
  return {
    chart,
    draw(projection, theme) {
      drawn = { projection, theme, rateAxis: rateAxis(projection, chart.height) };
      const earlier = new Map(chart.data.datasets.map((series) => [series.label, series]));
      chart.data.datasets = projection.schedules.flatMap((schedule) =>
        schedule.shownCurve
          ? [series(schedule, schedule.shownCurve, theme, earlier.get(schedule.name))]
          : [],
      );
      chart.options = { ...chartOptions(drawn, chart), onResize: resized };
      chart.update('none');
    },
  };
}

/** Pixels from one tick to the next. */
const tickDistance = 40;

function rateAxis(projection: Projection, height: number): FigureAxis {
  const { drag, stretch, view } = projection;
  const curves = visible(projection).map(({ shownCurve }) => shownCurve);
  const extremes = drag?.extremes ?? rateExtremes(curves, stretch);
  const count = Math.max(2, height / tickDistance);
  return view.isLogarithmic ? decadesAxis(extremes, count) : evenAxis(extremes, count);
}

/** Of curves that are not the active one, where there is one. */
const fadedOpacity = 'a6';

function series(
  { name, stroke, isActive, isHidden, isFaded }: ShownSchedule,
  curve: Curve,
  { isHighContrast }: Theme,
  earlier: ChartDataset<'line', Point[]> | undefined,
): Series {
  const data = pointsOf(curve);
  return Object.assign(earlier ?? {}, {
    _decimated: true as const,
    label: name,
    data,
    hidden: isHidden,
    borderColor: isFaded && !isHighContrast ? `${stroke.color}${fadedOpacity}` : stroke.color,
    borderWidth: isActive ? 3 : 1.5,
    borderDash: stroke.dash?.split(' ').map(Number) ?? [],
    // The lowest is drawn last.
    order: isActive ? 0 : 1,
  });
}

const points = new WeakMap<Curve, Point[]>();

/** The points of a curve as Chart.js takes them unparsed, made once. */
function pointsOf(curve: Curve): Point[] {
  let made = points.get(curve);
  if (!made) {
    made = Array.from(curve.steps, (x, i) => ({ x, y: curve.rates[i] ?? NaN }));
    points.set(curve, made);
  }
  return made;
}
