import { read } from '../machine/certainty.ts';
import { changing, ownerText } from '../machine/changes.ts';
import { type Machine } from '../machine/machine.ts';
import { valuesIn } from './iteration.ts';
import { keyOf, spelled } from './keys.ts';
import { mutator } from './mutator.ts';
import { lazyNative, native } from './native.ts';
import { PythonError } from './pythonError.ts';
import {
  type Dict,
  type NativeFunction,
  type Plain,
  type SetOfValues,
  type Value,
  firstGiven,
  isObject,
  list,
  tuple,
} from './value.ts';

export function dictMethod(dict: Dict, name: string): NativeFunction | undefined {
  const { entries } = dict;
  switch (name) {
    case 'get':
      return lazyNative(name, ['key', 'default'], ([key = null, otherwise = null], machine) => {
        const entry = entries.get(keyOf(read(machine, key)));
        return entry ? entry[1] : otherwise;
      });
    case 'setdefault':
      return mutator(dict, name, ['key', 'default'], ([key = null, value = null], machine) => {
        const plain = read(machine, key);
        const known = entries.get(keyOf(plain));
        if (known) return known[1];
        entries.set(keyOf(plain), [plain, value]);
        return value;
      });
    case 'pop':
      return lazyNative(name, ['key', 'default'], ([key = null, otherwise], machine) => {
        const text = keyOf(read(machine, key));
        const found = firstGiven(entries.get(text)?.[1], otherwise);
        entries.delete(text);
        if (found === undefined) throw new PythonError(`KeyError: ${spelled(key)}`);
        return found;
      });
    case 'keys':
      return native(name, [], () => list([...entries.values()].map(([key]) => key)));
    case 'values':
      return native(name, [], () => list([...entries.values()].map(([, value]) => value)));
    case 'items':
      return native(name, [], () => list([...entries.values()].map((entry) => tuple(entry))));
    case 'copy':
      return native(name, [], () => ({ ...dict, entries: new Map(entries) }));
    case 'clear':
      return native(name, [], () => {
        entries.clear();
        return null;
      });
    case 'update':
      return {
        kind: 'native',
        name,
        call({ positional: [other], keywords, rest, site }, machine) {
          const update = (): Value => {
            const pairs = other === undefined ? [] : pairsOf(machine, read(machine, other));
            for (const [key, value] of [...pairs, ...keywords])
              entries.set(keyOf(key), [key, value]);
            if (rest) read(machine, rest);
            return null;
          };
          return changing(dict, update, () => ownerText(machine, site, name));
        },
      };
    default:
      return undefined;
  }
}

/** Keys and values of a dict, or of a list of pairs. */
export function pairsOf(machine: Machine, value: Plain): readonly (readonly [Plain, Value])[] {
  if (isObject(value) && value.kind === 'dict') {
    return [...value.entries.values()].map(([key, entry]) => [read(machine, key), entry]);
  }
  return valuesIn(machine, value).map((pair) => {
    const [key, entry] = valuesIn(machine, read(machine, pair));
    if (key === undefined || entry === undefined) throw new PythonError('ValueError: no pair');
    return [read(machine, key), entry];
  });
}

export function setMethod(value: SetOfValues, name: string): NativeFunction | undefined {
  const { items } = value;
  switch (name) {
    case 'add':
      return mutator(value, name, ['element'], ([element = null], machine) => {
        const plain = read(machine, element);
        items.set(keyOf(plain), plain);
      });
    case 'union':
      return native(name, ['other'], ([other = null], machine) => {
        const more = valuesIn(machine, other).map((one) => [keyOf(one), one] as const);
        return { kind: 'set', items: new Map([...items, ...more]) };
      });
    default:
      return undefined;
  }
}
