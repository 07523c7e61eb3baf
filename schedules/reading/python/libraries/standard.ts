import { copyOf } from '../values/arrayLayout.ts';
import { lazyNative, native } from '../values/native.ts';
import { binary } from '../values/operators.ts';
import { type ModuleObject, type Value, isObject, list } from '../values/value.ts';
import { collections } from './collections.ts';
import { dataclasses, enumModule, structModule, typing } from './dataclasses.ts';
import { functools } from './functools.ts';
import { itertools } from './itertools.ts';
import { jsonModule } from './json.ts';
import { library } from './library.ts';

const copied = native('copy', ['object'], ([object = null]): Value => {
  if (!isObject(object)) return object;
  switch (object.kind) {
    case 'list':
      return list([...object.items]);
    case 'dict':
      return { ...object, entries: new Map(object.entries) };
    case 'instance':
      return { ...object, attributes: new Map(object.attributes) };
    case 'array':
      return copyOf(object);
    default:
      return object;
  }
});

const operators = Object.entries({
  add: '+',
  sub: '-',
  mul: '*',
  truediv: '/',
  floordiv: '//',
  mod: '%',
  pow: '**',
});

const operatorModule = library(
  'operator',
  Object.fromEntries(
    operators.map(([name, operator]) => [
      name,
      native(name, ['a', 'b'], ([a = null, b = null]) => binary(operator, a, b)),
    ]),
  ),
);

/** `jax.jit(f)` and its like give the function as it is. */
export const jaxFunctions = Object.fromEntries(
  [
    'jit',
    'pmap',
    'vmap',
    'checkpoint',
    'remat',
    'named_call',
    'block_until_ready',
    'device_get',
    'device_put',
    'disable_jit',
    'ensure_compile_time_eval',
  ].map((name) => [
    name,
    lazyNative(name, ['fun', '*rest'], ([f]): Value => {
      if (f !== undefined) return f;
      return lazyNative(name, ['fun'], ([later = null]) => later);
    }),
  ]),
);

/** A copy with copies of all that is in it; what is in it twice is one again. */
function deepCopy(value: Value, known = new Map<Value, Value>()): Value {
  const earlier = known.get(value);
  if (earlier !== undefined || !isObject(value) || known.size > mostCopies) return earlier ?? value;
  switch (value.kind) {
    case 'list': {
      const copy = list([]);
      known.set(value, copy);
      copy.items.push(...value.items.map((item) => deepCopy(item, known)));
      return copy;
    }
    case 'dict': {
      const copy: Value = { ...value, entries: new Map() };
      known.set(value, copy);
      for (const [text, [key, entry]] of value.entries)
        copy.entries.set(text, [key, deepCopy(entry, known)]);
      return copy;
    }
    case 'instance': {
      const copy: Value = { ...value, attributes: new Map() };
      known.set(value, copy);
      for (const [name, entry] of value.attributes)
        copy.attributes.set(name, deepCopy(entry, known));
      return copy;
    }
    case 'array': {
      const copy = copyOf(value);
      known.set(value, copy);
      return copy;
    }
    default:
      return value;
  }
}

/** A configuration has fewer parts. */
const mostCopies = 300;

const copyModule = library('copy', {
  copy: copied,
  deepcopy: native('deepcopy', ['object'], ([object = null]) => deepCopy(object)),
});

/** Libraries of Python itself, and the parts of others that only pass values on. */
export const standardLibraries: Readonly<Record<string, ModuleObject>> = {
  functools,
  dataclasses,
  typing,
  collections,
  itertools,
  copy: copyModule,
  json: jsonModule,
  operator: operatorModule,
  enum: enumModule,
  'flax.struct': structModule,
};
