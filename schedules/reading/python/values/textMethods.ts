import { read } from '../machine/certainty.ts';
import { type Machine } from '../machine/machine.ts';
import { toText } from './conversion.ts';
import { formatted } from './formatting.ts';
import { valuesIn } from './iteration.ts';
import { native } from './native.ts';
import { sized } from './operators.ts';
import { type NativeFunction, type Plain, type Value, isObject, list } from './value.ts';

export function textMethod(value: string, name: string): NativeFunction | undefined {
  const method = (
    parameters: readonly string[],
    compute: (given: readonly (Plain | undefined)[], machine: Machine) => Value,
  ): NativeFunction => native(name, parameters, compute);
  switch (name) {
    case 'lower':
    case 'casefold':
      return method([], () => value.toLowerCase());
    case 'upper':
      return method([], () => value.toUpperCase());
    case 'title':
    case 'capitalize':
      return method([], () => value.charAt(0).toUpperCase() + value.slice(1).toLowerCase());
    case 'strip':
      return method(['chars'], ([chars]) => stripped(value, chars, true, true));
    case 'lstrip':
      return method(['chars'], ([chars]) => stripped(value, chars, true, false));
    case 'rstrip':
      return method(['chars'], ([chars]) => stripped(value, chars, false, true));
    case 'startswith':
      return method(['prefix'], ([prefix = null]) => anyText(prefix, (p) => value.startsWith(p)));
    case 'endswith':
      return method(['suffix'], ([suffix = null]) => anyText(suffix, (s) => value.endsWith(s)));
    case 'replace':
      return method(['old', 'new'], ([before, after]) =>
        sized(value.replaceAll(toText(before), () => toText(after))),
      );
    case 'removeprefix':
      return method(['p'], ([p]) =>
        value.startsWith(toText(p)) ? value.slice(toText(p).length) : value,
      );
    case 'removesuffix':
      return method(['p'], ([p]) => {
        const suffix = toText(p);
        return suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;
      });
    case 'split':
      return method(['sep', 'maxsplit'], ([separator]) => {
        const parts =
          separator === undefined || separator === null
            ? value.trim().split(/\s+/).filter(Boolean)
            : value.split(toText(separator));
        return list(sized(parts));
      });
    case 'join':
      return method(['iterable'], ([iterable = null], machine) =>
        sized(
          valuesIn(machine, iterable)
            .map((part) => toText(read(machine, part)))
            .join(value),
        ),
      );
    case 'format':
      return native(name, ['*values'], ([values = null], machine) => {
        const given = valuesIn(machine, values);
        let next = 0;
        return sized(
          value.replace(/\{(\d*)(?::([^}]*))?\}/g, (whole, index: string, spec = '') => {
            const part = given[index === '' ? next++ : Number(index)];
            return part === undefined ? whole : formatted(read(machine, part), String(spec));
          }),
        );
      });
    case 'isdigit':
    case 'isnumeric':
      return method([], () => /^\d+$/.test(value));
    case 'isidentifier':
      return method([], () => /^[A-Za-z_]\w*$/.test(value));
    case 'count':
      return method(['sub'], ([sub]) => BigInt(value.split(toText(sub)).length - 1));
    case 'find':
      return method(['sub'], ([sub]) => BigInt(value.indexOf(toText(sub))));
    default:
      return undefined;
  }
}

function stripped(value: string, chars: Plain | undefined, left: boolean, right: boolean): string {
  const strip = chars === undefined || chars === null ? ' \t\n\r\f\v' : toText(chars);
  let from = 0;
  let to = value.length;
  while (left && from < to && strip.includes(value.charAt(from))) from++;
  while (right && to > from && strip.includes(value.charAt(to - 1))) to--;
  return value.slice(from, to);
}

function anyText(value: Plain, holds: (text: string) => boolean): boolean {
  if (isObject(value) && value.kind === 'tuple') {
    return value.items.some((item) => typeof item === 'string' && holds(item));
  }
  return holds(toText(value));
}
