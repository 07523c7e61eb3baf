import { read } from '../machine/certainty.ts';
import { spend, type Machine } from '../machine/machine.ts';
import { keyOf, typeName } from '../values/keys.ts';
import { lazyNative, native } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  isObject,
  isUncertain,
  type CallArguments,
  type Dict,
  type ModuleObject,
  type NativeFunction,
  type Value,
} from '../values/value.ts';
import { defineFlag, type Flags } from './absl.ts';
import { library } from './library.ts';

/** Deeper than any configuration; a dict can be made its own entry. */
const deepest = 50;

/** A dict, and all dicts in it, with or without their entries as attributes. */
function converted(
  machine: Machine,
  dict: Dict,
  attributes: boolean,
  known = new Map<Dict, Dict>(),
  depth = 0,
): Dict {
  const earlier = known.get(dict);
  if (earlier) return earlier;
  spend(machine, dict.entries.size);
  const entries: Dict['entries'] = new Map();
  const result: Dict = { kind: 'dict', entries, ...(attributes && { attributes }) };
  known.set(dict, result);
  for (const [text, [key, value]] of dict.entries) {
    const isInner = isObject(value) && value.kind === 'dict' && depth < deepest;
    entries.set(text, [
      key,
      isInner ? converted(machine, value, attributes, known, depth + 1) : value,
    ]);
  }
  return result;
}

/** What a value becomes where it is stored in a ConfigDict: dicts do too. */
export function asConfigDict(machine: Machine, value: Value): Value {
  return isObject(value) && value.kind === 'dict' && !value.attributes
    ? converted(machine, value, true)
    : value;
}

/** A dict whose entries are its attributes, of a dict, of keyword arguments, or of both. */
function configDictOf(machine: Machine, { positional, keywords, rest }: CallArguments): Value {
  const [given = keywords.get('initial_dictionary') ?? null] = positional;
  // Of what is not known nothing changes, nor do the names of what is in it.
  const unknown = rest ?? (isUncertain(given) && given.kind === 'unknown' ? given : undefined);
  if (unknown) return unknown;
  const dict = given === null ? undefined : dictIn(machine, given);
  const named = [...keywords]
    .filter(([name]) => !optionNames.has(name))
    .map(([name, value]) => [keyOf(name), [name, value]] as const);
  return converted(
    machine,
    { kind: 'dict', entries: new Map([...(dict?.entries ?? []), ...named]) },
    true,
  );
}

const optionNames: ReadonlySet<string> = new Set([
  'initial_dictionary',
  'type_safe',
  'convert_dict',
  'allow_dotted_keys',
  'sort_keys',
  'flags',
]);

function dictIn(machine: Machine, value: Value): Dict {
  const plain = read(machine, value);
  if (isObject(plain) && plain.kind === 'dict') return plain;
  throw new PythonError(`TypeError: a dict is needed, not ${typeName(plain)}`);
}

function dictClass(name: string): NativeFunction {
  return lazyNative(name, ['*given'], (_, machine, args) => configDictOf(machine, args));
}

/** A method that only a ConfigDict has; undefined for what every dict has, or none. */
export function configDictMethod(dict: Dict, name: string): NativeFunction | undefined {
  if (!dict.attributes) return undefined;
  switch (name) {
    case 'to_dict':
      return native(name, [], (_, machine) => converted(machine, dict, false));
    case 'copy_and_resolve_references':
      return native(name, [], (_, machine) => converted(machine, dict, true));
    case 'lock':
    case 'unlock':
    case 'unlocked':
    case 'ignore_type':
    case 'as_configdict':
      return lazyNative(name, ['*given'], () => dict);
    case 'get_ref':
    case 'get_oneway_ref':
      return native(name, ['key'], ([key = null]) => {
        const entry = dict.entries.get(keyOf(key));
        if (!entry) throw new PythonError('KeyError: a reference to what is not there');
        return entry[1];
      });
    default:
      return undefined;
  }
}

/** ml_collections, whose configurations can be flags, and libraries of dicts with attributes. */
export function configDictLibraries(flags: Flags): readonly ModuleObject[] {
  const classes = {
    ConfigDict: dictClass('ConfigDict'),
    FrozenConfigDict: dictClass('FrozenConfigDict'),
    FieldReference: lazyNative('FieldReference', ['default', '*rest'], ([value = null]) => value),
  };
  const configDict = library('ml_collections.config_dict', {
    ...classes,
    create: dictClass('create'),
    // A value that only a command line gives; without one, the program sees None.
    placeholder: lazyNative('placeholder', ['*given'], () => null),
    required_placeholder: lazyNative('required_placeholder', ['*given'], () => null),
  });
  const configFlags = library('ml_collections.config_flags', {
    DEFINE_config_file: lazyNative('DEFINE_config_file', ['name', '*rest'], ([name], machine) =>
      defineFlag(machine, flags, typeof name === 'string' ? name : 'config', null),
    ),
    DEFINE_config_dict: lazyNative(
      'DEFINE_config_dict',
      ['name', 'config', '*rest'],
      (given, machine) => {
        const [name, config = null] = given;
        return defineFlag(machine, flags, typeof name === 'string' ? name : 'config', config);
      },
    ),
  });
  return [
    library('ml_collections', { ...classes, config_dict: configDict, config_flags: configFlags }),
    configDict,
    configFlags,
    library('easydict', { EasyDict: dictClass('EasyDict') }),
    library('munch', { Munch: dictClass('Munch') }),
    library('omegaconf', { OmegaConf: omegaConf, DictConfig: dictClass('DictConfig') }),
  ];
}

const omegaConf = library('OmegaConf', {
  create: lazyNative('OmegaConf.create', ['obj', '*rest'], ([value = null], machine, args) => {
    return isObject(value) && value.kind === 'list' ? value : configDictOf(machine, args);
  }),
  structured: lazyNative('OmegaConf.structured', ['obj', '*rest'], ([value = null], machine) =>
    isObject(value) && value.kind === 'class' ? machine.call(value, []) : value,
  ),
  to_container: lazyNative('OmegaConf.to_container', ['cfg', '*rest'], ([value = null], machine) =>
    // Of what is not known the names stay as they are.
    isUncertain(value) && value.kind === 'unknown'
      ? value
      : converted(machine, dictIn(machine, value), false),
  ),
  from_cli: lazyNative('OmegaConf.from_cli', ['*given'], emptyDict),
  merge: lazyNative('OmegaConf.merge', ['*configs'], (_, machine, { positional }) =>
    positional
      .map((config) => dictIn(machine, config))
      .reduce((sum, config) => merged(machine, sum, config), emptyDict()),
  ),
});

function emptyDict(): Dict {
  return { kind: 'dict', entries: new Map(), attributes: true };
}

/** Both dicts' entries, the second's where both have one; dicts in both are merged likewise. */
function merged(machine: Machine, first: Dict, second: Dict, depth = 0): Dict {
  spend(machine, first.entries.size + second.entries.size);
  const entries = new Map(first.entries);
  for (const [text, [key, value]] of second.entries) {
    const before = entries.get(text)?.[1] ?? null;
    const areDicts =
      isObject(before) && before.kind === 'dict' && isObject(value) && value.kind === 'dict';
    const both =
      areDicts && depth < deepest
        ? merged(machine, before, value, depth + 1)
        : asConfigDict(machine, value);
    entries.set(text, [key, both]);
  }
  return { kind: 'dict', entries, attributes: true };
}
