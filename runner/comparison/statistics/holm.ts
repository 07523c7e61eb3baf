/**
 * Holm's correction: the p-values of a family of tests, in the order given, raised so that rejecting
 * those below 0.05 finds anything where nothing is with a probability of at most 0.05 in all.
 *
 * Source: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", 1979.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const ascending = [...pValues.entries()].sort(([, a], [, b]) => a - b);
  const adjusted = new Array<number>(pValues.length);
  let least = 0;
  for (const [rank, [index, p]] of ascending.entries()) {
    least = Math.max(least, Math.min(1, (pValues.length - rank) * p));
    adjusted[index] = least;
  }
  return adjusted;
}
