import { Chart, LinearScale, LineController, type ChartOptions } from 'chart.js';
import { axisAppearance, axisFont } from '../../shared/chart/axisAppearance.ts';
import type { Extremes, FigureAxis } from '../../shared/chart/figureAxes.ts';
import { FootedScale } from '../../shared/chart/footedScale.ts';
import { stepTicks } from '../../shared/chart/stepAxis.ts';
import { geometryOf, type Geometry } from '../../shared/plot/geometry.ts';
import type { Theme } from '../../shared/theme.ts';
import type { Projection } from '../projection.ts';
import type { ChartName } from '../view.ts';
import { axisOf, joined } from './axes.ts';
import { drawnLines, type ColumnCache, type DrawnLine } from './drawnLines.ts';
import { isPerStep } from './lines.ts';
import { paintLine } from './lineLook.ts';

Chart.register(LineController, LinearScale, FootedScale);

export interface ComparisonChart {
  readonly chart: Chart<'line', never[]>;
  /** @returns the axis of figures as it is drawn. */
  draw(projection: Projection, theme: Theme): FigureAxis;
}

/** Room for the labels of an axis of figures, in pixels. */
const labelWidth = 50;

/** Pixels from one tick to the next. */
const tickDistance = { across: 70, up: 36 };

/**
 * One of the charts. Chart.js draws its axes; its lines, which may have a million points and grow
 * with each frame, are drawn by pixel columns (`painting.ts`).
 *
 * @param resized is told when it has another size.
 */
export function comparisonChart(
  name: ChartName,
  canvas: HTMLCanvasElement,
  resized: () => void,
): ComparisonChart {
  let drawn: { readonly lines: readonly DrawnLine[]; readonly theme: Theme } | undefined;
  /** The axes as Chart.js drew them, and what of: most often only the lines have changed. */
  let axes: OffscreenCanvas | undefined;
  let key = '';
  let content: string | null = null;
  const columns: ColumnCache = new Map();
  const chart: ComparisonChart['chart'] = new Chart<'line', never[]>(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: emptyOptions,
    plugins: [
      {
        id: 'lines',
        afterDraw() {
          axes = pictureOf(canvas);
          paintLines();
        },
      },
    ],
  });

  const paintLines = (): void => {
    if (!drawn) return;
    const { ctx } = chart;
    const geometry = geometryOf(chart);
    ctx.save();
    clip(ctx, geometry);
    for (const line of drawn.lines) paintLine(ctx, line, geometry, drawn.theme);
    ctx.restore();
  };
  const paintAgain = (picture: OffscreenCanvas): void => {
    const { ctx } = chart;
    ctx.save();
    ctx.resetTransform();
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.drawImage(picture, 0, 0);
    ctx.restore();
    paintLines();
  };

  return {
    chart,
    draw(projection, theme) {
      // Chart.js sees only later that its canvas came into the page, and would draw again.
      if (!drawn) chart.resize();
      const { width, height, currentDevicePixelRatio: dots } = chart;
      const lines = drawnLines(name, projection, Math.max(1, Math.round(width * dots)), columns);
      drawn = { lines, theme };
      const extremes = joined(lines.map((line): Extremes => line.extremes));
      const axis = axisOf(name, extremes, projection.view, Math.max(2, height / tickDistance.up));
      const { stretch, view, stepsPerEpoch } = projection;
      const next = JSON.stringify([
        stretch,
        axis,
        view.across,
        stepsPerEpoch,
        theme,
        [width, height, dots],
      ]);
      const [before, now] = [content, contentOf(name, lines)];
      content = now;
      if (next === key && axes) {
        if (now === null || now !== before) paintAgain(axes);
        return axis;
      }
      key = next;
      chart.options = { ...optionsOf(name, axis, projection, theme, width), onResize: resized };
      chart.update('none');
      return axis;
    },
  };
}

/** All that is seen of the lines of a chart of epochs; null of steps, of which there are too many. */
function contentOf(name: ChartName, lines: readonly DrawnLine[]): string | null {
  if (isPerStep[name]) return null;
  return JSON.stringify(
    lines.map(({ run, line, kind }) => [
      ...[run.run, kind, line.xs, line.ys],
      ...[run.stroke, run.isPointed, run.isFaded, run.condition.kind],
    ]),
  );
}

function pictureOf(canvas: HTMLCanvasElement): OffscreenCanvas {
  const picture = new OffscreenCanvas(Math.max(1, canvas.width), Math.max(1, canvas.height));
  if (canvas.width > 0 && canvas.height > 0) picture.getContext('2d')?.drawImage(canvas, 0, 0);
  return picture;
}

function clip(ctx: CanvasRenderingContext2D, { left, right, top, bottom }: Geometry): void {
  ctx.beginPath();
  // A line along an edge is as thick as others.
  ctx.rect(left - 6, top - 6, right - left + 16, bottom - top + 12);
  ctx.clip();
}

/** Until there is something to draw. */
const emptyOptions: ChartOptions<'line'> = {
  animation: false,
  maintainAspectRatio: false,
  // Were they others later, Chart.js would listen anew, and draw once more.
  events: [],
  scales: { x: { type: 'linear', display: false }, y: { type: 'linear', display: false } },
};

function optionsOf(
  name: ChartName,
  axis: FigureAxis,
  { stretch, view, stepsPerEpoch }: Projection,
  theme: Theme,
  width: number,
): ChartOptions<'line'> {
  const perEpoch = view.across === 'epoch' ? stepsPerEpoch : null;
  const ticks = stepTicks(stretch, Math.max(2, width / tickDistance.across), perEpoch);
  return {
    animation: false,
    maintainAspectRatio: false,
    events: [],
    layout: { padding: { top: 6, right: 12 } },
    scales: {
      x: {
        type: 'linear',
        min: stretch[0],
        max: stretch[1],
        ...axisAppearance(theme, ticks),
        grid: { drawOnChartArea: false, color: theme.axis },
        border: { color: theme.axis },
        title: {
          display: true,
          color: theme.faintText,
          font: axisFont(theme),
          padding: 0,
          text: view.across === 'time' ? 'seconds of training' : view.across,
        },
      },
      y: {
        type: view.logarithmic.includes(name) ? 'footed' : 'linear',
        min: axis.min,
        max: axis.max,
        ...axisAppearance(theme, axis.ticks),
        // So that charts below each other begin at the same place.
        afterFit: (scale) => {
          scale.width = Math.max(scale.width, labelWidth);
        },
        grid: { color: theme.grid, tickLength: 6, tickColor: 'transparent' },
        border: { display: false },
      },
    },
  };
}
