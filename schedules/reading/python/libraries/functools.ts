import { callValue } from '../machine/calls.ts';
import { valuesIn } from '../values/iteration.ts';
import { spelled } from '../values/keys.ts';
import { lazyNative, native } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import { type CallArguments, type NativeFunction, type Value, isObject } from '../values/value.ts';
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

export const functools = library('functools', {
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
  // It is given the function that is wrapped, and gives the one that wraps.
  wraps: lazyNative('wraps', ['*wrapped'], () =>
    lazyNative('wraps', ['function'], ([wrapper = null]) => wrapper),
  ),
  lru_cache: transparentDecorator('lru_cache'),
  cache: transparentDecorator('cache'),
  cached_property: lazyNative('cached_property', ['getter'], ([getter = null]) => ({
    kind: 'property',
    getter,
  })),
});
