import { conversion, isFloat, inexact, settled, type ElementType } from '../values/arrayType.ts';
import { newArray } from '../values/arrayShape.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { power } from '../values/power.ts';
import { PythonError } from '../values/pythonError.ts';

/** `arange(start, stop, step)`, of floats or integers. */
export function floatRange(
  type: ElementType,
  start: number,
  stop: number,
  step: number,
): NumericArray {
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (!Number.isFinite(length)) throw new PythonError('ValueError: arange of no finite length');
  const settle = settled[type.dtype];
  const first = conversion('float64', type)(start);
  // NumPy goes on as from the first to the second element.
  const by = type.library === 'numpy' ? settle(settle(start + step) - first) : settle(step);
  return newArray(type, [length], () =>
    Array.from({ length }, (_, i) => settle(first + settle(i * by))),
  );
}

/**
 * `linspace`, of integers rounded down.
 *
 * @throws PythonError for a negative count.
 */
export function linearSpace(
  type: ElementType,
  start: number,
  stop: number,
  count: number,
  hasEnd: boolean,
): NumericArray {
  const computed = inexact(type);
  const settle = settled[computed.dtype];
  const [from, to] = [settle(start), settle(stop)];
  const parts = hasEnd ? count - 1 : count;
  const place = computed.library === 'numpy' ? placeInNumPy : placeInJax;
  const convert = isFloat(type.dtype)
    ? settled[type.dtype]
    : (x: number) => conversion(computed.dtype, type)(Math.floor(x));
  return newArray(type, [count], () =>
    Array.from({ length: count }, (_, i) =>
      convert(hasEnd && i > 0 && i === parts ? to : place(from, to, i, parts, settle)),
    ),
  );
}

type Settle = (x: number) => number;

function placeInNumPy(from: number, to: number, i: number, parts: number, settle: Settle): number {
  const step = settle((to - from) / parts);
  return parts === 0 ? from : settle(settle(i * step) + from);
}

/** As XLA compiles it: it divides by multiplying, and adds the last product without rounding it. */
function placeInJax(from: number, to: number, i: number, parts: number, settle: Settle): number {
  const share = parts === 0 ? 0 : settle(i * settle(1 / parts));
  return settle(settle(from * settle(1 - share)) + to * share);
}

/** `geomspace`: from `start` to `stop` in equal ratios. */
export function geometricSpace(
  type: ElementType,
  start: number,
  stop: number,
  count: number,
  hasEnd: boolean,
): NumericArray {
  if (type.library === 'numpy' && !(start * stop > 0))
    throw new PythonError('ValueError: a geometric sequence through zero');
  const settle = settled[type.dtype];
  const sign = Math.sign(start);
  const exponents = linearSpace(
    type,
    settle(Math.log10(start / sign)),
    settle(Math.log10(stop / sign)),
    count,
    hasEnd,
  );
  // NumPy puts the ends in their places; JAX leaves what the powers give.
  const isExact = type.library === 'numpy';
  return newArray(type, [count], () =>
    exponents.data?.map((exponent, i) => {
      if (isExact && i === 0) return settle(start);
      if (isExact && hasEnd && i === count - 1) return settle(stop);
      return settle(sign * settle(power(10, exponent)));
    }),
  );
}
