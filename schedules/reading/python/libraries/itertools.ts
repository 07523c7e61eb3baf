import { read } from '../machine/certainty.ts';
import { toSize } from '../values/conversion.ts';
import { valuesIn } from '../values/iteration.ts';
import { native } from '../values/native.ts';
import { binary, sized } from '../values/operators.ts';
import { type Value, list, tuple } from '../values/value.ts';
import { library } from './library.ts';

export const itertools = library('itertools', {
  accumulate: native(
    'accumulate',
    ['iterable', 'func', 'initial'],
    ([values = null, f, initial], machine) => {
      const [first, ...others] = valuesIn(machine, values);
      const start = initial ?? first;
      if (start === undefined) return list([]);
      const rest = initial === undefined || first === undefined ? others : [first, ...others];
      const sums = [start];
      for (const value of rest) {
        const before = sums.at(-1) ?? null;
        const isSum = f === undefined || f === null;
        sums.push(
          isSum
            ? binary('+', read(machine, before), read(machine, value))
            : machine.call(f, [before, value]),
        );
      }
      return list(sums);
    },
  ),
  chain: native('chain', ['*iterables'], ([iterables = null], machine) =>
    list(
      sized(valuesIn(machine, iterables).flatMap((one) => valuesIn(machine, read(machine, one)))),
    ),
  ),
  product: native('product', ['*iterables'], ([iterables = null], machine) => {
    const all = valuesIn(machine, iterables).map((one) => valuesIn(machine, read(machine, one)));
    const rows = all.reduce<Value[][]>(
      (found, one) => sized(found.flatMap((row) => one.map((value) => [...row, value]))),
      [[]],
    );
    return list(rows.map((row) => tuple(row)));
  }),
  repeat: native('repeat', ['object', 'times'], ([object = null, times = 1n]) =>
    list(Array.from({ length: Math.min(toSize(times), 10_000) }, () => object)),
  ),
  pairwise: native('pairwise', ['iterable'], ([values = null], machine) => {
    const all = valuesIn(machine, values);
    return list(all.slice(1).map((value, i) => tuple([all[i] ?? null, value])));
  }),
});
