import { read } from '../machine/certainty.ts';
import { type Machine } from '../machine/machine.ts';
import { isTrue, toSize } from './conversion.ts';
import { valuesIn } from './iteration.ts';
import { keyOf } from './keys.ts';
import { lazyNative, native } from './native.ts';
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
      return changing(name, ['object'], ([object]) => void sized(items).push(object ?? null));
    case 'extend':
      return native(name, ['iterable'], ([iterable = null], machine) => {
        items.push(...valuesIn(machine, iterable));
        sized(items);
        return null;
      });
    case 'insert':
      return changing(name, ['index', 'object'], ([index, object], machine) => {
        items.splice(toSize(read(machine, index ?? null)), 0, object ?? null);
      });
    case 'pop':
      return native(name, ['index'], ([index]) => {
        if (items.length === 0) throw new PythonError('IndexError: pop from empty list');
        return items.splice(index === undefined ? -1 : toSize(index), 1)[0] ?? null;
      });
    case 'reverse':
      return changing(name, [], () => void items.reverse());
    case 'clear':
      return changing(name, [], () => void items.splice(0));
    case 'copy':
      return native(name, [], () => list([...items]));
    case 'remove':
      return native(name, ['value'], ([wanted = null]) => {
        const i = items.findIndex((item) => isEqual(item, wanted));
        if (i >= 0) items.splice(i, 1);
        return null;
      });
    case 'sort':
      return native(name, ['key', 'reverse'], ([key, reverse], machine) => {
        const inPlace = sorted(machine, items, key, reverse);
        items.splice(0, items.length, ...inPlace);
        return null;
      });
    default:
      return tupleMethod(value, name);
  }
}

/** A method that takes values as they are and changes what it belongs to. */
function changing(
  name: string,
  parameters: readonly string[],
  change: (given: readonly (Value | undefined)[], machine: Machine) => void,
): NativeFunction {
  return lazyNative(name, parameters, (given, machine) => {
    change(given, machine);
    return null;
  });
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
