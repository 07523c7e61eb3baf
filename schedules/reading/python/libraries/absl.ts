import { read, unknownFrom } from '../machine/certainty.ts';
import { unknownName, type Machine } from '../machine/machine.ts';
import { lazyNative } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  isObject,
  list,
  type ModuleObject,
  type NativeFunction,
  type Plain,
  type Value,
} from '../values/value.ts';
import { instanceWith, library } from './library.ts';

/** The flags that a program has defined so far, by name. */
export type Flags = Map<string, Value>;

/** How absl reads the default of a flag, where it is not taken as it is. */
const converted: Readonly<Record<string, (value: Plain) => Plain>> = {
  DEFINE_float: (value) => (typeof value === 'bigint' ? Number(value) : floatOf(value)),
  DEFINE_integer: (value) => (typeof value === 'string' ? BigInt(wholeText(value)) : value),
  DEFINE_list: (value) => (typeof value === 'string' ? list(value.split(',')) : value),
  DEFINE_multi_float: listOf,
  DEFINE_multi_integer: listOf,
  DEFINE_multi_string: listOf,
  DEFINE_multi_enum: listOf,
};

const asItIs = [
  'DEFINE_string',
  'DEFINE_bool',
  'DEFINE_boolean',
  'DEFINE_enum',
  'DEFINE_enum_class',
];

/** The libraries of absl that define flags in `flags`, and read them as `FLAGS.name`. */
export function abslLibraries(flags: Flags): readonly ModuleObject[] {
  const names = [...Object.keys(converted), ...asItIs];
  const definitions = names.map(
    (name) => [name, definition(name, flags, converted[name])] as const,
  );
  const flagsLibrary = library('absl.flags', {
    ...Object.fromEntries(definitions),
    FLAGS: { kind: 'module', name: 'FLAGS', member: (name) => flags.get(name) },
  });
  const app = library('absl.app', { run });
  return [library('absl', { flags: flagsLibrary, app }), flagsLibrary, app];
}

const run = lazyNative('app.run', ['main'], ([main = null], machine) =>
  machine.call(main, [unknownFrom('sys.argv', [])]),
);

function definition(
  name: string,
  flags: Flags,
  convert: ((value: Plain) => Plain) | undefined,
): NativeFunction {
  return lazyNative(name, ['name', 'default', '*rest'], ([flag, value = null], machine) => {
    if (typeof flag !== 'string') throw new PythonError('TypeError: a flag needs a name');
    const given = value === null || !convert ? value : convert(read(machine, value));
    return defineFlag(machine, flags, flag, given);
  });
}

/**
 * Defines a flag; null where the program says no value.
 *
 * @returns the holder of its value, as absl does.
 */
export function defineFlag(machine: Machine, flags: Flags, name: string, value: Value): Value {
  const path = `FLAGS.${name}`;
  const current = machine.settings.get(path) ?? value ?? unknownName(machine, path);
  machine.journal.names.add(path);
  flags.set(name, current);
  return instanceWith({ value: current, name, default: value });
}

function floatOf(value: Plain): Plain {
  if (typeof value !== 'string') return value;
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number))
    throw new PythonError('ValueError: could not convert string to float');
  return number;
}

function wholeText(text: string): string {
  if (!/^[+-]?\d{1,400}$/.test(text))
    throw new PythonError('ValueError: invalid literal for int()');
  return text.replace('+', '');
}

function listOf(value: Plain): Plain {
  return isObject(value) && (value.kind === 'list' || value.kind === 'tuple')
    ? value
    : list([value]);
}
