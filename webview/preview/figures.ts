import type { Curve } from '../messages.ts';
import { rateText } from '../shared/figures.ts';

/** The first rate of a curve, the highest if there is a higher one, and the last. */
export function courseText({ rates }: Curve): string {
  const ends = [rates[0] ?? NaN, rates.at(-1) ?? NaN] as const;
  const highest = rates.reduce((a, b) => (b > a && b < Infinity ? b : a), -Infinity);
  const [first, last] = ends.map(shortText);
  if (highest > Math.max(...ends)) return `${first} → ${shortText(highest)} → ${last}`;
  return first === last ? `${first}` : `${first} → ${last}`;
}

const shortText = (rate: number): string => rateText(Number(rate.toPrecision(3)));
