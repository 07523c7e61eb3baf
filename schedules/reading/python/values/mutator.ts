import { changing, ownerText } from '../machine/changes.ts';
import type { Machine } from '../machine/machine.ts';
import { read } from '../machine/certainty.ts';
import { lazyNative } from './native.ts';
import type { NativeFunction, Plain, Value } from './value.ts';

/**
 * A method that takes values as they are and changes what it belongs to; that is not known any more
 * where the method fails.
 *
 * @param change gives what the method returns, if that is not `None`.
 */
export function mutator(
  owner: Plain,
  name: string,
  parameters: readonly string[],
  change: (given: readonly (Value | undefined)[], machine: Machine) => Value | undefined,
): NativeFunction {
  return lazyNative(name, parameters, (given, machine, { rest, site }) => {
    const changed = (): Value => {
      if (rest) read(machine, rest);
      return change(given, machine) ?? null;
    };
    return changing(owner, changed, () => ownerText(machine, site, name));
  });
}
