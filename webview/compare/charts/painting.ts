import type { Geometry } from '../../shared/plot/geometry.ts';
import { indexFrom, xOf, type Columns, type Line } from './columns.ts';

/** The points of a line that are in view, and one more at each side. */
export function pointsInView(line: Line, [from, to]: Columns['range']): readonly [number, number] {
  return [
    Math.max(0, indexFrom(line, from) - 1),
    Math.min(line.ys.length, indexFrom(line, to) + 1),
  ];
}

/** Draws a line from point to point, with gaps where a figure is not finite. */
export function strokePoints(
  ctx: CanvasRenderingContext2D,
  line: Line,
  { xOf: across, yOf: up }: Geometry,
  [start, end]: readonly [number, number],
): void {
  ctx.beginPath();
  let isOpen = false;
  for (let i = start; i < end; i++) {
    const y = line.ys[i] ?? NaN;
    if (!Number.isFinite(y)) {
      isOpen = false;
      continue;
    }
    const [x, height] = [across(xOf(line, i)), up(y)];
    if (isOpen) ctx.lineTo(x, height);
    else ctx.moveTo(x, height);
    isOpen = true;
  }
  ctx.stroke();
}

/** A disc, or a ring, at each point. */
export function markPoints(
  ctx: CanvasRenderingContext2D,
  line: Line,
  { xOf: across, yOf: up }: Geometry,
  [start, end]: readonly [number, number],
  radius: number,
  isRing: boolean,
): void {
  for (let i = start; i < end; i++) {
    const y = line.ys[i] ?? NaN;
    if (!Number.isFinite(y)) continue;
    ctx.beginPath();
    ctx.arc(across(xOf(line, i)), up(y), radius, 0, 2 * Math.PI);
    if (isRing) ctx.stroke();
    else ctx.fill();
  }
}

/** Of a line that goes further up and down than so many pixels a column, only its extent is seen. */
const roughness = 3;

/**
 * Draws a line of which each column holds several points. A smooth one is a path; of a rough one
 * each column is a bar from its lowest to its highest point and to the end of the column before,
 * which looks the same and is drawn many times as fast.
 */
export function strokeColumns(
  ctx: CanvasRenderingContext2D,
  columns: Columns,
  geometry: Geometry,
): void {
  const { left, right, yOf } = geometry;
  const { count, first, low, high, last, gap } = columns;
  const width = (right - left) / count;
  let travel = 0;
  for (let i = 0; i < count; i++) {
    const height = yOf(low[i] ?? NaN) - yOf(high[i] ?? NaN);
    if (height > 0) travel += height;
  }
  if (travel <= roughness * count) {
    strokeSmooth(ctx, columns, geometry, width);
    return;
  }
  const barWidth = Math.max(width, ctx.lineWidth);
  let before = NaN;
  for (let i = 0; i < count; i++) {
    const lowest = low[i] ?? NaN;
    if (Number.isNaN(lowest)) {
      if (gap[i] === 1) before = NaN;
      continue;
    }
    const isJoined = !Number.isNaN(before);
    const top = yOf(isJoined ? Math.max(high[i] ?? NaN, before) : (high[i] ?? NaN));
    const bottom = yOf(isJoined ? Math.min(lowest, before) : lowest);
    const middle = left + (i + 0.5) * width;
    ctx.fillRect(middle - barWidth / 2, top - 0.5, barWidth, bottom - top + 1);
    before = gap[i] === 1 ? NaN : (last[i] ?? first[i] ?? NaN);
  }
}

function strokeSmooth(
  ctx: CanvasRenderingContext2D,
  { count, first, low, high, last, gap }: Columns,
  { left, yOf }: Geometry,
  width: number,
): void {
  ctx.beginPath();
  let isOpen = false;
  for (let i = 0; i < count; i++) {
    const [begin, end] = [first[i] ?? NaN, last[i] ?? NaN];
    if (Number.isNaN(begin)) {
      if (gap[i] === 1) isOpen = false;
      continue;
    }
    const x = left + (i + 0.5) * width;
    if (isOpen) ctx.lineTo(x, yOf(begin));
    else ctx.moveTo(x, yOf(begin));
    const [lowest, highest] = [yOf(low[i] ?? NaN), yOf(high[i] ?? NaN)];
    if (lowest - highest > 1) {
      const isRising = begin <= end;
      ctx.lineTo(x, isRising ? lowest : highest);
      ctx.lineTo(x, isRising ? highest : lowest);
      ctx.lineTo(x, yOf(end));
    }
    isOpen = gap[i] !== 1;
  }
  ctx.stroke();
}

/** The size of the sign at the end of a run that did not come to its end, in pixels. */
const signSize = 4;

/** A cross where a run failed, a square where it was stopped. */
export function drawEnd(
  ctx: CanvasRenderingContext2D,
  line: Line,
  { xOf: across, yOf: up, left, right }: Geometry,
  isFailed: boolean,
): void {
  let i = line.ys.length - 1;
  while (i >= 0 && !Number.isFinite(line.ys[i])) i--;
  if (i < 0) return;
  const [x, y] = [across(xOf(line, i)), up(line.ys[i] ?? NaN)];
  if (x < left - signSize || x > right + signSize) return;
  ctx.beginPath();
  if (isFailed) {
    ctx.moveTo(x - signSize, y - signSize);
    ctx.lineTo(x + signSize, y + signSize);
    ctx.moveTo(x + signSize, y - signSize);
    ctx.lineTo(x - signSize, y + signSize);
  } else ctx.rect(x - signSize, y - signSize, 2 * signSize, 2 * signSize);
  ctx.stroke();
}
