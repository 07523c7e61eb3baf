import { arrayAttribute } from '../values/arrayOperations.ts';
import { AttributeEntries } from '../values/attributeEntries.ts';
import { isNumeric } from '../values/conversion.ts';
import { keyOf, spelled } from '../values/keys.ts';
import { methodOf } from '../values/methods.ts';
import {
  isObject,
  isUncertain,
  tuple,
  type BoundMethod,
  type ClassObject,
  type Plain,
  type Value,
} from '../values/value.ts';
import { attempt, read, unknownFrom } from './certainty.ts';
import { unknownName, type Machine } from './machine.ts';

/** `value.name`: a name of its own where nothing is known of it, such as `config.lr`. */
export function attributeOf(machine: Machine, value: Value, name: string): Value {
  const key = (): string => `${spelled(value)}.${name}`;
  if (isUncertain(value) && value.kind === 'unknown') {
    return value.isName ? unknownName(machine, key()) : unknownFrom(key, [value]);
  }
  return attempt(machine, key, () => {
    const plain = read(machine, value);
    const member = memberOf(machine, plain, name);
    if (member !== undefined) return member;
    // A number has no more members than these: `0.0.lr` is nothing that could be set.
    return isNumeric(plain) ? unknownFrom(key, []) : unknownName(machine, memberName(plain, name));
  });
}

function memberName(value: Plain, name: string): string {
  // What an instance is called is not known here; people call what holds settings so.
  const owner = isObject(value) && value.kind === 'instance' ? 'self' : spelled(value);
  return `${owner}.${name}`;
}

/** The member of a value, or undefined where it has none that is known. */
function memberOf(machine: Machine, value: Plain, name: string): Value | undefined {
  if (!isObject(value)) return methodOf(value, name);
  switch (value.kind) {
    case 'module':
      return value.member(name);
    case 'instance': {
      const own = value.attributes.get(name);
      if (own !== undefined) return own;
      if (name === '__class__') return value.class;
      if (name === '__dict__') return { kind: 'dict', entries: new AttributeEntries(value) };
      const found = value.class && inClass(value.class, name);
      if (found === undefined) return value.class && methodOf(value, name);
      return boundTo(machine, value, found);
    }
    case 'class': {
      if (name === '__name__') return value.name;
      const found = inClass(value, name);
      if (found === undefined) return undefined;
      if (isObject(found) && found.kind === 'native' && found.members?.has('classmethod'))
        return { kind: 'method', self: value, function: found };
      return found;
    }
    case 'super':
      for (const base of value.class.bases) {
        if (!isObject(base) || base.kind !== 'class') continue;
        const found = inClass(base, name);
        if (found !== undefined) return boundTo(machine, value.self, found);
      }
      return undefined;
    case 'dict': {
      if (value.attributes) {
        const entry = value.entries.get(keyOf(name));
        if (entry) return entry[1];
      }
      return methodOf(value, name);
    }
    case 'tuple': {
      const i = value.names?.indexOf(name) ?? -1;
      if (i >= 0) return value.items[i];
      if (name === '_fields' && value.names) return tuple(value.names);
      return methodOf(value, name);
    }
    case 'array':
      return arrayAttribute(value, name, machine);
    case 'function':
      if (name === '__name__') return value.name;
      return undefined;
    case 'native':
      if (name === '__name__') return value.name;
      return value.members?.get(name);
    case 'range':
      if (name === 'start' || name === 'stop' || name === 'step') return value[name];
      return undefined;
    default:
      return methodOf(value, name);
  }
}

/** Deeper inheritance than anyone has; a class can be made its own base. */
export const deepestInheritance = 20;

/** What a class or the first of its bases that has it gives for a name. */
export function inClass(of: ClassObject, name: string, depth = 0): Value | undefined {
  const own = of.attributes.get(name);
  if (own !== undefined || depth > deepestInheritance) return own;
  for (const base of of.bases) {
    const found =
      isObject(base) && base.kind === 'class' ? inClass(base, name, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What an attribute of a class is for an instance: functions become methods. */
function boundTo(machine: Machine, self: Value, found: Value): Value {
  if (!isObject(found)) return found;
  switch (found.kind) {
    case 'function':
      return { kind: 'method', self, function: found } satisfies BoundMethod;
    case 'native':
      if (!found.members?.has('classmethod')) return found;
      return { kind: 'method', self, function: found };
    case 'property':
      return machine.call(found.getter, [self]);
    default:
      return found;
  }
}
