import type { Plugin } from 'chart.js';
import { marksHeight } from './chartOptions.ts';
import type { Drawn, LineChart } from './curveChart.ts';

/** Pixels that marks and texts keep from each other. */
const gap = 5;

/**
 * Draws what a chart of schedules has besides its curves: the phases of the active one with their
 * names, the end of the training with what lies beyond it, and the break of an axis above its foot.
 */
export function marks(drawn: () => Drawn | undefined): Plugin<'line'> {
  const draw = (chart: LineChart, parts: readonly Part[]): void => {
    const now = drawn();
    if (!now) return;
    chart.ctx.save();
    for (const part of parts) part(chart, now);
    chart.ctx.restore();
  };
  return {
    id: 'marks',
    beforeDatasetsDraw: (chart) => {
      draw(chart as LineChart, [beyondTraining, phases]);
    },
    afterDatasetsDraw: (chart) => {
      draw(chart as LineChart, [axisBreak]);
    },
  };
}

type Part = (chart: LineChart, drawn: Drawn) => void;

function beyondTraining({ ctx, chartArea, scales }: LineChart, { projection, theme }: Drawn): void {
  const { steps } = projection.state.training;
  const [from, to] = projection.stretch;
  if (steps === null || steps > to) return;
  const { left, right, top, bottom } = chartArea;
  const x = steps <= from ? left : (scales['x']?.getPixelForValue(steps) ?? left);
  ctx.fillStyle = theme.shade;
  ctx.fillRect(x, top, right - x, bottom - top);
  if (steps <= from) return;
  line(ctx, x, top, bottom, theme.axis, []);
  const text = 'end of training';
  setFont(ctx, theme.fontFamily, theme.fontSize);
  ctx.fillStyle = theme.faintText;
  ctx.textBaseline = 'top';
  const fitsRight = x + gap + ctx.measureText(text).width <= right;
  ctx.textAlign = fitsRight ? 'left' : 'right';
  ctx.fillText(text, fitsRight ? x + gap : x - gap, top + gap);
}

function phases({ ctx, chartArea, scales }: LineChart, { projection, theme }: Drawn): void {
  const { active, stretch } = projection;
  if (!active || active.isHidden) return;
  const { left, right, top, bottom } = chartArea;
  const marks = active.phases
    .filter(({ from, to }) => from <= stretch[1] && stretch[0] < (to ?? Infinity))
    .map(({ name, from }) => ({
      name,
      x: from <= stretch[0] ? left : (scales['x']?.getPixelForValue(from) ?? left),
    }));
  setFont(ctx, theme.fontFamily, theme.fontSize);
  ctx.fillStyle = theme.faintText;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (const [i, { name, x }] of marks.entries()) {
    if (x > left) line(ctx, x, top - marksHeight / 2, bottom, theme.axis, [2, 3]);
    const end = (marks[i + 1]?.x ?? right) - gap;
    const start = x + (x > left ? 2 : 1) * gap;
    if (start + ctx.measureText(name).width <= end)
      ctx.fillText(name, start, top - marksHeight / 2);
  }
}

/** Two strokes through the axis: what is below them is not to scale. */
function axisBreak({ ctx, chartArea, scales }: LineChart, { rateAxis, theme }: Drawn): void {
  const lowest = rateAxis.ticks[1];
  const scale = scales['y'];
  if (!rateAxis.hasFoot || !lowest || !scale) return;
  const { left, bottom } = chartArea;
  const y = (scale.getPixelForValue(lowest.value) + bottom) / 2;
  ctx.strokeStyle = theme.axis;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const shift of [-2, 2]) {
    ctx.moveTo(left - 5, y + shift + 2);
    ctx.lineTo(left + 5, y + shift - 2);
  }
  ctx.stroke();
}

function line(
  ctx: CanvasRenderingContext2D,
  x: number,
  top: number,
  bottom: number,
  color: string,
  dash: number[],
): void {
  const sharp = Math.round(x) + 0.5;
  ctx.strokeStyle = color;
  ctx.lineWidth = 1;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(sharp, top);
  ctx.lineTo(sharp, bottom);
  ctx.stroke();
}

function setFont(ctx: CanvasRenderingContext2D, family: string, size: number): void {
  ctx.font = `${Math.round(0.85 * size)}px ${family}`;
}
