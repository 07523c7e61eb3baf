import { setAttribute } from '../machine/assignment.ts';
import { callValue } from '../machine/calls.ts';
import { read, unknownFrom } from '../machine/certainty.ts';
import { changing } from '../machine/changes.ts';
import { type Machine } from '../machine/machine.ts';
import { toText } from '../values/conversion.ts';
import { spelled, typeName } from '../values/keys.ts';
import { lazyNative, native } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  type NativeFunction,
  type Plain,
  type Value,
  argumentSpan,
  isObject,
  isUncertain,
} from '../values/value.ts';

/** The members of objects by their names. */
export const reflection: Readonly<Record<string, NativeFunction>> = {
  getattr: lazyNative(
    'getattr',
    ['object', 'name', 'default'],
    ([object = null, name, otherwise], machine) => {
      if (typeof name !== 'string')
        throw new PythonError('TypeError: attribute name must be a text');
      if (isUncertain(object) && object.kind === 'unknown' && otherwise !== undefined)
        return otherwise;
      const value = machine.attribute(object, name);
      const isMissing = isUncertain(value) && value.kind === 'unknown' && otherwise !== undefined;
      return isMissing ? otherwise : value;
    },
  ),
  setattr: lazyNative(
    'setattr',
    ['object', 'name', 'value'],
    ([object = null, name = null, value = null], machine, { site }) => {
      const set = (): Value => {
        setAttribute(machine, object, toText(read(machine, name)), value);
        return null;
      };
      const span = argumentSpan(site, 0);
      return changing(read(machine, object), set, () =>
        site && span ? machine.textAt({ ...span, module: site.module }) : undefined,
      );
    },
  ),
  hasattr: lazyNative('hasattr', ['object', 'name'], ([object = null, name], machine) => {
    if (typeof name !== 'string') return false;
    if (isUncertain(object)) return unknownFrom(`hasattr(${spelled(object)}, '${name}')`, []);
    const value = machine.attribute(object, name);
    return !(isUncertain(value) && value.kind === 'unknown');
  }),
  vars: native('vars', ['object'], ([object = null], machine) =>
    machine.attribute(object, '__dict__'),
  ),
  isinstance: native('isinstance', ['object', 'type'], ([object = null, type = null], machine) =>
    isInstance(machine, object, type),
  ),
  callable: native('callable', ['object'], ([object = null]) => {
    return (
      isObject(object) &&
      ['function', 'native', 'method', 'class', 'schedule'].includes(object.kind)
    );
  }),
  type: native('type', ['object'], ([object = null], machine) => {
    if (isObject(object) && object.kind === 'instance') return object.class ?? null;
    return machine.builtins.get(typeName(object)) ?? unknownFrom(`type(${spelled(object)})`, []);
  }),
  super: lazyNative('super', ['type', 'object'], (_, machine) => {
    const { function: method, scope } = machine.frame;
    const self = scope.variables.get(method?.parameters[0]?.name ?? '');
    if (!method?.owner || self === undefined)
      throw new PythonError('RuntimeError: super(): no arguments');
    return { kind: 'super', class: method.owner, self };
  }),
  property: lazyNative('property', ['getter'], ([getter = null]) => ({ kind: 'property', getter })),
  staticmethod: lazyNative('staticmethod', ['function'], ([f = null]) => ({
    kind: 'native',
    name: 'staticmethod',
    call: (args, machine) => callValue(machine, f, args),
  })),
  classmethod: lazyNative('classmethod', ['function'], ([f = null]) => ({
    kind: 'native',
    name: 'classmethod',
    call: (args, machine) => callValue(machine, f, args),
    members: new Map([['classmethod', true]]),
  })),
};

/** Whether a value is of one of Python's own types or of a class of the text. */
function isInstance(machine: Machine, value: Plain, type: Plain): Value {
  if (isObject(type) && type.kind === 'tuple') {
    return type.items.some((one) => isInstance(machine, value, read(machine, one)) === true);
  }
  if (isObject(type) && type.kind === 'class') {
    return isObject(value) && value.kind === 'instance' && value.class === type;
  }
  if (!isObject(type) || type.kind !== 'native') throw new PythonError('TypeError: no type');
  const own = typeName(value);
  if (type.name === 'int') return own === 'int' || own === 'bool';
  return (
    own === type.name ||
    (type.name === 'Callable' &&
      isObject(value) &&
      ['function', 'native', 'method', 'schedule'].includes(value.kind))
  );
}
