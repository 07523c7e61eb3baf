import { assumedDash } from '../../schedules/drawing/scheduleCurve.ts';
import type { Range } from '../../schedules/drawing/axes.ts';
import { seriesStroke, type Palette, type Stroke } from '../../schedules/drawing/palettes.ts';
import type { Curve, PreviewSchedule } from '../messages.ts';
import { rateAt, type ReadRate } from './curves.ts';
import type { Page } from './page.ts';
import { within } from '../shared/plot/stretch.ts';

/** A schedule as the page shows it. */
export interface ShownSchedule extends PreviewSchedule {
  readonly shownCurve: Curve | null;
  readonly stroke: Stroke;
  readonly isActive: boolean;
  /** Another one is active. */
  readonly isFaded: boolean;
  readonly isHidden: boolean;
  readonly isTicked: boolean;
  readonly isAssumed: boolean;
}

/** A page with everything that follows from it: what all parts of it are drawn from. */
export interface Projection extends Page {
  readonly schedules: readonly ShownSchedule[];
  readonly active: ShownSchedule | null;
  /** First and last step that there is. */
  readonly allSteps: Range;
  /** First and last step in view. */
  readonly stretch: Range;
}

export function project(page: Page, palette: Palette): Projection {
  const { state, view, curves } = page;
  const hasActive = state.schedules.some(({ name }) => name === state.active);
  const schedules = state.schedules.map((schedule): ShownSchedule => {
    const { name, color, assumptions } = schedule;
    const isAssumed = assumptions.some(({ isBound }) => !isBound);
    const stroke = seriesStroke(palette, color);
    return {
      ...schedule,
      shownCurve: curves.get(name) ?? null,
      stroke: isAssumed ? { ...stroke, dash: assumedDash } : stroke,
      isActive: name === state.active,
      isFaded: hasActive && name !== state.active,
      isHidden: view.hidden.includes(name),
      isTicked: view.ticked.includes(name),
      isAssumed,
    };
  });
  const last = Math.max(1, ...schedules.map(({ shownCurve }) => shownCurve?.to ?? 0));
  const allSteps: Range = [0, last];
  return {
    ...page,
    schedules,
    active: schedules.find(({ isActive }) => isActive) ?? null,
    allSteps,
    stretch: page.drag?.stretch ?? within(view.stretch ?? allSteps, allSteps) ?? allSteps,
  };
}

/** Those whose curves are in the chart. */
export function visible({
  schedules,
}: Projection): readonly (ShownSchedule & { shownCurve: Curve })[] {
  return schedules.flatMap((schedule) =>
    schedule.shownCurve && !schedule.isHidden
      ? [{ ...schedule, shownCurve: schedule.shownCurve }]
      : [],
  );
}

/** The rate of a schedule at a step: as the extension says, else as the curve shows it. */
export function readRate(
  { answered, state }: Page,
  { name, shownCurve }: ShownSchedule,
  step: number,
): ReadRate | undefined {
  const index = answered?.revision === state.revision ? answered.steps.indexOf(step) : -1;
  const rate = answered?.rates[name]?.[index];
  if (rate !== undefined) return { rate, isExact: true };
  return shownCurve ? rateAt(shownCurve, step) : undefined;
}
