import type { Scale } from 'chart.js';
import type { LineChart } from '../chart/curveChart.ts';

/** Where steps and rates are in the picture, in pixels from its upper left corner. */
export interface Geometry {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  xOf(step: number): number;
  yOf(rate: number): number;
  stepAt(x: number): number;
  /** From 0 at the left of the chart to 1 at its right. */
  placeAt(x: number): number;
  rateAt(y: number): number;
}

/** Of a chart as it is drawn now; later pictures do not change it. */
export function geometryOf({ chartArea, scales }: LineChart): Geometry {
  const { left, right, top, bottom } = chartArea;
  const steps = rulerOf(scales['x']);
  const rates = rulerOf(scales['y']);
  const placeAt = (x: number): number => (x - left) / (right - left);
  return {
    ...{ left, right, top, bottom },
    xOf: (step) => left + steps.partOf(step) * (right - left),
    yOf: (rate) => bottom - rates.partOf(rate) * (bottom - top),
    stepAt: (x) => steps.valueAt(placeAt(x)),
    placeAt,
    rateAt: (y) => rates.valueAt((bottom - y) / (bottom - top)),
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
