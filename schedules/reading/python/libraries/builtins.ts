import { read } from '../machine/certainty.ts';
import { unknownName } from '../machine/machine.ts';
import { unknownAmong } from '../machine/operations.ts';
import { toText } from '../values/conversion.ts';
import { pairsOf } from '../values/dictMethods.ts';
import { formatted, textOfValue } from '../values/formatting.ts';
import { lengthOf, valuesIn } from '../values/iteration.ts';
import { keyOf, spelled } from '../values/keys.ts';
import { lazyNative, native } from '../values/native.ts';
import { type NativeFunction, type Value, isObject, isUncertain } from '../values/value.ts';
import { overLists } from './builtinLists.ts';
import { numbers } from './builtinNumbers.ts';
import { reflection } from './reflection.ts';

const dict: NativeFunction = {
  kind: 'native',
  name: 'dict',
  call({ positional: [given], keywords, rest }, machine) {
    const unknown = rest ?? (given === undefined ? undefined : unknownAmong([given])[0]);
    if (unknown && keywords.size === 0) return unknown;
    const pairs = given === undefined || unknown ? [] : pairsOf(machine, read(machine, given));
    const entries = [...pairs, ...keywords].map(
      ([key, value]) => [keyOf(key), [key, value]] as const,
    );
    return { kind: 'dict', entries: new Map(entries) };
  },
  members: new Map<string, Value>([
    [
      'fromkeys',
      native('fromkeys', ['keys', 'value'], ([keys = null, value = null], machine) => ({
        kind: 'dict',
        entries: new Map(valuesIn(machine, keys).map((key) => [keyOf(key), [key, value]])),
      })),
    ],
  ]),
};

const texts: Readonly<Record<string, NativeFunction>> = {
  str: native('str', ['object'], ([value = '']) => textOfValue(value)),
  repr: native('repr', ['object'], ([value = null]) => spelled(value)),
  format: native('format', ['value', 'spec'], ([value = null, spec]) =>
    formatted(value, spec === undefined ? '' : toText(spec)),
  ),
  print: lazyNative('print', ['*values'], () => null),
  len: lazyNative('len', ['object'], ([object = null], machine) => {
    if (isUncertain(object) && object.kind === 'unknown')
      return unknownName(machine, `len(${object.key})`);
    const plain = read(machine, object);
    if (isObject(plain) && plain.kind === 'instance') {
      return machine.call(machine.attribute(plain, '__len__'), []);
    }
    return BigInt(lengthOf(plain));
  }),
};

const exceptions: readonly string[] = [
  ...[
    'Exception',
    'ValueError',
    'TypeError',
    'KeyError',
    'IndexError',
    'AttributeError',
    'RuntimeError',
  ],
  ...['NotImplementedError', 'AssertionError', 'ImportError', 'FileNotFoundError', 'StopIteration'],
];

/** Python's own functions. */
export const builtins: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.entries({ ...numbers, ...overLists, ...reflection, ...texts, dict }),
  ...exceptions.map((name) => [name, lazyNative(name, ['*args'], () => null)] as const),
  ['__name__', '__main__'],
  ['__file__', 'main.py'],
]);
