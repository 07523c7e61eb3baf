import type { Geometry } from '../../shared/plot/geometry.ts';
import type { Theme } from '../../shared/theme.ts';
import type { DrawnLine } from './drawnLines.ts';
import { drawEnd, markPoints, strokeColumns, strokePoints } from './painting.ts';

/** Of lines that are not the one that is pointed at, or under a smoothed one. */
const fadedOpacity = 0.35;

/** Draws a line of a run as it should look. */
export function paintLine(
  ctx: CanvasRenderingContext2D,
  { run, line, kind, columns, points, hasPoints }: DrawnLine,
  geometry: Geometry,
  { isHighContrast }: Theme,
): void {
  const { stroke, isPointed, isFaded, condition } = run;
  const isUnder = kind === 'raw' || (isFaded && !isHighContrast);
  ctx.globalAlpha = isUnder ? fadedOpacity : 1;
  ctx.strokeStyle = ctx.fillStyle = stroke.color;
  ctx.lineWidth = (isPointed ? 2 : 1) * (kind === 'smoothed' || hasPoints ? 1.5 : 1);
  ctx.lineJoin = ctx.lineCap = 'round';
  ctx.setLineDash(kind === 'printed' ? [1, 4] : (stroke.dash?.split(' ').map(Number) ?? []));
  if (columns) strokeColumns(ctx, columns, geometry);
  else strokePoints(ctx, line, geometry, points);
  ctx.setLineDash([]);
  ctx.lineWidth = 1.5;
  if (kind === 'printed') markPoints(ctx, line, geometry, points, 4, true);
  else if (hasPoints) markPoints(ctx, line, geometry, points, isPointed ? 3.5 : 2.5, false);
  const isCutShort = condition.kind === 'failed' || condition.kind === 'ended';
  if (isCutShort && kind !== 'printed' && kind !== 'raw') {
    drawEnd(ctx, line, geometry, condition.kind === 'failed');
  }
  ctx.globalAlpha = 1;
}
