import type { PhasedSchedule } from '../optax/phases.ts';
import { figureAxis, stepAxis } from './axes.ts';
import { lineChart, type Series } from './lineChart.ts';
import type { Markup } from './markup.ts';
import { seriesStroke, type Palette } from './palettes.ts';
import type { Point } from './sampling.ts';

/** The dash pattern of curves that rest on an assumption. */
export const assumedDash = '6 4';

/** The dash patterns of other curves that a curve is compared with. */
const otherDashes = ['1.5 3', '8 3 1.5 3', '4 3'];

export interface ScheduleCurve {
  readonly name: string;
  /** Rates by step, as `sampleSchedule` gives them. */
  readonly points: readonly Point[];
  readonly phases: PhasedSchedule['phases'];
  /** Whether the schedule rests on values that the code does not give. */
  readonly assumed?: boolean;
  /** The index of its colour in the palette; the first one if absent. */
  readonly color?: number;
  /** What it would be otherwise: in grey, named in a legend together with `here`. */
  readonly others?: { readonly here: string; readonly curves: readonly OtherCurve[] } | undefined;
  /** How many steps are trained, where that is known: what lies beyond is shaded. */
  readonly trainedSteps?: number | undefined;
  /** A step that the picture is about. */
  readonly focus?: number | undefined;
  /** Without its name and the titles of its axes, for small pictures. */
  readonly isCompact?: boolean;
  readonly palette: Palette;
  /** In pixels; without the legend. */
  readonly width: number;
  readonly height: number;
}

export interface OtherCurve {
  readonly name: string;
  readonly points: readonly Point[];
}

/** The picture of one schedule: its rates over the steps, and where its phases begin. */
export function scheduleCurve(curve: ScheduleCurve): Markup {
  const { name, points, phases, others, trainedSteps = Infinity, focus, palette } = curve;
  const [first, last] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
  return lineChart({
    label: `Learning rate of ${name}, steps ${first} to ${last}`,
    ...(curve.isCompact ? { isCompact: true } : { heading: name }),
    x: { title: 'step', make: stepAxis },
    y: { title: 'learning rate', make: figureAxis },
    series: seriesOf(curve),
    legend: others !== undefined,
    marks: phases
      .filter(({ from, to }) => from <= last && first < (to ?? Infinity))
      .map(({ name: phase, from }) => ({ x: Math.max(first, from), label: phase })),
    ...(trainedSteps < last && { shade: { from: trainedSteps, label: 'after training' } }),
    focus,
    palette,
    width: curve.width,
    height: curve.height,
  });
}

function seriesOf({ name, points, assumed, color = 0, others, palette }: ScheduleCurve) {
  const stroke = { ...seriesStroke(palette, color), ...(assumed && { dash: assumedDash }) };
  const own: Series = { name: others?.here ?? name, points, ...stroke };
  const rest = others?.curves.map((other, i): Series => {
    const dash = otherDashes[i % otherDashes.length];
    return { ...other, color: palette.faintText, dash, isFaint: true };
  });
  return [own, ...(rest ?? [])];
}
