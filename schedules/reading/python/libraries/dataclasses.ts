import { read, unknownFrom } from '../machine/certainty.ts';
import { lazyNative, native } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import { type NativeFunction, type Value, isObject } from '../values/value.ts';
import { library, transparentDecorator } from './library.ts';

/** A field of a class with its default. */
const field = lazyNative('field', [], (_, __, { keywords }): Value => {
  const members = new Map([...keywords].filter(([name]) => name.startsWith('default')));
  if (members.size === 0) return unknownFrom('field()', []);
  return { kind: 'native', name: 'field', call: () => null, members };
});

/** `dataclasses.replace(config, lr=0.1)` */
const replace = lazyNative('replace', ['obj'], ([object = null], machine, { keywords }) => {
  const plain = read(machine, object);
  if (!isObject(plain) || plain.kind !== 'instance')
    throw new PythonError('TypeError: no dataclass');
  return { ...plain, attributes: new Map([...plain.attributes, ...keywords]) };
});

const asDict = native('asdict', ['obj'], ([object = null], machine) =>
  machine.attribute(object, '__dict__'),
);

export const dataclasses = library('dataclasses', {
  dataclass: transparentDecorator('dataclass'),
  field,
  replace,
  asdict: asDict,
});

const marker = (name: string): NativeFunction =>
  lazyNative(name, ['*given'], ([given = null]) => given);

export const typing = library('typing', {
  NamedTuple: marker('NamedTuple'),
  cast: lazyNative('cast', ['type', 'value'], ([, value = null]) => value),
  Callable: marker('Callable'),
  Optional: marker('Optional'),
  Union: marker('Union'),
  Literal: marker('Literal'),
});

let autos = 0n;

export const enumModule = library('enum', {
  Enum: marker('Enum'),
  StrEnum: { ...marker('Enum') },
  IntEnum: { ...marker('Enum') },
  // Which number it is does not matter, only that each is another one.
  auto: lazyNative('auto', [], () => ++autos),
});

export const structModule = library('flax.struct', {
  dataclass: transparentDecorator('dataclass'),
  field: lazyNative('field', ['pytree_node'], (_, machine, args) =>
    field.call({ ...args, positional: [] }, machine),
  ),
});
