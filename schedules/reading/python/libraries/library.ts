import { isUncertain, type Instance, type ModuleObject, type Value } from '../values/value.ts';
import { lazyNative } from '../values/native.ts';

/** A library by its full name, with its members; what it lacks is not known. */
export function library(name: string, members: Readonly<Record<string, Value>>): ModuleObject {
  const byName = new Map(Object.entries(members));
  return {
    kind: 'module',
    name,
    member: (wanted) => byName.get(wanted),
    names: () => [...byName.keys()],
  };
}

/** An object of a library: its fields, and its methods as functions that are called without self. */
export function instanceWith(attributes: Readonly<Record<string, Value>>): Instance {
  return {
    kind: 'instance',
    class: undefined,
    attributes: new Map(Object.entries(attributes)),
  };
}

/** A class of objects that have what they are given, such as `SimpleNamespace(lr=1e-3)`. */
export function namespaceClass(name: string): Value {
  return lazyNative(
    name,
    [],
    (_, __, { keywords, rest }) => rest ?? instanceWith(Object.fromEntries(keywords)),
  );
}

/** A decorator that leaves functions as they are, written with or without arguments. */
export function transparentDecorator(name: string): Value {
  return lazyNative(name, ['*given'], (_, __, { positional: [decorated] }) =>
    decorated !== undefined && isFunction(decorated)
      ? decorated
      : lazyNative(name, ['function'], ([later = null]) => later),
  );
}

function isFunction(value: Value): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isUncertain(value) &&
    (value.kind === 'function' || value.kind === 'native')
  );
}
