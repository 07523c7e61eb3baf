import { read } from '../machine/certainty.ts';
import { spend, unknownName, type Machine } from '../machine/machine.ts';
import { valuesIn } from '../values/iteration.ts';
import { lazyNative, native } from '../values/native.ts';
import {
  isObject,
  list,
  tuple,
  type Instance,
  type NativeFunction,
  type Plain,
  type Value,
} from '../values/value.ts';
import { instanceWith, library, namespaceClass } from './library.ts';

/** What makes argparse leave an attribute out. */
const suppress = '==SUPPRESS==';

/** An argument of a command line, as `add_argument` declares it. */
interface Argument {
  readonly destination: string;
  readonly action: Value;
  /** Converts the texts of a command line. */
  readonly type: Value | undefined;
  /** Whether it takes exactly one text. */
  readonly single: boolean;
}

/** What a parser is told, by flags and by the names of attributes. */
interface Declarations {
  readonly byFlag: Map<string, Argument>;
  readonly defaults: Map<string, Value>;
}

/** `ArgumentParser(...)`: a parser whose result has the defaults as its attributes. */
export const argumentParser: NativeFunction = lazyNative(
  'ArgumentParser',
  ['*given'],
  (_, machine, { keywords }) => {
    const declarations: Declarations = { byFlag: new Map(), defaults: new Map() };
    for (const parent of valuesIn(machine, read(machine, keywords.get('parents') ?? list([])))) {
      const parsed = machine.call(machine.attribute(parent, 'parse_args'), []);
      if (!isObject(parsed) || parsed.kind !== 'instance') continue;
      for (const [name, value] of parsed.attributes) declarations.defaults.set(name, value);
    }
    return parserOf(declarations);
  },
);

export const argparseLibrary = library('argparse', {
  ArgumentParser: argumentParser,
  Namespace: namespaceClass('Namespace'),
  SUPPRESS: suppress,
});

function parserOf(declarations: Declarations): Instance {
  const { defaults } = declarations;
  const itself = lazyNative('add_argument_group', ['*given'], () => parser);
  const parser = instanceWith({
    add_argument: lazyNative(
      'add_argument',
      ['*flags'],
      ([flags = null], machine, { keywords }) => {
        addArgument(machine, declarations, valuesIn(machine, read(machine, flags)), keywords);
        return null;
      },
    ),
    add_argument_group: itself,
    add_mutually_exclusive_group: itself,
    // Which of the commands is given is not known: the arguments of all of them are there.
    add_subparsers: lazyNative('add_subparsers', ['*given'], (_, machine, { keywords }) => {
      const destination = keywords.get('dest');
      if (typeof destination === 'string') defaults.set(destination, missing(machine, destination));
      return instanceWith({ add_parser: itself });
    }),
    // Of simple_parsing: a dataclass whose fields are arguments.
    add_arguments: lazyNative('add_arguments', ['type', 'dest', 'default'], (given, machine) => {
      const [type = null, destination, value] = given;
      if (typeof destination === 'string')
        defaults.set(destination, value ?? machine.call(type, []));
      return null;
    }),
    set_defaults: lazyNative('set_defaults', [], (_, __, { keywords }) => {
      for (const [name, value] of keywords) defaults.set(name, value);
      return null;
    }),
    get_default: native('get_default', ['dest'], ([destination]) =>
      typeof destination === 'string' ? (defaults.get(destination) ?? null) : null,
    ),
    parse_args: native('parse_args', ['args'], ([texts = null], machine) =>
      namespaceOf(machine, declarations, texts),
    ),
    parse_known_args: native('parse_known_args', ['args'], ([texts = null], machine) =>
      tuple([namespaceOf(machine, declarations, texts), list([])]),
    ),
  });
  return parser;
}

function addArgument(
  machine: Machine,
  { byFlag, defaults }: Declarations,
  flags: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): void {
  const texts = flags.filter((flag) => typeof flag === 'string');
  const destination = keywords.get('dest') ?? destinationOf(texts);
  const action = keywords.get('action') ?? 'store';
  if (typeof destination !== 'string' || action === 'help' || action === 'version') return;
  const type = keywords.get('type');
  const argument = { destination, action, type, single: !keywords.has('nargs') };
  for (const flag of texts) byFlag.set(flag, argument);
  const value = keywords.get('default');
  if (value === suppress) return;
  const implied = action === 'store_true' ? false : action === 'store_false' ? true : undefined;
  const standard = value === undefined ? (defaults.get(destination) ?? implied) : value;
  if (standard === undefined) {
    defaults.set(destination, missing(machine, destination));
  } else {
    // Python converts a default where it is a text.
    const isText = typeof value === 'string' && type !== undefined;
    defaults.set(destination, isText ? machine.call(type, [value]) : standard);
  }
}

/** The attribute that an argument is given to: as its first long flag, else its first one. */
function destinationOf(flags: readonly string[]): string | undefined {
  const [first] = flags;
  if (!first?.startsWith('-')) return first;
  const flag = flags.find((text) => text.startsWith('--')) ?? first;
  return flag.replace(/^-+/, '').replaceAll('-', '_');
}

function missing(machine: Machine, destination: string): Value {
  return unknownName(machine, `args.${destination}`);
}

/** The result of parsing: defaults, and what the program itself writes as a command line. */
function namespaceOf(machine: Machine, { byFlag, defaults }: Declarations, texts: Plain): Instance {
  spend(machine, defaults.size);
  const attributes = new Map(defaults);
  const words = texts === null ? [] : valuesIn(machine, texts);
  for (let i = 0; i < words.length; i++) {
    const [, flag, joined] = /^(-[^=]*)(?:=(.*))?$/s.exec(textOf(words[i])) ?? [];
    const argument = flag === undefined ? undefined : byFlag.get(flag);
    if (!argument) continue;
    const { destination, action, type, single } = argument;
    if (action === 'store_true' || action === 'store_false') {
      attributes.set(destination, action === 'store_true');
    } else if (action === 'store' && single) {
      const word = joined ?? words[++i] ?? null;
      attributes.set(destination, type === undefined ? word : machine.call(type, [word]));
    } else {
      attributes.set(destination, missing(machine, destination));
    }
  }
  return { kind: 'instance', class: undefined, attributes };
}

function textOf(word: Value | undefined): string {
  return typeof word === 'string' ? word : '';
}
