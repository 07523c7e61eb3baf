import { html, nothing, render, type TemplateResult } from 'lit-html';
import { breakable } from '../../shared/breakable.ts';
import { geometryOf, type Geometry } from '../../shared/plot/geometry.ts';
import { onGestures } from '../../shared/plot/gestures.ts';
import { lookOf, navigation, type Viewed } from '../../shared/plot/navigation.ts';
import { createReader } from '../../shared/plot/reader.ts';
import { lengthOf } from '../../shared/plot/stretch.ts';
import type { Theme } from '../../shared/theme.ts';
import type { Act } from '../page.ts';
import { visible, type Projection } from '../projection.ts';
import type { ChartName } from '../view.ts';
import { cutText } from './axes.ts';
import { chartTitles, figureOf } from './chartTitles.ts';
import { comparisonChart, type ComparisonChart } from './comparisonChart.ts';
import { crosshairText, figureAt, snapped } from './reading.ts';

/** One of the charts, and over it what is read. */
export interface ChartPlot {
  readonly name: ChartName;
  readonly element: HTMLElement;
  /** What is to be known of its axis: that it does not begin at 0. */
  readonly note: HTMLElement;
  readonly chart: ComparisonChart['chart'];
  draw(projection: Projection, theme: Theme): void;
  /** Draws what lies over the chart. */
  overlay(projection: Projection): void;
}

export function chartPlot(
  name: ChartName,
  latest: () => Projection | undefined,
  act: Act,
  resized: () => void,
): ChartPlot {
  const element = division('plot');
  const holder = division('chart');
  const overlay = division('overlay');
  const note = document.createElement('small');
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  const viewed = (): Viewed | undefined => {
    const now = latest();
    return now && viewedIn(now);
  };
  const ways = navigation(
    viewed,
    lookOf(latest, (place, now) => snapped(name, place, now), act),
  );
  const reader = createReader(`${chartTitles[name]}: where it is read`, viewed, ways);
  holder.append(canvas);
  element.append(holder, reader.element, overlay);
  const comparison = comparisonChart(name, canvas, resized);
  const { chart } = comparison;
  let geometry: Geometry | undefined;
  /** Whether the pointer or the focus is here, and not in another chart. */
  let isRead = false;

  onGestures(reader.element, {
    zoom: (factor, x) => geometry !== undefined && ways.zoom(factor, geometry.placeAt(x)),
    pan: (pixels) => geometry !== undefined && ways.pan(pixels / (geometry.right - geometry.left)),
    point: (x, y) => {
      const now = latest();
      if (!geometry || !now) return;
      const isInside = x !== null && x >= geometry.left && x <= geometry.right;
      isRead = isInside;
      ways.read(isInside ? geometry.valueAt(x) : null);
      const pointed = isInside ? nearest(name, now, geometry, x, y ?? NaN) : null;
      if (pointed !== now.pointed) act.change({ pointed });
    },
    press: () => undefined,
  });
  reader.element.addEventListener('focus', () => (isRead = true));
  reader.element.addEventListener('blur', () => (isRead = false));

  return {
    name,
    element,
    note,
    chart,
    draw(projection, theme) {
      const axis = comparison.draw(projection, theme);
      note.textContent = cutText(axis, !projection.view.logarithmic.includes(name)) ?? '';
      geometry = geometryOf(chart);
    },
    overlay(projection) {
      if (!geometry) return;
      const picture = pictureText(name, projection);
      if (canvas.ariaLabel !== picture) canvas.ariaLabel = picture;
      reader.describe(viewedIn(projection), readingText(name, projection));
      render(crosshair(name, projection, geometry, isRead), overlay);
    },
  };
}

function division(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}

function viewedIn({ stretch, whole, crosshair, view }: Projection): Viewed {
  const grain = view.across === 'time' ? lengthOf(whole) / 5000 : 1;
  return { stretch, whole, crosshair, grain };
}

/** A line that is further from the pointer is not meant. */
const reach = 24;

/** The run whose line is nearest above or below the pointer. */
function nearest(
  chart: ChartName,
  projection: Projection,
  geometry: Geometry,
  x: number,
  y: number,
): string | null {
  const place = snapped(chart, geometry.valueAt(x), projection);
  let [least, found]: [number, string | null] = [reach, null];
  for (const run of visible(projection)) {
    const distance = Math.abs(geometry.yOf(figureAt(chart, run, place, projection)) - y);
    if (distance < least) [least, found] = [distance, run.run];
  }
  return found;
}

/** The line at the place that is read, a dot on each run, and the name of the one that is pointed at. */
function crosshair(
  chart: ChartName,
  projection: Projection,
  geometry: Geometry,
  isRead: boolean,
): TemplateResult | typeof nothing {
  const { crosshair: place, stretch } = projection;
  if (place === null || place < stretch[0] || place > stretch[1]) return nothing;
  const { left, right, top, bottom, xOf, yOf } = geometry;
  const x = xOf(place);
  const dots = visible(projection).flatMap((run) => {
    const y = yOf(figureAt(chart, run, place, projection));
    if (!(y >= top - 1 && y <= bottom + 1)) return [];
    const style = `transform: translate(${x}px, ${y}px); --series: ${run.stroke.color}`;
    return [html`<i class="dot" .style=${style}></i>`];
  });
  const side = x > (left + right) / 2 ? 'before' : 'after';
  const pointed = projection.runs.find(({ isPointed }) => isPointed);
  const figure = pointed && figureAt(chart, pointed, place, projection);
  return html`<div
      class="crosshair"
      .style=${`transform: translateX(${x}px); top: ${top}px; height: ${bottom - top}px`}
    >
      ${
        isRead
          ? html`<span class="crosshair-step ${side}"
              >${crosshairText(place, projection)}${
                pointed && figure !== undefined && !Number.isNaN(figure)
                  ? html`<strong>${breakable(pointed.run)}</strong> ${figureOf[chart](figure)}`
                  : nothing
              }</span
            >`
          : nothing
      }
    </div>
    ${dots}`;
}

function pictureText(chart: ChartName, projection: Projection): string {
  const names = visible(projection).map(({ run }) => run);
  return `${chartTitles[chart]} of ${names.join(', ')}.`;
}

/** The place and what each run has there, for those who do not see it. */
function readingText(chart: ChartName, projection: Projection): string {
  const { crosshair: place } = projection;
  const shown = visible(projection);
  if (place === null) return `${shown.length} runs`;
  const read = shown.flatMap((run) => {
    const figure = figureAt(chart, run, place, projection);
    return Number.isNaN(figure) ? [] : `${run.run} ${figureOf[chart](figure)}`;
  });
  return [crosshairText(place, projection), ...read].join(', ');
}
