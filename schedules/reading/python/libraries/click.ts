import { unknownFrom } from '../machine/certainty.ts';
import type { Machine } from '../machine/machine.ts';
import { lazyNative } from '../values/native.ts';
import {
  isObject,
  isUncertain,
  tuple,
  type CallArguments,
  type InterpretedFunction,
  type NativeFunction,
  type Value,
} from '../values/value.ts';
import { instanceWith, library, transparentDecorator } from './library.ts';

/** click: a command's options are defaults of its function, so that calling it is running it. */
export const clickLibrary = library('click', {
  command: transparentDecorator('click.command'),
  group: transparentDecorator('click.group'),
  option: optionDecorator('click.option'),
  argument: optionDecorator('click.argument'),
});

function optionDecorator(name: string): NativeFunction {
  return lazyNative(name, ['*declarations'], (_, machine, args) => {
    const parameter = parameterName(args.positional);
    const value = defaultOf(machine, args);
    return lazyNative(name, ['function'], ([decorated = null]) => {
      const isFunction = isObject(decorated) && decorated.kind === 'function';
      if (!isFunction || parameter === undefined || value === undefined) return decorated;
      return { ...decorated, defaults: new Map([...decorated.defaults, [parameter, value]]) };
    });
  });
}

/** What click calls the parameter: the one name without dashes, else the first of the longest. */
function parameterName(declarations: readonly Value[]): string | undefined {
  const texts = declarations.filter((text) => typeof text === 'string');
  const flag = texts.find((text) => text.startsWith('--')) ?? texts.find((text) => text !== '');
  const plain = texts.find((text) => /^[A-Za-z_]\w*$/.test(text));
  const [name] = (plain ?? flag)?.split('/') ?? [];
  return name?.trim().replace(/^-+/, '').replaceAll('-', '_').toLowerCase();
}

function defaultOf(machine: Machine, { positional, keywords }: CallArguments): Value | undefined {
  const given = keywords.get('default');
  const type = keywords.get('type');
  if (given !== undefined && given !== null) {
    const isCallable = isObject(given) && (given.kind === 'function' || given.kind === 'native');
    const value = isCallable ? machine.call(given, []) : given;
    const conversion = type === undefined ? value : machine.call(type, [value]);
    return isUnknown(conversion) ? value : conversion;
  }
  if (given === null || keywords.get('required') === true) return given;
  if (keywords.get('multiple') === true) return tuple([]);
  if (keywords.get('count') === true) return 0n;
  const isFlag =
    keywords.get('is_flag') === true ||
    positional.some((text) => typeof text === 'string' && text.includes('/'));
  return isFlag ? false : undefined;
}

function isUnknown(value: Value): boolean {
  return isUncertain(value) && value.kind === 'unknown';
}

/** typer: the same with the default of a parameter, `typer.Option(1e-3)`. */
export const typerLibrary = library('typer', {
  Option: parameterDefault('typer.Option'),
  Argument: parameterDefault('typer.Argument'),
  Typer: lazyNative('Typer', ['*given'], () => application()),
  run: lazyNative('typer.run', ['function'], ([command = null], machine) => {
    const isFunction = isObject(command) && command.kind === 'function';
    return machine.call(isFunction ? withoutRequired(command) : command, []);
  }),
});

/** What a parameter without a default has for one: `typer.Option(...)` is that too. */
const required = unknownFrom('typer.Option(...)', []);

function parameterDefault(name: string): NativeFunction {
  return lazyNative(name, ['default', '*declarations'], ([value = required]) =>
    isUnknown(value) ? required : value,
  );
}

/** An application that runs its command where it has a single one. */
function application(): Value {
  const commands: InterpretedFunction[] = [];
  const remember = lazyNative('command', ['function'], ([decorated = null]) => {
    if (!isObject(decorated) || decorated.kind !== 'function') return decorated;
    const command = withoutRequired(decorated);
    commands.push(command);
    return command;
  });
  return instanceWith({
    command: lazyNative('command', ['*given'], () => remember),
    callback: transparentDecorator('callback'),
    __call__: lazyNative('app', ['*given'], (_, machine) => {
      const [command, ...others] = commands;
      return command && others.length === 0 ? machine.call(command, []) : null;
    }),
  });
}

function withoutRequired(command: InterpretedFunction): InterpretedFunction {
  const defaults = [...command.defaults].filter(([, value]) => value !== required);
  return { ...command, defaults: new Map(defaults) };
}
