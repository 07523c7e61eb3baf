import { figureAxis, stepAxis, type Range, type Tick } from '../../../schedules/drawing/axes.ts';

/**
 * The ticks of a stretch of steps.
 *
 * @param stepsPerEpoch where the axis counts epochs, of which so many steps are one.
 */
export function stepTicks(
  [from, to]: Range,
  count: number,
  stepsPerEpoch: number | null,
): readonly Tick[] {
  const unit = stepsPerEpoch ?? 1;
  const range: Range = [from / unit, to / unit];
  const whole = stepAxis(range, count).ticks;
  // A part of an epoch has ticks too; a part of a step is nothing.
  const ticks =
    whole.length < 2 && unit > 1
      ? figureAxis(range, count).ticks.filter(({ value }) => isWithin(value, range))
      : whole;
  return ticks.map(({ value, label }) => ({ value: value * unit, label }));
}

function isWithin(value: number, [low, high]: Range): boolean {
  return low <= value && value <= high;
}
