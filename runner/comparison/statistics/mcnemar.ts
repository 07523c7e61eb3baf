/**
 * McNemar's exact test of two classifiers on the same images: the probability of images that only
 * one of them classifies correctly being split at least as unevenly, were both equally good.
 *
 * @param onlyFirst how many images only the first classifies correctly; `onlySecond` likewise.
 * @returns the two-sided p-value; 1 where they never differ.
 *
 * Source: McNemar, Psychometrika 12 (1947); exact: two tails of a binomial distribution.
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  const fewer = Math.min(onlyFirst, onlySecond);
  return Math.min(1, 2 * headsAtMost(fewer, onlyFirst + onlySecond));
}

/** How many images only one of two runs classifies correctly, from 1 (correct) or 0 for each. */
export function disagreements(
  first: Uint8Array,
  second: Uint8Array,
): readonly [onlyFirst: number, onlySecond: number] {
  let onlyFirst = 0;
  let onlySecond = 0;
  first.forEach((correct, i) => {
    const other = second[i] ?? 0;
    if (correct > other) onlyFirst++;
    if (other > correct) onlySecond++;
  });
  return [onlyFirst, onlySecond];
}

/** The probability of at most `heads` heads in `tosses` tosses of a fair coin. */
function headsAtMost(heads: number, tosses: number): number {
  // C(tosses, heads) / 2^tosses, halved on the way wherever it can be, so that it never overflows.
  let probability = 1;
  let halvings = tosses;
  for (let i = 1; i <= heads; i++) {
    probability *= (tosses - heads + i) / i;
    for (; probability > 1 && halvings > 0; halvings--) probability /= 2;
  }
  probability *= 2 ** -halvings;

  let sum = 0;
  for (let i = heads; i >= 0; i--) {
    sum += probability;
    probability *= i / (tosses - i + 1);
  }
  return sum;
}
