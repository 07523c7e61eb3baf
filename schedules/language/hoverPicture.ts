import type { Span } from '../checking/finding.ts';
import { scheduleCurve, type OtherCurve } from '../drawing/scheduleCurve.ts';
import type { Palette } from '../drawing/palettes.ts';
import type { PhasedSchedule } from '../optax/phases.ts';
import { extentOf, factsLine, pointsOf } from './curveFacts.ts';
import type { OtherSchedule } from './otherValues.ts';
import { trainingOf, type ScheduleText } from './scheduleText.ts';
import type { NamedSchedule } from './subject.ts';

/** How the pictures of hovers look. */
export interface Look {
  readonly palette: Palette;
  /** The index of a schedule's colour in the palette. */
  readonly colorOf: (name: string) => number;
}

export interface Picture {
  readonly svg: string;
  /** For those who do not see it. */
  readonly alt: string;
}

/** What a picture shows besides the curve. */
export interface Details {
  /** What the curve would be with other values in the place of one. */
  readonly others?: readonly OtherSchedule[];
  /** That value as Python. */
  readonly value?: string;
  /** A step that the picture is about. */
  readonly focus?: number;
}

/**
 * VS Code gives a hover 250 pixels of height in most windows: a heading, the picture with or without
 * a legend, and two lines of text fit.
 */
const width = 360;
const heights = { alone: 150, withLegend: 130 };

/** The picture of a schedule and its facts in a line. */
export function drawn(
  source: ScheduleText,
  { name, function: f, assumptions, span }: NamedSchedule,
  schedule: PhasedSchedule,
  { palette, colorOf }: Look,
  { others = [], value = '', focus }: Details = {},
): { readonly picture: Picture; readonly facts: string } {
  const owner = name ?? ownerOf(source, span);
  const training = isWhole(source, schedule) ? trainingOf(source) : undefined;
  const extents = [schedule, ...others.map((other) => other.schedule)].map((one) =>
    extentOf(one, source.read, training),
  );
  const extent = { lastStep: Math.max(...extents.map(({ lastStep }) => lastStep)) };
  const points = pointsOf(schedule, extent);
  const curves = others.map((other): OtherCurve => {
    return { name: other.value, points: pointsOf(other.schedule, extent) };
  });
  const { markup: svg } = scheduleCurve({
    name: name ?? f,
    points,
    phases: schedule.phases,
    assumed: assumptions.length > 0,
    color: owner === undefined ? 0 : colorOf(owner),
    others: curves.length > 0 ? { here: value, curves } : undefined,
    trainedSteps: training && training.epochs * training.stepsPerEpoch,
    focus,
    isCompact: true,
    palette,
    width,
    height: curves.length > 0 ? heights.withLegend : heights.alone,
  });
  const facts = factsLine(schedule, points, training);
  const compared = others.map((other) => other.value).join(' and ');
  const comparison = compared === '' ? '' : `; compared with ${compared}`;
  return { picture: { svg, alt: `Learning rate of ${name ?? f}: ${facts}${comparison}` }, facts };
}

/** The definition that the call of a part is within, whose colour it has. */
function ownerOf({ read }: ScheduleText, { from, to }: Span): string | undefined {
  return read.definitions.find(({ span }) => span.from <= from && to <= span.to)?.name;
}

/** Whether a schedule is trained with, rather than a part of one that counts its own steps. */
function isWhole({ read }: ScheduleText, schedule: PhasedSchedule): boolean {
  return (
    read.definitions.some((definition) => definition.schedule === schedule) ||
    read.uses.some(({ learningRate }) => learningRate === schedule)
  );
}
