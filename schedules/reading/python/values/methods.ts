import { read } from '../machine/certainty.ts';
import type { Machine } from '../machine/machine.ts';
import { configDictMethod } from '../libraries/configDict.ts';
import { isTrue, toSize, toText } from './conversion.ts';
import { formatted } from './formatting.ts';
import { valuesIn } from './iteration.ts';
import { keyOf, spelled } from './keys.ts';
import { native } from './native.ts';
import { inOrder, isEqual, sized } from './operators.ts';
import { PythonError } from './pythonError.ts';
import {
  firstGiven,
  isObject,
  list,
  tuple,
  type Dict,
  type List,
  type NativeFunction,
  type Plain,
  type SetOfValues,
  type Tuple,
  type Value,
} from './value.ts';

/** A method of one of Python's own types, bound to a value; undefined where it has no such one. */
export function methodOf(value: Plain, name: string): Value | undefined {
  if (typeof value === 'string') return textMethod(value, name);
  if (typeof value === 'bigint' || typeof value === 'number') return numberMember(value, name);
  if (!isObject(value)) return undefined;
  switch (value.kind) {
    case 'list':
      return listMethod(value, name);
    case 'tuple':
      return tupleMethod(value, name);
    case 'dict':
      return dictMethod(value, name) ?? configDictMethod(value, name);
    case 'set':
      return setMethod(value, name);
    case 'instance':
      return name === '_replace' || name === 'replace' ? replaceMethod(value) : undefined;
    default:
      return undefined;
  }
}

function numberMember(value: bigint | number, name: string): Value | undefined {
  switch (name) {
    case 'real':
      return value;
    case 'imag':
      return 0n;
    case 'is_integer':
      return native('is_integer', [], () => Number.isInteger(Number(value)));
    case 'item':
      return native('item', [], () => value);
    case 'bit_length':
      return native('bit_length', [], () => BigInt(value).toString(2).replace('-', '').length);
    default:
      return undefined;
  }
}

function textMethod(value: string, name: string): NativeFunction | undefined {
  const method = (
    parameters: readonly string[],
    compute: (given: readonly (Plain | undefined)[], machine: Machine) => Value,
  ): NativeFunction => native(name, parameters, compute);
  switch (name) {
    case 'lower':
    case 'casefold':
      return method([], () => value.toLowerCase());
    case 'upper':
      return method([], () => value.toUpperCase());
    case 'title':
    case 'capitalize':
      return method([], () => value.charAt(0).toUpperCase() + value.slice(1).toLowerCase());
    case 'strip':
      return method(['chars'], ([chars]) => stripped(value, chars, true, true));
    case 'lstrip':
      return method(['chars'], ([chars]) => stripped(value, chars, true, false));
    case 'rstrip':
      return method(['chars'], ([chars]) => stripped(value, chars, false, true));
    case 'startswith':
      return method(['prefix'], ([prefix = null]) => anyText(prefix, (p) => value.startsWith(p)));
    case 'endswith':
      return method(['suffix'], ([suffix = null]) => anyText(suffix, (s) => value.endsWith(s)));
    case 'replace':
      return method(['old', 'new'], ([before, after]) =>
        sized(value.replaceAll(toText(before), () => toText(after))),
      );
    case 'removeprefix':
      return method(['p'], ([p]) =>
        value.startsWith(toText(p)) ? value.slice(toText(p).length) : value,
      );
    case 'removesuffix':
      return method(['p'], ([p]) => {
        const suffix = toText(p);
        return suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;
      });
    case 'split':
      return method(['sep', 'maxsplit'], ([separator]) => {
        const parts =
          separator === undefined || separator === null
            ? value.trim().split(/\s+/).filter(Boolean)
            : value.split(toText(separator));
        return list(sized(parts));
      });
    case 'join':
      return method(['iterable'], ([iterable = null], machine) =>
        sized(
          valuesIn(machine, iterable)
            .map((part) => toText(read(machine, part)))
            .join(value),
        ),
      );
    case 'format':
      return native(name, ['*values'], ([values = null], machine) => {
        const given = valuesIn(machine, values);
        let next = 0;
        return sized(
          value.replace(/\{(\d*)(?::([^}]*))?\}/g, (whole, index: string, spec = '') => {
            const part = given[index === '' ? next++ : Number(index)];
            return part === undefined ? whole : formatted(read(machine, part), String(spec));
          }),
        );
      });
    case 'isdigit':
    case 'isnumeric':
      return method([], () => /^\d+$/.test(value));
    case 'isidentifier':
      return method([], () => /^[A-Za-z_]\w*$/.test(value));
    case 'count':
      return method(['sub'], ([sub]) => BigInt(value.split(toText(sub)).length - 1));
    case 'find':
      return method(['sub'], ([sub]) => BigInt(value.indexOf(toText(sub))));
    default:
      return undefined;
  }
}

