import type { Curve } from '../messages.ts';
import { shortRateText } from '../shared/figures.ts';

/** The first rate of a curve, the highest if there is a higher one, and the last. */
export function courseText({ rates }: Curve): string {
  const ends = [rates[0] ?? NaN, rates.at(-1) ?? NaN] as const;
  const highest = rates.reduce((a, b) => (b > a && b < Infinity ? b : a), -Infinity);
  const [first, last] = ends.map(shortRateText);
  if (highest > Math.max(...ends)) return `${first} → ${shortRateText(highest)} → ${last}`;
  return first === last ? `${first}` : `${first} → ${last}`;
}
