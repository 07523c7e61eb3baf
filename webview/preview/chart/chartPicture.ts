import type { Theme } from '../../shared/theme.ts';
import { visible, type Projection } from '../projection.ts';
import type { LineChart } from './curveChart.ts';

const rowHeight = 20;
const sampleWidth = 26;
const margin = 12;

/** The chart as it is on the screen, with the names of its curves, as a PNG file. */
export async function chartPicture(
  { canvas, width, height, currentDevicePixelRatio: scale }: LineChart,
  projection: Projection,
  theme: Theme,
): Promise<Uint8Array> {
  const named = visible(projection);
  const picture = new OffscreenCanvas(
    scale * width,
    scale * (height + named.length * rowHeight + margin),
  );
  const ctx = picture.getContext('2d');
  if (!ctx) throw new Error('The browser cannot draw pictures; copy the chart as SVG instead.');
  ctx.fillStyle = theme.background;
  ctx.fillRect(0, 0, picture.width, picture.height);
  ctx.drawImage(canvas, 0, 0);
  ctx.scale(scale, scale);
  ctx.translate(margin, height + rowHeight / 2);
  ctx.font = `${theme.fontSize}px ${theme.fontFamily}`;
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 2.5;
  for (const { name, stroke } of named) {
    ctx.strokeStyle = stroke.color;
    ctx.setLineDash(stroke.dash?.split(' ').map(Number) ?? []);
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.lineTo(sampleWidth, 0);
    ctx.stroke();
    ctx.fillStyle = theme.text;
    ctx.fillText(name, sampleWidth + margin, 0);
    ctx.translate(0, rowHeight);
  }
  const file = await picture.convertToBlob({ type: 'image/png' });
  return new Uint8Array(await file.arrayBuffer());
}
