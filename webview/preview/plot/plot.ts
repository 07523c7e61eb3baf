import { html, render } from 'lit-html';
import { geometryOf, type Geometry } from '../../shared/plot/geometry.ts';
import { onGestures } from '../../shared/plot/gestures.ts';
import { lookOf, navigation, type Viewed } from '../../shared/plot/navigation.ts';
import { createReader } from '../../shared/plot/reader.ts';
import type { Theme } from '../../shared/theme.ts';
import { curveChart, type LineChart } from '../chart/curveChart.ts';
import { counted, stepText } from '../../shared/figures.ts';
import type { Act } from '../page.ts';
import { readRate, visible, type Projection } from '../projection.ts';
import { crosshair } from './crosshair.ts';
import { handles } from './handles.ts';
import { nearestStep, readingText, viewedIn } from './viewing.ts';

/** The picture: the chart, and over it what can be read, taken and dragged. */
export interface Plot {
  readonly element: HTMLElement;
  readonly chart: LineChart;
  /** @param hasChanged whether the chart is to be drawn too, and not only what lies over it. */
  draw(projection: Projection, theme: Theme, hasChanged: boolean): void;
}

/**
 * @param latest the page as it is to be drawn next.
 * @param resized is told when the picture has another size.
 */
export function createPlot(
  latest: () => Projection | undefined,
  act: Act,
  resized: () => void,
): Plot {
  const element = division('plot');
  const holder = division('chart');
  const canvas = document.createElement('canvas');
  const overlay = division('overlay');
  let geometry: Geometry | undefined;
  const viewed = (): Viewed | undefined => {
    const now = latest();
    return now && viewedIn(now);
  };
  const ways = navigation(viewed, lookOf(latest, nearestStep, act));
  const reader = createReader('Step at which the rates are read', viewed, ways);
  canvas.setAttribute('role', 'img');
  holder.append(canvas);
  element.append(holder, reader.element, overlay);
  const curves = curveChart(canvas, resized);

  onGestures(reader.element, {
    zoom: (factor, x) => geometry !== undefined && ways.zoom(factor, geometry.placeAt(x)),
    pan: (pixels) => geometry !== undefined && ways.pan(pixels / (geometry.right - geometry.left)),
    point: (x) => {
      if (!geometry) return;
      const isInside = x !== null && x >= geometry.left && x <= geometry.right;
      ways.read(isInside ? geometry.valueAt(x) : null);
    },
    press: (x, y) => {
      const now = latest();
      const schedule = now && geometry && nearest(now, geometry, x, y);
      if (schedule !== undefined) act.send({ type: 'select', schedule });
    },
  });

  return {
    element,
    chart: curves.chart,
    draw(projection, theme, hasChanged) {
      if (hasChanged) curves.draw(projection, theme);
      geometry = geometryOf(curves.chart);
      canvas.setAttribute('aria-label', pictureText(projection));
      reader.describe(viewedIn(projection), readingText(projection));
      const parts = [crosshair(projection, geometry), handles(projection, geometry, act)];
      render(html`${parts}`, overlay);
    },
  };
}

function division(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}

/** A press that is further from a curve does not mean it. */
const reach = 12;

/** The schedule whose curve is nearest above or below a place. */
function nearest(
  projection: Projection,
  geometry: Geometry,
  x: number,
  y: number,
): string | undefined {
  const distances = visible(projection).map((schedule) => {
    const read = readRate(projection, schedule, Math.round(geometry.valueAt(x)));
    return { name: schedule.name, distance: Math.abs(geometry.yOf(read?.rate ?? NaN) - y) };
  });
  return distances
    .filter(({ distance }) => distance <= reach)
    .toSorted((a, b) => a.distance - b.distance)[0]?.name;
}

function pictureText(projection: Projection): string {
  const { stretch, state } = projection;
  const [from, to] = [Math.ceil(stretch[0]), Math.floor(stretch[1])].map(stepText);
  const shown = visible(projection);
  const names = shown.map(({ name }) => name).join(', ');
  return `Learning rates of ${counted(shown.length, 'schedule')} of ${state.file} over steps ${from} to ${to}: ${names}.`;
}
