import { toInteger } from '../values/conversion.ts';
import { native } from '../values/native.ts';
import { binary } from '../values/operators.ts';
import { PythonError } from '../values/pythonError.ts';
import { read } from '../machine/certainty.ts';
import { isObject, type NativeFunction, type Plain, type Value } from '../values/value.ts';
import type { Machine } from '../machine/machine.ts';

/** Functions of whole numbers of CPython's `math`. */
export const integerFunctions: readonly NativeFunction[] = [
  native('factorial', ['n'], ([given]) => {
    const n = counted(given);
    return descendingProduct(n, n);
  }),
  native('comb', ['n', 'k'], ([n, k]) => combinations(counted(n), counted(k))),
  native('perm', ['n', 'k'], ([n, k]) => descendingProduct(counted(n), counted(k ?? n))),
  native('isqrt', ['n'], ([n]) => squareRoot(counted(n))),
  native('gcd', ['*integers'], ([integers], machine) =>
    integersIn(integers, machine).reduce(commonDivisor, 0n),
  ),
  native('lcm', ['*integers'], ([integers], machine) =>
    integersIn(integers, machine).reduce((a, b) => {
      const divisor = commonDivisor(a, b);
      return divisor === 0n ? 0n : times(absolute(a) / divisor, absolute(b));
    }, 1n),
  ),
];

function counted(value: Plain | undefined): bigint {
  const n = toInteger(value);
  if (n < 0n) throw new PythonError('ValueError: not defined for negative values');
  return n;
}

function integersIn(value: Plain | undefined, machine: Machine): readonly bigint[] {
  const items: readonly Value[] =
    value !== undefined && value !== null && isObject(value) && value.kind === 'tuple'
      ? value.items
      : [];
  return items.map((item) => toInteger(read(machine, item)));
}

/** As `binary`, so that no number gets more digits than are computed with. */
const times = (a: bigint, b: bigint): bigint => toInteger(binary('*', a, b));

const absolute = (n: bigint): bigint => (n < 0n ? -n : n);

/** n (n - 1) ... of `count` factors. */
function descendingProduct(n: bigint, count: bigint): bigint {
  if (count > n) return 0n;
  let product = 1n;
  // Grows beyond all digits that are computed with before it takes long.
  for (let i = 0n; i < count; i++) product = times(product, n - i);
  return product;
}

function combinations(n: bigint, k: bigint): bigint {
  if (k > n) return 0n;
  const fewest = k < n - k ? k : n - k;
  let result = 1n;
  for (let i = 0n; i < fewest; i++) result = times(result, n - i) / (i + 1n);
  return result;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [absolute(a), absolute(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Rounded down, by Newton's method. */
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let root = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
