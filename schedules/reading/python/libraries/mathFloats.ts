import { toNumber, toSize } from '../values/conversion.ts';
import { native } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import { tuple, type NativeFunction } from '../values/value.ts';

/** Functions of CPython's `math` that make a float an integer, or take it apart. */
export const floatParts: readonly NativeFunction[] = [
  toWhole('ceil', Math.ceil),
  toWhole('floor', Math.floor),
  toWhole('trunc', Math.trunc),
  native('modf', ['x'], ([given]) => {
    const x = toNumber(given);
    const whole = Math.trunc(x);
    return tuple([Number.isFinite(x) ? x - whole : Number.isNaN(x) ? x : Math.sign(x) * 0, whole]);
  }),
  native('frexp', ['x'], ([given]) => {
    const x = toNumber(given);
    const exponent = exponentOf(x);
    return tuple([scaled(x, -exponent), BigInt(exponent)]);
  }),
  native('ldexp', ['x', 'i'], ([x, exponent]) => {
    const result = scaled(toNumber(x), toSize(exponent));
    if (Number.isFinite(result) || !Number.isFinite(toNumber(x))) return result;
    throw new PythonError('OverflowError: math range error');
  }),
  native('ulp', ['x'], ([x]) => ulpOf(toNumber(x))),
  native('remainder', ['x', 'y'], ([x, y]) => nearestRemainder(toNumber(x), toNumber(y))),
];

function toWhole(name: string, round: (x: number) => number): NativeFunction {
  return native(name, ['x'], ([x]) => {
    if (typeof x === 'bigint') return x;
    return wholeNumber(round(toNumber(x)));
  });
}

/** @throws PythonError for what is not finite. */
function wholeNumber(x: number): bigint {
  if (Number.isFinite(x)) return BigInt(x);
  throw new PythonError(
    Number.isNaN(x)
      ? 'ValueError: cannot convert float NaN to integer'
      : 'OverflowError: cannot convert float infinity to integer',
  );
}

/** The exponent of a number whose mantissa is from 0.5 to below 1. */
function exponentOf(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return 0;
  const size = Math.abs(x);
  // `log2` rounds, and numbers below 2 ** -1022 have fewer digits than it counts on.
  const guess = Math.floor(Math.log2(size));
  const exponent = scaled(size, -guess) < 1 ? guess - 1 : guess;
  return (scaled(size, -exponent) >= 2 ? exponent + 1 : exponent) + 1;
}

/** `x * 2 ** exponent`, also where that power itself is no double. */
function scaled(x: number, exponent: number): number {
  let result = x;
  let rest = Math.min(Math.max(exponent, -2200), 2200);
  for (; Math.abs(rest) > 1000; rest -= Math.sign(rest) * 1000)
    result *= 2 ** (Math.sign(rest) * 1000);
  return result * 2 ** rest;
}

function ulpOf(x: number): number {
  if (!Number.isFinite(x)) return Math.abs(x);
  return x === 0 ? 2 ** -1074 : 2 ** Math.max(exponentOf(x) - 53, -1074);
}

/** IEEE 754's remainder: to the nearest multiple, of two equally near ones to the even one. */
function nearestRemainder(x: number, y: number): number {
  if (y === 0 || !Number.isFinite(x)) throw new PythonError('ValueError: math domain error');
  if (!Number.isFinite(y)) return x;
  const size = Math.abs(y);
  const cut = Math.abs(x) % size;
  const other = size - cut;
  const isEven = 2 * ((0.5 * (Math.abs(x) - cut)) % size) < size;
  const nearest = cut < other || (cut === other && isEven) ? cut : -other;
  return Math.sign(x) * nearest;
}
