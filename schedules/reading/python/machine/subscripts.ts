import { arrayItem } from '../values/arrayOperations.ts';
import { toSize } from '../values/conversion.ts';
import { keyOf, spelled, typeName } from '../values/keys.ts';
import { rangeLength } from '../values/iteration.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  isObject,
  isUncertain,
  type Plain,
  type Slice,
  type Unknown,
  type Value,
} from '../values/value.ts';
import { attempt, read, unknownFrom } from './certainty.ts';
import { fork } from './forks.ts';
import { unknownName, type Machine } from './machine.ts';

/** `object[index]` */
export function item(machine: Machine, object: Value, index: Value): Value {
  const key = (): string => `${spelled(object)}[${keyText(index)}]`;
  const unknown = [object, index].filter(
    (value): value is Unknown => isUncertain(value) && value.kind === 'unknown',
  );
  // `config["lr"]` of what is not known is a name of its own.
  if (isUncertain(object) && object.kind === 'unknown' && object.isName) {
    if (typeof index === 'string' || typeof index === 'bigint') return unknownName(machine, key());
  }
  if (unknown.length > 0) return unknownFrom(key, unknown);
  return attempt(machine, key, () => itemOf(machine, read(machine, object), read(machine, index)));
}

function keyText(index: Value): string {
  return typeof index === 'string' ? JSON.stringify(index) : spelled(index);
}

function itemOf(machine: Machine, object: Plain, index: Plain): Value {
  if (typeof object === 'string') {
    if (isSlice(index))
      return indices(machine, index, object.length)
        .map((i) => object[i])
        .join('');
    return at(Array.from(object), index);
  }
  if (!isObject(object)) throw notSubscriptable(object);
  switch (object.kind) {
    case 'list':
    case 'tuple':
      if (!isSlice(index)) return at(object.items, index);
      return {
        kind: object.kind,
        items: indices(machine, index, object.items.length).map((i) => object.items[i] ?? null),
      };
    case 'dict': {
      const entry = object.entries.get(keyOf(index));
      if (entry) return entry[1];
      if (object.factory !== undefined) {
        const made = machine.call(object.factory, []);
        object.entries.set(keyOf(index), [index, made]);
        return made;
      }
      throw new PythonError(`KeyError: ${spelled(index)}`);
    }
    case 'range': {
      if (isSlice(index)) break;
      const i = position(toSize(index), rangeLength(object));
      return object.start + BigInt(i) * object.step;
    }
    case 'array':
      return arrayItem(object, index, machine);
    case 'instance': {
      if (object.class?.form === 'namedtuple') return at([...object.attributes.values()], index);
      const method = machine.attribute(object, '__getitem__');
      return machine.call(method, [index]);
    }
    case 'class':
      if (object.form === 'enum' && typeof index === 'string')
        return object.attributes.get(index) ?? null;
      // `Optional[int]`, `Config[float]`: a type like the one before the brackets.
      return object;
    case 'native':
    case 'dtype':
      return object;
    default:
      break;
  }
  throw notSubscriptable(object);
}

function notSubscriptable(object: Plain): PythonError {
  return new PythonError(`TypeError: '${typeName(object)}' object is not subscriptable`);
}

export function isSlice(index: Plain): index is Slice {
  return isObject(index) && index.kind === 'slice';
}

function at(items: readonly Value[], index: Plain): Value {
  return items[position(toSize(index), items.length)] ?? null;
}

function position(index: number, length: number): number {
  const i = index < 0 ? index + length : index;
  if (!(i >= 0 && i < length)) throw new PythonError('IndexError: index out of range');
  return i;
}

/** The positions that a slice selects of a sequence, as CPython's `slice.indices`. */
export function indices(machine: Machine, slice: Slice, length: number): readonly number[] {
  const { from, by, count } = extent(machine, slice, length);
  return Array.from({ length: count }, (_, i) => from + i * by);
}

/** Where the positions of a slice begin, how far apart they are, and how many there are. */
export function extent(
  machine: Machine,
  { start, stop, step }: Slice,
  length: number,
): { readonly from: number; readonly by: number; readonly count: number } {
  const size = (value: Value): number | undefined => {
    const known = read(machine, value);
    return known === null ? undefined : toSize(known);
  };
  const by = size(step) ?? 1;
  if (by === 0) throw new PythonError('ValueError: slice step cannot be zero');
  const clamped = (value: Value): number | undefined => {
    const i = size(value);
    if (i === undefined) return undefined;
    const place = i < 0 ? i + length : i;
    return by > 0
      ? Math.min(Math.max(place, 0), length)
      : Math.min(Math.max(place, -1), length - 1);
  };
  const from = clamped(start) ?? (by > 0 ? 0 : length - 1);
  const to = clamped(stop) ?? (by > 0 ? length : -1);
  return { from, by, count: Math.max(0, Math.ceil((to - from) / by)) };
}

/**
 * What is stored where a value is replaced while conditions are followed that are not known: the
 * old value stays where they do not hold.
 */
export function replaced(machine: Machine, before: Value | undefined, after: Value): Value {
  if (before === undefined) return after;
  let value = after;
  for (const [condition, holds] of machine.path) {
    value = holds ? fork(condition, value, before) : fork(condition, before, value);
  }
  return value;
}
