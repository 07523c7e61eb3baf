import { read } from '../machine/certainty.ts';
import { type Machine } from '../machine/machine.ts';
import { isTrue, toSize } from './conversion.ts';
import { valuesIn } from './iteration.ts';
import { keyOf } from './keys.ts';
import { mutator } from './mutator.ts';
import { native } from './native.ts';
import { inOrder, isEqual } from './comparison.ts';
import { sized } from './operators.ts';
import { PythonError } from './pythonError.ts';
import {
  type List,
  type NativeFunction,
  type Plain,
  type Tuple,
  type Value,
  list,
} from './value.ts';

export function listMethod(value: List, name: string): NativeFunction | undefined {
  const { items } = value;
  switch (name) {
    case 'append':
      return mutator(value, name, ['object'], ([object]) => void sized(items).push(object ?? null));
    case 'extend':
      return mutator(value, name, ['iterable'], ([iterable = null], machine) => {
        items.push(...valuesIn(machine, read(machine, iterable)));
        sized(items);
      });
    case 'insert':
      return mutator(value, name, ['index', 'object'], ([index, object], machine) => {
        items.splice(toSize(read(machine, index ?? null)), 0, object ?? null);
      });
    case 'pop':
      return mutator(value, name, ['index'], ([index], machine) => {
        const place = index === undefined ? -1 : toSize(read(machine, index));
        if (items.length === 0) throw new PythonError('IndexError: pop from empty list');
        return items.splice(place, 1)[0];
      });
    case 'reverse':
      return mutator(value, name, [], () => void items.reverse());
    case 'clear':
      return mutator(value, name, [], () => void items.splice(0));
    case 'copy':
      return native(name, [], () => list([...items]));
    case 'remove':
      return mutator(value, name, ['value'], ([wanted = null], machine) => {
        const plain = read(machine, wanted);
        const i = items.findIndex((item) => isEqual(read(machine, item), plain));
        if (i >= 0) items.splice(i, 1);
      });
    case 'sort':
      return mutator(value, name, ['key', 'reverse'], ([key, reverse], machine) => {
        const known = (given: Value | undefined): Plain | undefined =>
          given === undefined ? undefined : read(machine, given);
        const inPlace = sorted(machine, items, known(key), known(reverse));
        items.splice(0, items.length, ...inPlace);
      });
    default:
      return tupleMethod(value, name);
  }
}

export function tupleMethod(
  { items, ...rest }: List | Tuple,
  name: string,
): NativeFunction | undefined {
  switch (name) {
    case 'index':
      return native(name, ['value'], ([wanted = null]) => {
        const i = items.findIndex((item) => isEqual(item, wanted));
        if (i < 0) throw new PythonError('ValueError: not in the list');
        return BigInt(i);
      });
    case 'count':
      return native(name, ['value'], ([wanted = null]) =>
        BigInt(items.filter((item) => isEqual(item, wanted)).length),
      );
    case '_replace':
    case '_asdict': {
      const names = 'names' in rest ? rest.names : undefined;
      if (!names) return undefined;
      const asDict = new Map(names.map((field, i) => [field, items[i] ?? null]));
      return {
        kind: 'native',
        name,
        call({ keywords }) {
          for (const [field, value] of keywords) asDict.set(field, value);
          if (name === '_replace') return { kind: 'tuple', names, items: [...asDict.values()] };
          const entries = [...asDict].map(
            ([field, value]) => [keyOf(field), [field, value]] as const,
          );
          return { kind: 'dict', entries: new Map(entries) };
        },
      };
    }
    default:
      return undefined;
  }
}

/** The order of Python's `sorted`. */
export function sorted(
  machine: Machine,
  items: readonly Value[],
  key: Plain | undefined,
  reverse: Plain | undefined,
): Value[] {
  const keyed = items.map((item) => ({
    item,
    key: read(machine, key === undefined || key === null ? item : machine.call(key, [item])),
  }));
  const descending = reverse !== undefined && isTrue(reverse);
  keyed.sort((a, b) => (descending ? inOrder(b.key, a.key) : inOrder(a.key, b.key)));
  return keyed.map(({ item }) => item);
}
