import { read } from '../machine/certainty.ts';
import { setOf } from '../machine/collections.ts';
import { type Machine } from '../machine/machine.ts';
import { truthOf } from '../machine/truth.ts';
import { isTrue, toInteger } from '../values/conversion.ts';
import { valuesIn } from '../values/iteration.ts';
import { sorted } from '../values/listMethods.ts';
import { native } from '../values/native.ts';
import { binary } from '../values/operators.ts';
import { inOrder } from '../values/comparison.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  type NativeFunction,
  type Plain,
  type Value,
  firstGiven,
  isObject,
  list,
  tuple,
} from '../values/value.ts';

/** Of two equal or incomparable ones the first stays, which decides about NaN. */
function extreme(name: string, isBetter: (order: number) => boolean): NativeFunction {
  return native(name, ['*values', 'key', 'default'], (given, machine) => best(given, machine));
  function best([values, key, otherwise]: readonly (Plain | undefined)[], machine: Machine): Value {
    const several = valuesIn(machine, values ?? tuple([]));
    const [only = null] = several;
    const items = several.length === 1 ? valuesIn(machine, read(machine, only)) : several;
    const [first, ...others] = items;
    if (first === undefined) {
      if (otherwise === undefined) throw new PythonError(`ValueError: ${name}() of nothing`);
      return otherwise;
    }
    const rank = (value: Value): Plain =>
      read(machine, key === undefined || key === null ? value : machine.call(key, [value]));
    let [chosen, chosenRank] = [first, rank(first)];
    for (const other of others) {
      const otherRank = rank(other);
      if (isBetter(inOrder(otherRank, chosenRank))) [chosen, chosenRank] = [other, otherRank];
    }
    return read(machine, chosen);
  }
}

/** As many as all of some lists have. */
function shortest(lists: readonly (readonly Value[])[]): number {
  return lists.reduce((least, { length }) => Math.min(least, length), lists[0]?.length ?? 0);
}

/** Functions that take a list of values, and give a list where Python gives an iterator. */
export const overLists: Readonly<Record<string, NativeFunction>> = {
  list: native('list', ['iterable'], ([values], machine) =>
    list(values === undefined ? [] : valuesIn(machine, values)),
  ),
  tuple: native('tuple', ['iterable'], ([values], machine) =>
    tuple(values === undefined ? [] : valuesIn(machine, values)),
  ),
  set: native('set', ['iterable'], ([values], machine) =>
    setOf(machine, values === undefined ? [] : valuesIn(machine, values)),
  ),
  iter: native('iter', ['iterable'], ([values = null], machine) => list(valuesIn(machine, values))),
  next: native('next', ['iterator', 'default'], ([values = null, otherwise]) => {
    if (!isObject(values) || values.kind !== 'list')
      throw new PythonError('TypeError: no iterator');
    const next = firstGiven(values.items.shift(), otherwise);
    if (next === undefined) throw new PythonError('StopIteration');
    return next;
  }),
  reversed: native('reversed', ['sequence'], ([values = null], machine) =>
    list(valuesIn(machine, values).reverse()),
  ),
  sorted: native(
    'sorted',
    ['iterable', 'key', 'reverse'],
    ([values = null, key, reverse], machine) =>
      list(sorted(machine, valuesIn(machine, values), key, reverse)),
  ),
  enumerate: native('enumerate', ['iterable', 'start'], ([values = null, start = 0n], machine) =>
    list(valuesIn(machine, values).map((value, i) => tuple([toInteger(start) + BigInt(i), value]))),
  ),
  zip: native('zip', ['*iterables', 'strict'], ([iterables = null], machine) => {
    const all = valuesIn(machine, iterables).map((one) => valuesIn(machine, read(machine, one)));
    const length = shortest(all);
    return list(Array.from({ length }, (_, i) => tuple(all.map((one) => one[i] ?? null))));
  }),
  map: native('map', ['function', '*iterables'], ([f = null, iterables = null], machine) => {
    const all = valuesIn(machine, iterables).map((one) => valuesIn(machine, read(machine, one)));
    const length = shortest(all);
    return list(
      Array.from({ length }, (_, i) =>
        machine.call(
          f,
          all.map((one) => one[i] ?? null),
        ),
      ),
    );
  }),
  filter: native('filter', ['function', 'iterable'], ([f = null, values = null], machine) =>
    list(
      valuesIn(machine, values).filter((value) => {
        return truthOf(machine, f === null ? value : machine.call(f, [value])) === true;
      }),
    ),
  ),
  sum: native('sum', ['iterable', 'start'], ([values = null, start = 0n], machine) =>
    valuesIn(machine, values).reduce<Plain>(
      (sum, value) => binary('+', sum, read(machine, value)),
      start,
    ),
  ),
  any: native('any', ['iterable'], ([values = null], machine) =>
    valuesIn(machine, values).some((value) => isTrue(read(machine, value))),
  ),
  all: native('all', ['iterable'], ([values = null], machine) =>
    valuesIn(machine, values).every((value) => isTrue(read(machine, value))),
  ),
  min: extreme('min', (order) => order < 0),
  max: extreme('max', (order) => order > 0),
};
