/**
 * C's `pow`. JavaScript's differs: it has no value for 1 to the power of NaN, and its 10 ** -5 is
 * not the double that is nearest to 0.00001.
 */
export function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  if (exponent < 0) {
    const inverse = base ** -exponent;
    if (Number.isSafeInteger(inverse)) return 1 / inverse;
  }
  return base ** exponent;
}
