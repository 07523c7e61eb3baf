/**
 * Single-precision arithmetic as JAX does it by default: operands that are Python numbers or int32
 * become float32, and so does every result.
 */
const { fround } = Math;
const isInt32 = (value: number): boolean => (value | 0) === value;

export const add = (a: number, b: number): number => fround(fround(a) + fround(b));
export const subtract = (a: number, b: number): number => fround(fround(a) - fround(b));
export const multiply = (a: number, b: number): number => fround(fround(a) * fround(b));
export const divide = (a: number, b: number): number => fround(fround(a) / fround(b));
export const cosine = (angle: number): number => fround(Math.cos(fround(angle)));

/** Like C's `powf`, for which 1 to any power is 1 (in JavaScript, 1 to the power of NaN is NaN). */
export function power(base: number, exponent: number): number {
  return fround(base) === 1 ? 1 : fround(fround(base) ** fround(exponent));
}

/**
 * To the power of a number from the user's code. JAX squares and multiplies for a Python int, and
 * so does this for every whole number; for a float as whole it would call `powf`, which is the same
 * to 1e-6 up to about the 20th power.
 */
export function constantPower(base: number, exponent: number): number {
  if (!isInt32(exponent)) return power(base, exponent);
  return exponent < 0 ? divide(1, wholePower(base, -exponent)) : wholePower(base, exponent);
}

function wholePower(x: number, exponent: number): number {
  if (exponent === 0) return 1;
  const rest = wholePower(multiply(x, x), Math.floor(exponent / 2));
  return exponent % 2 === 1 ? multiply(x, rest) : rest;
}

/**
 * `step - start` as JAX subtracts steps: in int32, which wraps around, unless a fractional or huge
 * operand makes it float32.
 */
export function stepsSince(step: number, start: number): number {
  return isInt32(step) && isInt32(start) ? (step - start) | 0 : subtract(step, start);
}

/** The number with the fewest digits that is this one in float32: 0.0001 of 0.00009999999747378752. */
export function shortestDecimal(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (fround(short) === fround(value)) return short;
  }
  return Number(value.toPrecision(9));
}
