import { read, unknownFrom } from '../machine/certainty.ts';
import { unknownName, type Machine } from '../machine/machine.ts';
import { toText } from '../values/conversion.ts';
import { lazyNative, native } from '../values/native.ts';
import { isUncertain, type NativeFunction, type Value } from '../values/value.ts';
import { valuesIn } from '../values/iteration.ts';
import { instanceWith, library } from './library.ts';

/** A variable of the environment: what the program says for where it is not set, or a name. */
function variable(name: string): NativeFunction {
  return lazyNative(name, ['key', 'default'], ([key = null, otherwise], machine) =>
    otherwise === undefined ? variableNamed(machine, key) : otherwise,
  );
}

function variableNamed(machine: Machine, key: Value): Value {
  if (isUncertain(key)) return unknownFrom('os.environ[...]', []);
  return unknownName(machine, `os.environ[${JSON.stringify(toText(key))}]`);
}

const nothing = lazyNative('environ', ['*given'], () => null);

const environ = instanceWith({
  get: variable('os.environ.get'),
  setdefault: variable('os.environ.setdefault'),
  pop: variable('os.environ.pop'),
  __getitem__: variable('os.environ'),
  __setitem__: nothing,
  update: nothing,
});

export const pathLibrary = library('os.path', {
  sep: '/',
  join: native('os.path.join', ['*parts'], ([parts = null], machine) =>
    valuesIn(machine, parts)
      .map((part) => toText(read(machine, part)))
      .reduce(joined, ''),
  ),
  dirname: native('os.path.dirname', ['path'], ([whole]) => {
    const text = toText(whole);
    const head = text.slice(0, text.lastIndexOf('/') + 1);
    return /^\/+$/.test(head) ? head : head.replace(/(?<!\/)\/+$/, '');
  }),
  basename: native('os.path.basename', ['path'], ([whole]) => {
    const text = toText(whole);
    return text.slice(text.lastIndexOf('/') + 1);
  }),
});

/** The environment of a program; nothing is looked up in the one that reads it. */
export const osLibrary = library('os', {
  environ,
  getenv: variable('os.getenv'),
  path: pathLibrary,
  sep: '/',
});

/** As POSIX paths are joined: an absolute part starts again. */
function joined(before: string, part: string): string {
  if (before === '' || part.startsWith('/')) return part;
  return before.endsWith('/') ? before + part : `${before}/${part}`;
}
