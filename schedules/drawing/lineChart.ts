import { rangeOf, type Axis, type MakeAxis } from './axes.ts';
import { dashes, legend } from './legend.ts';
import { markup, nothing, type Markup } from './markup.ts';
import type { Palette, Stroke } from './palettes.ts';
import type { Point } from './sampling.ts';
import { simplified, type Place } from './simplification.ts';
import { shortened, textWidth } from './text.ts';

export interface Series extends Stroke {
  readonly name: string;
  /** With ascending, finite `x`; where `y` is not finite there is a gap. */
  readonly points: readonly Point[];
  /** Drawn thinner, behind the others. */
  readonly isFaint?: boolean;
}

/** A place on the x-axis, such as the beginning of a phase. */
export interface Mark {
  readonly x: number;
  readonly label: string;
}

/** A stretch of the x-axis from a place on, such as what lies beyond the training. */
export interface Shade {
  readonly from: number;
  readonly label: string;
}

export interface AxisSettings {
  readonly title: string;
  readonly make: MakeAxis;
}

export interface LineChart {
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  /** The heading in the picture. */
  readonly heading?: string;
  readonly x: AxisSettings;
  readonly y: AxisSettings;
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
  readonly shade?: Shade | undefined;
  /** A place on the x-axis that the picture is about. */
  readonly focus?: number | undefined;
  readonly legend?: boolean;
  /** Leaves the room of the titles beside the axes to the curves, for small pictures. */
  readonly isCompact?: boolean;
  readonly palette: Palette;
  /** In pixels, without the legend. */
  readonly width: number;
  readonly height: number;
}

/** A line chart as an SVG picture that needs nothing from outside itself. */
export function lineChart(chart: LineChart): Markup {
  const { label, width, palette } = chart;
  const frame = frameOf(chart);
  const key = chart.legend ? legend(chart.series, palette, width) : { rows: nothing, height: 0 };
  const height = chart.height + key.height;
  return markup`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}"
  width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"
  font-family="system-ui, sans-serif" font-size="12" fill="${palette.text}">
<title>${label}</title>
<rect width="${width}" height="${height}" fill="${palette.background}"/>
${shade(chart, frame)}
${heading(chart)}
${axes(chart, frame)}
${phases(chart, frame)}
${focus(chart, frame)}
<g fill="none" stroke-linecap="round" stroke-linejoin="round">
${[...chart.series].sort(faintFirst).map((series) => curve(series, frame))}
</g>
<g transform="translate(0 ${chart.height})">${key.rows}</g>
</svg>
`;
}

/** Where the curves are drawn: its edges in pixels, and the place of a point. */
interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  x(value: number): number;
  y(value: number): number;
}

const headingHeight = 22;
const marksHeight = 16;

function frameOf(chart: LineChart): Frame {
  const { heading, x, y, series, marks, isCompact = false, width, height } = chart;
  const points = series.flatMap((one) => one.points);
  const figures = points.map((point) => point.y).filter(Number.isFinite);
  const top = (isCompact ? 10 : 30) + (heading ? headingHeight : 0) + (marks ? marksHeight : 0);
  const bottom = height - (isCompact ? 24 : 40);
  const yAxis = y.make(rangeOf(figures), Math.max(2, (bottom - top) / 32));
  const labels = [...yAxis.ticks.map(({ label }) => label), ...(isCompact ? [x.title] : [])];
  const left = Math.ceil(Math.max(...labels.map(textWidth))) + 16;
  const right = width - 20;
  const xAxis = x.make(rangeOf(points.map((point) => point.x)), Math.max(2, (right - left) / 70));
  return {
    ...{ left, right, top, bottom, xAxis, yAxis },
    x: (value) => pixels(left + xAxis.position(value) * (right - left)),
    y: (value) => pixels(bottom - yAxis.position(value) * (bottom - top)),
  };
}

const pixels = (value: number): number => Math.round(value * 10) / 10;

function heading({ heading, width }: LineChart): Markup {
  if (!heading) return nothing;
  const text = shortened(heading, 0.8 * width);
  return markup`<text x="10" y="22" font-size="14" font-weight="600">${text}</text>`;
}

function axes(chart: LineChart, frame: Frame): Markup {
  const { palette } = chart;
  const { left, right, bottom, xAxis, yAxis } = frame;
  const grid = yAxis.ticks.map(({ value }) => markup`M${left} ${frame.y(value)}H${right}`);
  const notches = xAxis.ticks.map(({ value }) => markup`M${frame.x(value)} ${bottom}v4`);
  const rates = yAxis.ticks.map(
    ({ value, label }) =>
      markup`<text x="${left - 7}" y="${frame.y(value) + 4}" text-anchor="end">${label}</text>`,
  );
  const steps = xAxis.ticks.map(
    ({ value, label }) =>
      markup`<text x="${frame.x(value)}" y="${bottom + 18}" text-anchor="middle">${label}</text>`,
  );
  return markup`<path d="${grid}" stroke="${palette.grid}" shape-rendering="crispEdges"/>
<path d="M${left} ${bottom}H${right}${notches}" stroke="${palette.axis}" shape-rendering="crispEdges"/>
<g fill="${palette.faintText}">${rates}${steps}
${titles(chart, frame)}</g>`;
}

