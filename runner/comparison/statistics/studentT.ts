/**
 * The probability that Student's t, with a whole number of degrees of freedom, is at least as far
 * from 0 as `t`: the two-sided p-value.
 *
 * Source: Abramowitz and Stegun 26.7.3 and 26.7.4. The probability of being nearer is the sum of the
 * first terms of a series whose terms all together, with that of the arc, make 1: where little is
 * left, the rest of the terms is summed instead, so that small probabilities keep all their digits.
 */
export function studentTails(t: number, degrees: number): number {
  if (t === 0) return 1;
  const cosine2 = degrees / (degrees + t * t);
  const sine = Math.abs(t) / Math.sqrt(degrees + t * t);
  const odd = degrees % 2 === 1;
  const inside = Math.floor(degrees / 2);

  let term = odd ? (2 / Math.PI) * sine * Math.sqrt(cosine2) : sine;
  let k = odd ? 1 : 0;
  const nextTerm = (): number => {
    const current = term;
    term *= (cosine2 * (k + 1)) / (k + 2);
    k += 2;
    return current;
  };

  let nearer = odd ? (2 / Math.PI) * Math.atan2(Math.abs(t), Math.sqrt(degrees)) : 0;
  for (let i = 0; i < inside; i++) nearer += nextTerm();
  if (nearer < 0.9) return 1 - nearer;

  let further = 0;
  while (term > further * 1e-17) further += nextTerm();
  return further;
}

/** The t that Student's t exceeds, on either side, with probability `tails` (0.05: 95 % lie inside). */
export function studentQuantile(tails: number, degrees: number): number {
  let low = 0;
  let high = 1;
  while (studentTails(high, degrees) > tails) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentTails(middle, degrees) > tails) low = middle;
    else high = middle;
  }
}
