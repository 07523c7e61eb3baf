import { truthOf } from '../machine/truth.ts';
import { numberValue } from '../syntax/numbers.ts';
import { isScalarArray, toInteger, toNumber, toSize } from '../values/conversion.ts';
import { lazyNative, native } from '../values/native.ts';
import { binary } from '../values/operators.ts';
import { PythonError } from '../values/pythonError.ts';
import { type NativeFunction, type Plain, type Value, isObject, tuple } from '../values/value.ts';

/** `int(value)`: texts and floats are taken towards zero. */
function toInt(value: Plain | undefined): bigint {
  if (value === undefined) return 0n;
  if (typeof value === 'string') {
    const [, sign = '', digits = ''] = /^\s*([+-]?)(\d[\d_]*)\s*$/.exec(value) ?? [];
    const size = numberValue(digits.replace(/^0+(?=\d)/, ''));
    if (typeof size !== 'bigint') throw new PythonError('ValueError: no whole number');
    return sign === '-' ? -size : size;
  }
  if (typeof value === 'bigint' || typeof value === 'boolean') return BigInt(value);
  const number = Math.trunc(toNumber(value));
  if (!Number.isFinite(number))
    throw new PythonError('ValueError: NaN and infinity have no integer');
  return BigInt(number);
}

function toFloat(value: Plain | undefined): number {
  if (value === undefined) return 0;
  if (typeof value !== 'string') return toNumber(value);
  const [, sign, name] = /^\s*([+-]?)(inf|infinity|nan)\s*$/i.exec(value) ?? [];
  if (name !== undefined) {
    const size = name.toLowerCase() === 'nan' ? NaN : Infinity;
    return sign === '-' ? -size : size;
  }
  const [, minus, digits = ''] = /^\s*([+-]?)([\d._eE+-]+)\s*$/.exec(value) ?? [];
  const size = Number(digits.replaceAll('_', '') || 'nothing');
  if (Number.isNaN(size)) throw new PythonError('ValueError: could not convert string to float');
  return minus === '-' ? -size : size;
}

/** Halves go to the even neighbour, also where digits are kept. */
function round(value: Plain | undefined, digits: Plain | undefined): Value {
  if (isScalarArray(value))
    return roundFloat(toNumber(value), digits === undefined ? 0 : toSize(digits));
  if (typeof value === 'bigint' || typeof value === 'boolean')
    return roundInteger(BigInt(value), toSize(digits ?? 0n));
  const number = toNumber(value);
  if (digits !== undefined && digits !== null) return roundFloat(number, toSize(digits));
  if (!Number.isFinite(number))
    throw new PythonError('ValueError: NaN and infinity have no integer');
  return BigInt(roundHalfToEven(number));
}

/** Of a whole number, only negative digits change anything: -2 rounds to hundreds. */
function roundInteger(value: bigint, digits: number): bigint {
  if (digits >= 0) return value;
  if (-digits > String(value).length) return 0n;
  const unit = 10n ** BigInt(-digits);
  const remainder = ((value % unit) + unit) % unit;
  const lower = value - remainder;
  const isUp = 2n * remainder > unit || (2n * remainder === unit && (lower / unit) % 2n !== 0n);
  return isUp ? lower + unit : lower;
}

function roundHalfToEven(value: number): number {
  const lower = Math.floor(value);
  if (value - lower !== 0.5) return Math.round(value);
  return lower % 2 === 0 ? lower : lower + 1;
}

function roundFloat(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 100) return value;
  if (digits < -308) return 0;
  if (digits <= 0) return roundHalfToEven(value / 10 ** -digits) * 10 ** -digits;
  // `toFixed` rounds the exact binary value, as Python does, but halves away from zero. Half of
  // such a digit is in the way only if the value is an odd multiple of 2 ** -(digits + 1).
  const rounded = value.toFixed(digits);
  const isHalfway = Math.abs(value * 2 ** (digits + 1)) % 2 === 1;
  if (!isHalfway || Number(rounded.at(-1)) % 2 === 0) return Number(rounded);
  return Number((value * (1 - Number.EPSILON / 2)).toFixed(digits));
}

function range(
  first: Plain | undefined,
  second: Plain | undefined,
  third: Plain | undefined,
): Value {
  const [start, stop] =
    second === undefined ? [0n, toInteger(first)] : [toInteger(first), toInteger(second)];
  const step = third === undefined ? 1n : toInteger(third);
  if (step === 0n) throw new PythonError('ValueError: range() arg 3 must not be zero');
  return { kind: 'range', start, stop, step };
}

export const numbers: Readonly<Record<string, NativeFunction>> = {
  int: native('int', ['value', 'base'], ([value]) => toInt(value)),
  float: native('float', ['value'], ([value]) => toFloat(value)),
  bool: lazyNative('bool', ['value'], ([value = false], machine) => {
    const truth = truthOf(machine, value);
    return typeof truth === 'boolean' ? truth : value;
  }),
  round: native('round', ['number', 'ndigits'], ([value, digits]) => round(value, digits)),
  abs: native('abs', ['value'], ([value]) => {
    if (typeof value === 'bigint') return value < 0n ? -value : value;
    if (isObject(value ?? null) && value !== undefined && isObject(value) && value.kind === 'array')
      return { ...value, data: value.data?.map(Math.abs) };
    return Math.abs(toNumber(value));
  }),
  pow: native('pow', ['base', 'exp'], ([base = null, exponent = null]) =>
    binary('**', base, exponent),
  ),
  divmod: native('divmod', ['a', 'b'], ([a = null, b = null]) =>
    tuple([binary('//', a, b), binary('%', a, b)]),
  ),
  range: native('range', ['start', 'stop', 'step'], ([a, b, c]) => range(a, b, c)),
  slice: native('slice', ['start', 'stop', 'step'], ([a = null, b, c = null]) =>
    b === undefined
      ? { kind: 'slice', start: null, stop: a, step: null }
      : { kind: 'slice', start: a, stop: b, step: c },
  ),
};