/** Of a compact chart only that of the x-axis, before its labels. */
function titles({ heading, x, y, isCompact }: LineChart, frame: Frame): Markup {
  const { left, right, bottom } = frame;
  if (isCompact)
    return markup`<text x="${left - 7}" y="${bottom + 18}" text-anchor="end">${x.title}</text>`;
  return markup`<text x="10" y="${heading ? headingHeight + 18 : 18}">${y.title}</text>
<text x="${(left + right) / 2}" y="${bottom + 34}" text-anchor="middle">${x.title}</text>`;
}

function shade({ shade, palette }: LineChart, frame: Frame): Markup {
  if (!shade) return nothing;
  const { right, top, bottom } = frame;
  const from = frame.x(shade.from);
  const text = from + 6 + textWidth(shade.label) <= right ? shade.label : '';
  return markup`<rect x="${from}" y="${top}" width="${pixels(right - from)}" height="${bottom - top}" fill="${palette.shade}"/>
<path d="M${from} ${top}V${bottom}" stroke="${palette.axis}"/>
<text x="${from + 6}" y="${top + 14}" font-size="11" fill="${palette.faintText}">${text}</text>`;
}

/** Marks that lie closer are drawn as one. */
const leastMarkDistance = 4;

function phases({ marks = [], palette }: LineChart, frame: Frame): Markup {
  const shown = marks
    .map(({ x, label }) => ({ at: frame.x(x), label }))
    .filter(({ at }, i, all) => at - (all[i - 1]?.at ?? -Infinity) >= leastMarkDistance);
  const lines = shown
    .filter(({ at }) => at > frame.left)
    .map(({ at }) => markup`M${at} ${frame.top - marksHeight}V${frame.bottom}`);
  const labels = shown
    .filter(({ at, label }, i) => at + 4 + textWidth(label) <= (shown[i + 1]?.at ?? frame.right))
    .map(({ at, label }) => markup`<text x="${at + 4}" y="${frame.top - 5}">${label}</text>`);
  return markup`<path d="${lines}" stroke="${palette.axis}" stroke-dasharray="1 3"/>
<g fill="${palette.faintText}" font-size="11">${labels}</g>`;
}

function focus({ focus, palette }: LineChart, frame: Frame): Markup {
  if (focus === undefined) return nothing;
  return markup`<path d="M${frame.x(focus)} ${frame.top - marksHeight}V${frame.bottom}" stroke="${palette.text}"/>`;
}

const faintFirst = (a: Series, b: Series): number =>
  Number(b.isFaint ?? false) - Number(a.isFaint ?? false);

/** Points that are so far apart are drawn as dots as well. */
const leastDotDistance = 10;

/** Less than this is not seen. */
const tolerance = 0.15;

/** A line with gaps where points are not finite; the title shows when the pointer is on it. */
function curve({ name, points, color, dash, isFaint }: Series, frame: Frame): Markup {
  const lines = withoutGaps(points).map((line) =>
    line.map(({ x, y }): Place => [frame.x(x), frame.y(y)]),
  );
  // `h0` makes a dot of a point that has no neighbours.
  const path = lines.map((line) => {
    const [first = '', ...rest] = simplified(line, tolerance).map(written);
    return `M${first}h0${rest.map((place) => `L${place}`).join('')}`;
  });
  const isSparse = (frame.right - frame.left) / points.length >= leastDotDistance;
  const dots = isSparse ? lines.flat().map((place) => `M${written(place)}h0`) : [];
  const width = isFaint ? 1.25 : 1.75;
  return markup`<g stroke="${color}" stroke-width="${width}"><title>${name}</title><path d="${path.join('')}"${dashes(dash)}/>
<path d="${dots.join('')}" stroke-width="5"/></g>
`;
}

const written = ([x, y]: Place): string => `${x} ${y}`;

/** The stretches of points whose figures are finite. */
function withoutGaps(points: readonly Point[]): readonly (readonly Point[])[] {
  const lines: Point[][] = [];
  for (const [i, point] of points.entries()) {
    if (!Number.isFinite(point.y)) continue;
    const isFirst = !Number.isFinite(points[i - 1]?.y);
    if (isFirst) lines.push([point]);
    else lines.at(-1)?.push(point);
  }
  return lines;
}
