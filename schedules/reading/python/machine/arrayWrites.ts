import { arrayOf, operandAs } from '../values/arrayConstruction.ts';
import { arrayWithItem } from '../values/arrayIndexing.ts';
import { ArrayView } from '../values/arrayView.ts';
import { broadcastShape, newArray, stretched } from '../values/arrayShape.ts';
import { isArray, isFloat, isOperand, type Operand } from '../values/arrayType.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { PythonError } from '../values/pythonError.ts';
import { isObject, isUncertain, type Assumed, type Plain, type Value } from '../values/value.ts';
import { read, restingOn } from './certainty.ts';
import { become } from './changes.ts';
import { decided } from './forks.ts';
import { spend, type Machine } from './machine.ts';
import { replaced } from './subscripts.ts';

/**
 * `array[index] = value`
 *
 * @param object the value that the array was read from.
 * @throws PythonError where NumPy would raise, and for what cannot be followed.
 */
export function writeItem(
  machine: Machine,
  object: Value,
  array: NumericArray,
  index: Plain,
  value: Value,
): void {
  mustBeWritable(array);
  const given = operandFor(machine, read(machine, value));
  rewrite(machine, object, array, arrayWithItem(array, index, undefined, given, machine));
}

/** `array[...] = value` of what `array += other` and its like give. */
export function writeResult(
  machine: Machine,
  object: Value,
  array: NumericArray,
  value: Plain,
): void {
  mustBeWritable(array);
  const given = operandFor(machine, value);
  if (isArray(given) && isFloat(given.dtype) && !isFloat(array.dtype))
    throw new PythonError('TypeError: integers do not take the result of this operation');
  if (isArray(given) && String(broadcastShape([array.shape, given.shape])) !== String(array.shape))
    throw new PythonError('ValueError: the result does not fit the array');
  const elements = operandAs(given, array);
  rewrite(
    machine,
    object,
    array,
    newArray(array, array.shape, () => stretched(elements, array.shape)),
  );
}

function mustBeWritable({ library }: NumericArray): void {
  if (library === 'jax') throw new PythonError('TypeError: JAX arrays are immutable');
}

function operandFor(machine: Machine, value: Plain): Operand {
  return isOperand(value) ? value : arrayOf(value, machine, 'numpy');
}

/** Of arrays that were made by a write: the conditions under which there is such an array at all. */
const conditionsOf = new WeakMap<NumericArray, string>();

function conditions(path: Iterable<readonly [condition: string, holds: boolean]>): string {
  return [...path].map(([condition, holds]) => `${holds} ${condition}`).join('\n');
}

/** A write copies, though faster than anything else that is followed. */
const elementsPerStep = 256;

/** Gives an array other elements, where the program is being followed. */
function rewrite(machine: Machine, object: Value, array: NumericArray, after: NumericArray): void {
  spend(machine, Math.floor((after.data?.length ?? 0) / elementsPerStep));
  const holder = holderOf(machine, object);
  const known = isUncertain(holder) ? holder.assumptions : [];
  const more = machine.resting.filter((assumption) => !known.includes(assumption));
  const where = machine.path.size === 0 ? undefined : conditions(machine.path);
  if (more.length === 0 && (where === undefined || conditionsOf.get(array) === where)) {
    array.data = after.data;
    return;
  }
  if (array instanceof ArrayView)
    throw new PythonError('a part of an array is written by what is not certain');
  const key = (): string => 'array';
  if (where !== undefined) conditionsOf.set(after, where);
  const before = newArray(array, array.shape, () => array.data);
  const [only, ...others] = machine.path;
  if (only && others.length === 0) conditionsOf.set(before, conditions([[only[0], !only[1]]]));
  const result = replaced(
    machine,
    restingOn(before, known, key),
    restingOn(after, [...known, ...more], key),
  );
  if (isUncertain(result)) become(holder, result);
  else array.data = after.data;
}

/** What holds an array for all that is bound to it: itself, or what says what it rests on. */
function holderOf(machine: Machine, object: Value): NumericArray | Assumed {
  let holder = object;
  while (isUncertain(holder) && holder.kind === 'fork')
    holder = decided(machine, holder.condition) === false ? holder.otherwise : holder.then;
  if (isObject(holder) && (holder.kind === 'array' || holder.kind === 'assumed')) return holder;
  throw new PythonError('no array is held here');
}
