import { read, unknownFrom } from '../machine/certainty.ts';
import { toText } from '../values/conversion.ts';
import { pairsOf } from '../values/dictMethods.ts';
import { valuesIn } from '../values/iteration.ts';
import { keyOf } from '../values/keys.ts';
import { lazyNative, native } from '../values/native.ts';
import { firstGiven } from '../values/value.ts';
import { library } from './library.ts';

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

export const collections = library('collections', {
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
