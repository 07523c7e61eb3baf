import { sum } from '../values/arrayReduction.ts';
import { toNumber } from '../values/conversion.ts';
import { valuesIn } from '../values/iteration.ts';
import { native, type Given } from '../values/native.ts';
import { binary } from '../values/operators.ts';
import { PythonError } from '../values/pythonError.ts';
import type { NativeFunction, Plain } from '../values/value.ts';
import { read } from '../machine/certainty.ts';
import type { Machine } from '../machine/machine.ts';
import { library } from './library.ts';
import { floatParts } from './mathFloats.ts';
import { integerFunctions } from './mathIntegers.ts';
import { complementaryError, error, gamma, logGamma } from './mathSpecial.ts';
import { byName } from './numpyFunction.ts';
import { power } from '../values/power.ts';

const constants = {
  pi: Math.PI,
  e: Math.E,
  tau: 2 * Math.PI,
  inf: Infinity,
  nan: NaN,
};

const degree = Math.PI / 180;

/** Functions of floats that give a float. */
const ofFloats: Readonly<Record<string, (x: number, y: number) => number>> = {
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  exp: Math.exp,
  exp2: (x) => power(2, x),
  expm1: Math.expm1,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  fabs: Math.abs,
  degrees: (x) => x / degree,
  radians: (x) => x * degree,
  erf: error,
  erfc: complementaryError,
  gamma,
  lgamma: logGamma,
};

const ofTwoFloats: typeof ofFloats = {
  pow: power,
  fmod: (x, y) => x % y,
  atan2: Math.atan2,
  copysign: (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x)),
};

/** CPython's rule: no infinity of finite numbers, and no NaN of numbers. */
function checked(result: number, given: readonly number[]): number {
  if (Number.isNaN(result) && !given.some(Number.isNaN))
    throw new PythonError('ValueError: math domain error');
  if (!Number.isFinite(result) && given.every(Number.isFinite))
    throw new PythonError('OverflowError: math range error');
  return result;
}

/** An argument as CPython's `math` takes it: as a double. */
export function toFloat(value: Plain | undefined): number {
  const number = toNumber(value);
  if (typeof value === 'bigint' && !Number.isFinite(number))
    throw new PythonError('OverflowError: int too large to convert to float');
  return number;
}

function ofNumbers(
  name: string,
  parameters: readonly string[],
  compute: (x: number, y: number) => number,
): NativeFunction {
  return native(name, parameters, (given) => {
    const [x = NaN, y = NaN] = parameters.map((_, i) => toFloat(given[i]));
    return checked(compute(x, y), parameters.length === 1 ? [x] : [x, y]);
  });
}

function numbersIn(value: Plain | undefined, machine: Machine): readonly Plain[] {
  return valuesIn(machine, value ?? null).map((item) => read(machine, item));
}

function isClose([a, b, relative = 1e-9, absolute = 0]: Given): boolean {
  const [x, y] = [toFloat(a), toFloat(b)];
  if (x === y) return true;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return false;
  const scale = Math.max(Math.abs(x), Math.abs(y));
  return Math.abs(x - y) <= Math.max(toFloat(relative) * scale, toFloat(absolute));
}

/** A logarithm, also of an integer that is too large for a float. */
function logarithmOf(value: Plain | undefined, log: (x: number) => number): number {
  if (typeof value === 'bigint' && value > Number.MAX_VALUE) {
    const cut = value.toString().length - 20;
    return log(Number(value / 10n ** BigInt(cut))) + cut * log(10);
  }
  const x = toFloat(value);
  if (x <= 0) throw new PythonError('ValueError: math domain error');
  return log(x);
}

function logarithm([x, base]: Given): number {
  const result = logarithmOf(x, Math.log);
  if (base === undefined) return result;
  const ofBase = logarithmOf(base, Math.log);
  if (ofBase === 0) throw new PythonError('ZeroDivisionError: float division by zero');
  return result / ofBase;
}

export const mathModule = library('math', {
  ...constants,
  ...byName([
    ...Object.entries(ofFloats).map(([name, compute]) => ofNumbers(name, ['x'], compute)),
    ...Object.entries(ofTwoFloats).map(([name, compute]) => ofNumbers(name, ['x', 'y'], compute)),
    ...floatParts,
    ...integerFunctions,
    native('log', ['x', 'base'], logarithm),
    native('log2', ['x'], ([x]) => logarithmOf(x, Math.log2)),
    native('log10', ['x'], ([x]) => logarithmOf(x, Math.log10)),
    native('isclose', ['a', 'b', 'rel_tol', 'abs_tol'], isClose),
    native('isnan', ['x'], ([x]) => Number.isNaN(toFloat(x))),
    native('isinf', ['x'], ([x]) => Math.abs(toFloat(x)) === Infinity),
    native('isfinite', ['x'], ([x]) => Number.isFinite(toFloat(x))),
    native('hypot', ['*coordinates'], ([coordinates], machine) =>
      Math.hypot(...numbersIn(coordinates, machine).slice(0, 1000).map(toFloat)),
    ),
    native('dist', ['p', 'q'], ([p, q], machine) => {
      const [from, to] = [numbersIn(p, machine), numbersIn(q, machine)].map((point) =>
        point.slice(0, 1000).map(toFloat),
      );
      if (!from || from.length !== to?.length)
        throw new PythonError('ValueError: both points must have the same number of dimensions');
      return Math.hypot(...from.map((x, i) => x - (to[i] ?? 0)));
    }),
    native('fsum', ['seq'], ([seq], machine) => sum(numbersIn(seq, machine).map(toFloat))),
    native('prod', ['iterable', 'start'], ([iterable, start = 1n], machine) =>
      numbersIn(iterable, machine).reduce((product, x) => binary('*', product, x), start),
    ),
  ]),
});
