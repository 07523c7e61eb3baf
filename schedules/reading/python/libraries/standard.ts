import { callValue } from '../machine/calls.ts';
import { read, unknownFrom } from '../machine/certainty.ts';
import { toSize, toText } from '../values/conversion.ts';
import { valuesIn } from '../values/iteration.ts';
import { keyOf, spelled } from '../values/keys.ts';
import { pairsOf } from '../values/methods.ts';
import { lazyNative, native } from '../values/native.ts';
import { binary, sized } from '../values/operators.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  firstGiven,
  isObject,
  list,
  tuple,
  type CallArguments,
  type ModuleObject,
  type NativeFunction,
  type Value,
} from '../values/value.ts';
import { library, transparentDecorator } from './library.ts';

/** A function with some arguments already given. */
const partial: NativeFunction = lazyNative('partial', ['func', '*args'], (_, __, args) => {
  const [f = null, ...first] = args.positional;
  const inner = isObject(f) && f.kind === 'function' ? f : undefined;
  return {
    kind: 'native',
    name: `partial(${spelled(f)})`,
    call: (later, machine) => callValue(machine, f, merged(first, args, later)),
    ...(inner && {
      partial: { function: inner, positional: first.length, keywords: [...args.keywords.keys()] },
    }),
  };
});

function merged(
  first: readonly Value[],
  earlier: CallArguments,
  later: CallArguments,
): CallArguments {
  return {
    ...later,
    positional: [...first, ...later.positional],
    keywords: new Map([...earlier.keywords, ...later.keywords]),
    ...(later.site && { site: { ...later.site, given: later.site.given + first.length } }),
  };
}

const functools = library('functools', {
  partial,
  reduce: native(
    'reduce',
    ['function', 'iterable', 'initial'],
    ([f = null, values = null, initial], machine) => {
      const [first, ...others] = valuesIn(machine, values);
      const start = initial ?? first;
      if (start === undefined) throw new PythonError('TypeError: reduce() of nothing');
      const rest = initial === undefined || first === undefined ? others : [first, ...others];
      return rest.reduce((sum, value) => machine.call(f, [sum, value]), start);
    },
  ),
  wraps: transparentDecorator('wraps'),
  lru_cache: transparentDecorator('lru_cache'),
  cache: transparentDecorator('cache'),
  cached_property: lazyNative('cached_property', ['getter'], ([getter = null]) => ({
    kind: 'property',
    getter,
  })),
});

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

const dataclasses = library('dataclasses', {
  dataclass: transparentDecorator('dataclass'),
  field,
  replace,
  asdict: asDict,
});

const marker = (name: string): NativeFunction =>
  lazyNative(name, ['*given'], ([given = null]) => given);

const typing = library('typing', {
  NamedTuple: marker('NamedTuple'),
  cast: lazyNative('cast', ['type', 'value'], ([, value = null]) => value),
  Callable: marker('Callable'),
  Optional: marker('Optional'),
  Union: marker('Union'),
  Literal: marker('Literal'),
});

const namedtuple = native(
  'namedtuple',
  ['typename', 'field_names', 'defaults'],
  ([, names = null, defaults], machine) => {
    const fields =
      typeof names === 'string'
        ? names.split(/[\s,]+/).filter(Boolean)
        : valuesIn(machine, names).map((name) => toText(read(machine, name)));
    const last = defaults === undefined ? [] : valuesIn(machine, defaults);
    return {
      kind: 'native',
      name: 'namedtuple',
      call: ({ positional, keywords }) => ({
        kind: 'tuple',
        names: fields,
        items: fields.map((name, i) => {
          const standard = last[i - (fields.length - last.length)];
          const value = firstGiven(positional[i], keywords.get(name), standard);
          return value === undefined ? unknownFrom(name, []) : value;
        }),
      }),
    };
  },
);

