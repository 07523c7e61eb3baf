import { read, unknownFrom } from '../machine/certainty.ts';
import type { Machine } from '../machine/machine.ts';
import { spelled } from './keys.ts';
import { PythonError } from './pythonError.ts';
import {
  isUncertain,
  type CallArguments,
  type NativeFunction,
  type Plain,
  type Unknown,
  type Value,
} from './value.ts';

/** Arguments by the names of the parameters; what is not given is undefined. */
export type Given = readonly (Plain | undefined)[];

/**
 * A function of Python or of a library that computes with known values.
 *
 * @param parameters its names in their order; `*` before the last one takes all further positional
 *   arguments, as a tuple.
 * @param compute gets one value for each parameter, undefined where it is not given. What it
 *   finds inside of lists it has to `read` itself.
 * @throws PythonError from `compute` where Python would raise an exception.
 */
export function native(
  name: string,
  parameters: readonly string[],
  compute: (given: Given, machine: Machine) => Value,
): NativeFunction {
  return lazyNative(name, parameters, (given, machine, args) => {
    const unknown = given.filter(
      (value): value is Unknown =>
        value !== undefined && isUncertain(value) && value.kind === 'unknown',
    );
    if (unknown.length > 0 || args.rest) {
      const key = (): string => `${name}(${keyOfArguments(args)})`;
      return unknownFrom(key, args.rest ? [...unknown, args.rest] : unknown);
    }
    const known = given.map((value) => (value === undefined ? undefined : read(machine, value)));
    return compute(known, machine);
  });
}

/** The same for a function that takes values as they are: uncertain ones too. */
export function lazyNative(
  name: string,
  parameters: readonly string[],
  compute: (given: readonly (Value | undefined)[], machine: Machine, args: CallArguments) => Value,
): NativeFunction {
  return {
    kind: 'native',
    name,
    call: (args, machine) => compute(boundTo(name, parameters, args), machine, args),
  };
}

/** As Python binds arguments; parameters after the `*` one are given by their names. */
function boundTo(
  name: string,
  parameters: readonly string[],
  { positional, keywords }: CallArguments,
): readonly (Value | undefined)[] {
  const rest = parameters.findIndex((parameter) => parameter.startsWith('*'));
  const most = rest < 0 ? parameters.length : rest;
  if (rest < 0 && positional.length > most) {
    throw new PythonError(`TypeError: ${name}() takes ${most} arguments, got ${positional.length}`);
  }
  return parameters.map((parameter, i) => {
    if (i === rest) return { kind: 'tuple', items: positional.slice(rest) };
    return positional[i] !== undefined && i < most ? positional[i] : keywords.get(parameter);
  });
}

export function keyOfArguments({ positional, keywords, rest }: CallArguments): string {
  return [
    ...positional.map((value) => spelled(value)),
    ...[...keywords].map(([name, value]) => `${name}=${spelled(value)}`),
    ...(rest ? [`**${rest.key}`] : []),
  ].join(', ');
}
