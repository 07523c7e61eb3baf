import type { Theme } from '../../shared/theme.ts';
import { visible, type Projection } from '../projection.ts';
import type { ChartPlot } from './chartPlot.ts';
import { chartTitles } from './chartTitles.ts';

const rowHeight = 20;
const titleHeight = 28;
const sampleWidth = 26;
const margin = 12;

/** All charts as they are on the screen, with their titles and the names of the runs, as a PNG file. */
export async function chartsPicture(
  plots: readonly ChartPlot[],
  projection: Projection,
  theme: Theme,
): Promise<Uint8Array> {
  const runs = visible(projection);
  const charts = plots.map(({ chart }) => chart);
  const scale = charts[0]?.currentDevicePixelRatio ?? 1;
  const width = Math.max(...charts.map((chart) => chart.width));
  const height = titleHeight + Math.max(...charts.map((chart) => chart.height));
  const perRow = Math.max(1, Math.floor((2 * width) / columnWidth));
  const legendHeight = Math.ceil(runs.length / perRow) * rowHeight + 2 * margin;
  const rows = Math.ceil(plots.length / 2);
  const picture = new OffscreenCanvas(
    scale * 2 * width,
    scale * (titleHeight + rows * height + legendHeight),
  );
  const ctx = picture.getContext('2d');
  if (!ctx) throw new Error('The browser cannot draw pictures; export the charts as SVG instead.');
  ctx.fillStyle = theme.background;
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.scale(scale, scale);
  ctx.textBaseline = 'middle';
  write(ctx, theme, `bold ${1.1 * theme.fontSize}px`, projection.comparison.title, margin, 16);
  plots.forEach(({ name, chart }, i) => {
    const [x, y] = [(i % 2) * width, titleHeight + Math.floor(i / 2) * height];
    write(ctx, theme, `bold ${theme.fontSize}px`, chartTitles[name], x + margin, y + 16);
    ctx.drawImage(chart.canvas, x, y + titleHeight, chart.width, chart.height);
  });
  runs.forEach(({ run, stroke }, i) => {
    const x = margin + (i % perRow) * columnWidth;
    const y = titleHeight + rows * height + margin + (Math.floor(i / perRow) + 0.5) * rowHeight;
    ctx.strokeStyle = stroke.color;
    ctx.lineWidth = 2.5;
    ctx.setLineDash(stroke.dash?.split(' ').map(Number) ?? []);
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + sampleWidth, y);
    ctx.stroke();
    const room = columnWidth - sampleWidth - 2 * margin;
    write(ctx, theme, `${theme.fontSize}px`, run, x + sampleWidth + margin, y, room);
  });
  const file = await picture.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await file.arrayBuffer());
}

/** Of the legend. */
const columnWidth = 300;

function write(
  ctx: OffscreenCanvasRenderingContext2D,
  { fontFamily, text }: Theme,
  font: string,
  words: string,
  x: number,
  y: number,
  room?: number,
): void {
  ctx.font = `${font} ${fontFamily}`;
  ctx.fillStyle = text;
  const shown = words.slice(0, 200);
  if (room === undefined) ctx.fillText(shown, x, y);
  else ctx.fillText(shown, x, y, room);
}
