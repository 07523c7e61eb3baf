import type { Chart, Scale } from 'chart.js';

/** Where values are in a picture, in pixels from its upper left corner. */
export interface Geometry {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xOf: (value: number) => number;
  readonly yOf: (value: number) => number;
  /** The value on the axis below a place. */
  readonly valueAt: (x: number) => number;
  /** From 0 at the left of the chart to 1 at its right. */
  readonly placeAt: (x: number) => number;
  /** The figure beside a place. */
  readonly figureAt: (y: number) => number;
}

/** Of a chart as it is drawn now; later pictures do not change it. */
export function geometryOf({ chartArea, scales }: Pick<Chart, 'chartArea' | 'scales'>): Geometry {
  const { left, right, top, bottom } = chartArea;
  const across = rulerOf(scales['x']);
  const up = rulerOf(scales['y']);
  const placeAt = (x: number): number => (x - left) / (right - left);
  return {
    ...{ left, right, top, bottom },
    xOf: (value) => left + across.partOf(value) * (right - left),
    yOf: (value) => bottom - up.partOf(value) * (bottom - top),
    valueAt: (x) => across.valueAt(placeAt(x)),
    placeAt,
    figureAt: (y) => up.valueAt((bottom - y) / (bottom - top)),
  };
}

/** From values to parts of an axis and back. */
interface Ruler {
  partOf(value: number): number;
  valueAt(part: number): number;
}

function rulerOf(scale: Scale | undefined): Ruler {
  const { min, max, type } = scale ?? { min: 0, max: 1, type: 'linear' };
  if (type === 'linear') {
    return {
      partOf: (value) => (value - min) / (max - min),
      valueAt: (part) => min + part * (max - min),
    };
  }
  return {
    partOf: (value) => Math.log(Math.max(value, min) / min) / Math.log(max / min),
    valueAt: (part) => min * (max / min) ** part,
  };
}