function stripped(value: string, chars: Plain | undefined, left: boolean, right: boolean): string {
  const strip = chars === undefined || chars === null ? ' \t\n\r\f\v' : toText(chars);
  let from = 0;
  let to = value.length;
  while (left && from < to && strip.includes(value.charAt(from))) from++;
  while (right && to > from && strip.includes(value.charAt(to - 1))) to--;
  return value.slice(from, to);
}

function anyText(value: Plain, holds: (text: string) => boolean): boolean {
  if (isObject(value) && value.kind === 'tuple') {
    return value.items.some((item) => typeof item === 'string' && holds(item));
  }
  return holds(toText(value));
}

function listMethod(value: List, name: string): NativeFunction | undefined {
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
  return {
    kind: 'native',
    name,
    call({ positional, keywords }, machine) {
      change(
        parameters.map((parameter, i) => firstGiven(positional[i], keywords.get(parameter))),
        machine,
      );
      return null;
    },
  };
}

function tupleMethod({ items, ...rest }: List | Tuple, name: string): NativeFunction | undefined {
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

function dictMethod(dict: Dict, name: string): NativeFunction | undefined {
  const { entries } = dict;
  switch (name) {
    case 'get':
      return changingValue(name, ['key', 'default'], ([key = null, otherwise = null], machine) => {
        const entry = entries.get(keyOf(read(machine, key)));
        return entry ? entry[1] : otherwise;
      });
    case 'setdefault':
      return changingValue(name, ['key', 'default'], ([key = null, value = null], machine) => {
        const plain = read(machine, key);
        const known = entries.get(keyOf(plain));
        if (known) return known[1];
        entries.set(keyOf(plain), [plain, value]);
        return value;
      });
    case 'pop':
      return changingValue(name, ['key', 'default'], ([key = null, otherwise], machine) => {
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
        call({ positional: [other], keywords }, machine) {
          for (const [key, value] of other === undefined
            ? []
            : pairsOf(machine, read(machine, other)))
            entries.set(keyOf(key), [key, value]);
          for (const [key, value] of keywords) entries.set(keyOf(key), [key, value]);
          return null;
        },
      };
    default:
      return undefined;
  }
}

function changingValue(
  name: string,
  parameters: readonly string[],
  compute: (given: readonly (Value | undefined)[], machine: Machine) => Value,
): NativeFunction {
  return {
    kind: 'native',
    name,
    call: ({ positional, keywords }, machine) =>
      compute(
        parameters.map((parameter, i) => firstGiven(positional[i], keywords.get(parameter))),
        machine,
      ),
  };
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

function setMethod({ items }: SetOfValues, name: string): NativeFunction | undefined {
  switch (name) {
    case 'add':
      return native(name, ['element'], ([element = null]) => {
        items.set(keyOf(element), element);
        return null;
      });
    case 'union':
      return native(name, ['other'], ([other = null], machine) => {
        const more = valuesIn(machine, other).map((value) => [keyOf(value), value] as const);
        return { kind: 'set', items: new Map([...items, ...more]) };
      });
    default:
      return undefined;
  }
}

/** `_replace(name=value)` of a named tuple, `replace` of a Flax struct. */
function replaceMethod(instance: Extract<Value, { kind: 'instance' }>): NativeFunction {
  return {
    kind: 'native',
    name: 'replace',
    call({ keywords }) {
      const attributes = new Map([...instance.attributes, ...keywords]);
      return { kind: 'instance', class: instance.class, attributes };
    },
  };
}
