import { read } from '../machine/certainty.ts';
import { valuesIn } from '../values/iteration.ts';
import { lazyNative } from '../values/native.ts';
import { isObject, list, tuple, type ModuleObject, type NativeFunction } from '../values/value.ts';
import { argumentParser } from './argparse.ts';
import { instanceWith, library, transparentDecorator } from './library.ts';

/** Libraries that make a command line of a function or of a class: its own defaults hold. */
export const commandLineLibraries: readonly ModuleObject[] = [
  library('fire', { Fire: calling('Fire', 'component') }),
  library('tyro', { cli: calling('tyro.cli', 'f') }),
  library('simple_parsing', {
    ArgumentParser: argumentParser,
    parse: calling('simple_parsing.parse', 'config_class'),
  }),
  library('hydra', { main: transparentDecorator('hydra.main') }),
  library('transformers', {
    HfArgumentParser: lazyNative('HfArgumentParser', ['dataclass_types'], ([types = null]) =>
      instanceWith({
        parse_args_into_dataclasses: lazyNative('parse', ['*given'], (_, machine) => {
          const known = read(machine, types);
          const isSequence = isObject(known) && (known.kind === 'tuple' || known.kind === 'list');
          const classes = isSequence ? known : list([known]);
          return tuple(valuesIn(machine, classes).map((each) => machine.call(each, [])));
        }),
      }),
    ),
  }),
];

/** A function that calls what it is given without arguments, or takes the default that it is given. */
function calling(name: string, parameter: string): NativeFunction {
  return lazyNative(name, [parameter, '*rest'], ([called = null], machine, { keywords }) => {
    const isCallable = isObject(called) && called.kind !== 'instance' && called.kind !== 'dict';
    return keywords.get('default') ?? (isCallable ? machine.call(called, []) : null);
  });
}
