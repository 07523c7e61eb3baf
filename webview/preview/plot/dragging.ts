import type { Handle } from '../../messages.ts';
import { rateExtremes } from '../curves.ts';
import type { Act, Drag } from '../page.ts';
import { visible, type Projection } from '../projection.ts';
import type { Geometry } from '../../shared/plot/geometry.ts';

/** A handle of a schedule in the picture that it is taken in. */
export interface Taken {
  readonly schedule: string;
  readonly handle: Handle;
  readonly projection: Projection;
  readonly geometry: Geometry;
  readonly act: Act;
}

/** Where a handle is, and what that makes of its argument. */
type Place = Pick<Drag, 'step' | 'rate' | 'value'>;

type Axes = Pick<Drag, 'stretch' | 'extremes'>;

/** Changes an argument by hundredths of what is in view, or of the rate on a logarithmic axis. */
export function nudge(taken: Taken, hundredths: number): void {
  const { handle, projection } = taken;
  const axes = heldAxes(projection);
  const { stretch, extremes } = axes;
  const rates = extremes.high - extremes.low || extremes.high;
  const whole =
    handle.axis === 'step'
      ? stretch[1] - stretch[0]
      : projection.view.isLogarithmic
        ? handle.rate
        : rates;
  const place = movedBy(handle, (hundredths * whole) / 100, whole / 100);
  if (place.value !== handle.value) put(taken, place, axes, true);
}

/** Follows the pointer until it is released; Escape puts the argument back. */
export function drag(taken: Taken, down: PointerEvent): void {
  const { currentTarget: element, pointerId, button } = down;
  if (!(element instanceof HTMLElement) || button !== 0) return;
  const axes = heldAxes(taken.projection);
  const start: Place = taken.handle;
  let place = start;
  let hasMoved = false;
  const dragging = new AbortController();
  const { signal } = dragging;
  const move = (event: PointerEvent): void => {
    hasMoved = true;
    place = draggedTo(taken, event.clientX - down.clientX, event.clientY - down.clientY);
    put(taken, place, axes, false);
  };
  const end = (): void => {
    dragging.abort();
    if (hasMoved) put(taken, place, axes, true);
  };
  const escape = ({ key }: KeyboardEvent): void => {
    if (key !== 'Escape') return;
    place = start;
    element.releasePointerCapture(pointerId);
  };
  element.setPointerCapture(pointerId);
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('lostpointercapture', end, { signal });
  element.addEventListener('keydown', escape, { signal });
}

function draggedTo({ handle, geometry }: Taken, right: number, down: number): Place {
  if (handle.axis === 'step') {
    const x = geometry.xOf(handle.step);
    const perPixel = geometry.valueAt(x + 1) - geometry.valueAt(x);
    return movedBy(handle, right * perPixel, perPixel);
  }
  const y = geometry.yOf(handle.rate) + down;
  const rate = geometry.figureAt(y);
  // A rate of 0 lies at the foot of a logarithmic axis, wherever that is.
  return movedBy(handle, rate - handle.rate, geometry.figureAt(y - 1) - rate);
}

/**
 * A handle moved by steps or by a rate.
 *
 * @param least smaller differences could not be seen, and are rounded away.
 */
function movedBy(handle: Handle, by: number, least: number): Place {
  const { axis, step, rate, value, perUnit, isWhole } = handle;
  const lowest = axis === 'step' ? -step : -Math.max(rate, 0);
  const exponent = Math.floor(Math.log10(Math.abs(perUnit * least)));
  const wanted = value + perUnit * Math.max(by, lowest);
  const next = rounded(wanted, isWhole ? Math.max(0, exponent) : exponent);
  const moved = (next - value) / perUnit;
  return axis === 'step'
    ? { step: step + moved, rate, value: next }
    : { step, rate: rate + moved, value: next };
}

/** To a multiple of a power of ten, without the digits that float arithmetic adds. */
function rounded(value: number, exponent: number): number {
  return Number(`${Math.round(value / 10 ** exponent)}e${exponent}`);
}

function put({ schedule, handle, act }: Taken, place: Place, axes: Axes, isDone: boolean): void {
  const { argument } = handle;
  const { step, rate, value } = place;
  act.change({ drag: { schedule, argument, step, rate, value, ...axes, isDone } });
  act.setArgument({ schedule, argument, value, done: isDone });
}

/** The axes as they are when a handle is taken: under it, they do not move. */
function heldAxes(projection: Projection): Axes {
  const { drag, stretch } = projection;
  const curves = visible(projection).map(({ shownCurve }) => shownCurve);
  return { stretch, extremes: drag?.extremes ?? rateExtremes(curves, stretch) };
}
