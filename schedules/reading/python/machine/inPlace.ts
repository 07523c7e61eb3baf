import { valuesIn } from '../values/iteration.ts';
import { binary, sized } from '../values/operators.ts';
import { isObject, isUncertain, type Value } from '../values/value.ts';
import { writeResult } from './arrayWrites.ts';
import { attempt, read } from './certainty.ts';
import { changing } from './changes.ts';
import { alternatives } from './forks.ts';
import type { Machine } from './machine.ts';

/** `list += values` and `list *= n`, after which it is the same list; whether it was done. */
export function updateList(
  machine: Machine,
  operator: string,
  before: Value,
  value: Value,
): boolean {
  if (!isObject(before) || before.kind !== 'list' || machine.path.size > 0) return false;
  if (operator !== '+' && operator !== '*') return false;
  const { items } = before;
  const change = (): Value => {
    const plain = read(machine, value);
    if (operator === '+') {
      items.push(...valuesIn(machine, plain));
      sized(items);
    } else {
      const repeated = binary(operator, before, plain);
      if (isObject(repeated) && repeated.kind === 'list')
        items.splice(0, items.length, ...repeated.items);
    }
    return null;
  };
  attempt(
    machine,
    () => `${operator}=`,
    () => changing(before, change, () => undefined),
  );
  return true;
}

/**
 * `array *= value`: writes the result into the array itself, for all that is bound to it.
 *
 * @returns whether `before` is an array that takes it.
 */
export function updateArray(
  machine: Machine,
  before: Value,
  after: Value,
  name: () => string,
): boolean {
  if (!isObject(before) || !isWritable(before) || !staysInNumPy(after)) return false;
  attempt(machine, name, () => {
    const array = read(machine, before);
    if (!isObject(array) || array.kind !== 'array') return null;
    const write = (): Value => {
      writeResult(machine, before, array, read(machine, after));
      return null;
    };
    return changing(array, write, name);
  });
  return true;
}

/** Whether a value is an array of NumPy, whatever it depends on; its scalars are not changed. */
function isWritable(value: Value): boolean {
  if (isUncertain(value))
    return alternatives(value).every(
      ({ value: plain }) => !isUncertain(plain) && isWritable(plain),
    );
  return (
    isObject(value) && value.kind === 'array' && value.library === 'numpy' && value.shape.length > 0
  );
}

/** With an array of JAX there comes a new array of JAX. */
function staysInNumPy(value: Value): boolean {
  const [first] = alternatives(value);
  const plain = first?.value ?? null;
  return !(isObject(plain) && plain.kind === 'array' && plain.library === 'jax');
}