const collections = library('collections', {
  namedtuple,
  OrderedDict: lazyNative('OrderedDict', ['items'], ([given], machine) => ({
    kind: 'dict',
    entries: new Map(
      (given === undefined ? [] : pairsOf(machine, read(machine, given))).map((pair) => [
        keyOf(pair[0]),
        pair,
      ]),
    ),
  })),
  defaultdict: lazyNative('defaultdict', ['factory', 'items'], ([factory, items], machine) => ({
    kind: 'dict',
    entries: new Map(
      (items === undefined ? [] : pairsOf(machine, read(machine, items))).map((pair) => [
        keyOf(pair[0]),
        pair,
      ]),
    ),
    ...(factory !== undefined && { factory }),
  })),
});

const itertools = library('itertools', {
  accumulate: native(
    'accumulate',
    ['iterable', 'func', 'initial'],
    ([values = null, f, initial], machine) => {
      const [first, ...others] = valuesIn(machine, values);
      const start = initial ?? first;
      if (start === undefined) return list([]);
      const rest = initial === undefined || first === undefined ? others : [first, ...others];
      const sums = [start];
      for (const value of rest) {
        const before = sums.at(-1) ?? null;
        const isSum = f === undefined || f === null;
        sums.push(
          isSum
            ? binary('+', read(machine, before), read(machine, value))
            : machine.call(f, [before, value]),
        );
      }
      return list(sums);
    },
  ),
  chain: native('chain', ['*iterables'], ([iterables = null], machine) =>
    list(
      sized(valuesIn(machine, iterables).flatMap((one) => valuesIn(machine, read(machine, one)))),
    ),
  ),
  product: native('product', ['*iterables'], ([iterables = null], machine) => {
    const all = valuesIn(machine, iterables).map((one) => valuesIn(machine, read(machine, one)));
    const rows = all.reduce<Value[][]>(
      (found, one) => sized(found.flatMap((row) => one.map((value) => [...row, value]))),
      [[]],
    );
    return list(rows.map((row) => tuple(row)));
  }),
  repeat: native('repeat', ['object', 'times'], ([object = null, times = 1n]) =>
    list(Array.from({ length: Math.min(toSize(times), 10_000) }, () => object)),
  ),
  pairwise: native('pairwise', ['iterable'], ([values = null], machine) => {
    const all = valuesIn(machine, values);
    return list(all.slice(1).map((value, i) => tuple([all[i] ?? null, value])));
  }),
});

const copied = native('copy', ['object'], ([object = null]): Value => {
  if (!isObject(object)) return object;
  switch (object.kind) {
    case 'list':
      return list([...object.items]);
    case 'dict':
      return { ...object, entries: new Map(object.entries) };
    case 'instance':
      return { ...object, attributes: new Map(object.attributes) };
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

const enumModule = library('enum', {
  Enum: marker('Enum'),
  StrEnum: { ...marker('Enum') },
  IntEnum: { ...marker('Enum') },
  auto: lazyNative('auto', [], () => unknownFrom('auto()', [])),
});

/** `jax.jit(f)` and its like give the function as it is. */
const jaxFunctions = Object.fromEntries(
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

const copyModule = library('copy', { copy: copied, deepcopy: copied });

const structModule = library('flax.struct', {
  dataclass: transparentDecorator('dataclass'),
  field: lazyNative('field', ['pytree_node'], (_, machine, args) =>
    field.call({ ...args, positional: [] }, machine),
  ),
});

/** A JSON value as Python has it: whole numbers are ints. */
function fromJson(value: unknown, depth = 0): Value {
  if (depth > 50) throw new PythonError('RecursionError: nested too deeply');
  if (Array.isArray(value)) return list(value.map((element) => fromJson(element, depth + 1)));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, entry]) => [keyOf(key), [key, fromJson(entry, depth + 1)]] as const,
    );
    return { kind: 'dict', entries: new Map(entries) };
  }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

const jsonModule = library('json', {
  loads: native('loads', ['s'], ([text]) => {
    try {
      return fromJson(JSON.parse(toText(text)));
    } catch (error) {
      if (error instanceof SyntaxError) throw new PythonError('JSONDecodeError: no JSON');
      throw error;
    }
  }),
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

export { jaxFunctions };
