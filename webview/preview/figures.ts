import { rateLabel } from '../../schedules/drawing/axes.ts';
import type { Curve } from '../messages.ts';

/** A rate for people, with the digits that float32 holds safely. */
export function rateText(rate: number): string {
  if (Number.isNaN(rate)) return 'NaN';
  if (!Number.isFinite(rate)) return rate > 0 ? '∞' : '−∞';
  return rateLabel(Number(rate.toPrecision(6)));
}

/** The first rate of a curve, the highest if there is a higher one, and the last. */
export function courseText({ rates }: Curve): string {
  const ends = [rates[0] ?? NaN, rates.at(-1) ?? NaN] as const;
  const highest = rates.reduce((a, b) => (b > a && b < Infinity ? b : a), -Infinity);
  const [first, last] = ends.map(shortText);
  if (highest > Math.max(...ends)) return `${first} → ${shortText(highest)} → ${last}`;
  return first === last ? `${first}` : `${first} → ${last}`;
}

const shortText = (rate: number): string => rateText(Number(rate.toPrecision(3)));

const grouped = new Intl.NumberFormat('en-US');

export function stepText(step: number): string {
  return grouped.format(step);
}

/** A step with its epoch, counted from 1, where that is known. */
export function placeText(step: number, stepsPerEpoch: number | null): string {
  const epoch = stepsPerEpoch === null ? '' : `, epoch ${epochOf(step, stepsPerEpoch)}`;
  return `step ${stepText(step)}${epoch}`;
}

export function epochOf(step: number, stepsPerEpoch: number): number {
  return Math.floor(step / stepsPerEpoch) + 1;
}

/** `1 schedule`, `2 schedules`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
