import { figureAxis, stepAxis } from './axes.ts';
import { lineChart } from './lineChart.ts';
import type { Markup } from './markup.ts';
import { seriesStroke, type Palette } from './palettes.ts';
import type { Phase } from '../optax/phases.ts';
import type { Point } from './sampling.ts';

/** The dash pattern of curves that rest on an assumption. */
const assumedDash = '6 4';

export interface ScheduleCurve {
  readonly name: string;
  /** Rates by step, as `sampleSchedule` gives them. */
  readonly points: readonly Point[];
  readonly phases: readonly Phase[];
  /** Whether the schedule rests on values that the code does not give. */
  readonly assumed?: boolean;
  readonly palette: Palette;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** The picture of one schedule: its rates over the steps, and where its phases begin. */
export function scheduleCurve(curve: ScheduleCurve): Markup {
  const { name, points, phases, assumed = false, palette, width, height } = curve;
  const [first, last] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
  const stroke = seriesStroke(palette, 0);
  return lineChart({
    label: `Learning rate of ${name}, steps ${first} to ${last}`,
    heading: name,
    x: { title: 'step', make: stepAxis },
    y: { title: 'learning rate', make: figureAxis },
    series: [{ name, points, ...stroke, ...(assumed && { dash: assumedDash }) }],
    marks: phases
      .filter(({ from, to }) => from <= last && first < (to ?? Infinity))
      .map(({ name: phase, from }) => ({ x: Math.max(first, from), label: phase })),
    palette,
    width,
    height,
  });
}
