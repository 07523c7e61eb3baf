import { writeItem, writeResult } from '../machine/arrayWrites.ts';
import { read } from '../machine/certainty.ts';
import { forget } from '../machine/changes.ts';
import { mutator } from '../values/mutator.ts';
import { lazyNative } from '../values/native.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { PythonError } from '../values/pythonError.ts';
import type { NativeFunction, Slice, Value } from '../values/value.ts';
import { reductionFunctions } from './numpyReduction.ts';

const everything: Slice = { kind: 'slice', start: null, stop: null, step: null };

/** Methods that change an array in a way that is not followed. */
const notFollowed = new Set(['byteswap', 'itemset', 'partition', 'put', 'resize']);

/** A method that changes an array of NumPy; undefined where it does not. */
export function arrayMutator(array: NumericArray, name: string): NativeFunction | undefined {
  if (name === 'fill')
    return mutator(array, name, ['value'], ([value = null], machine) => {
      writeItem(machine, array, array, everything, value);
    });
  if (name === 'sort')
    return mutator(array, name, ['axis'], ([axis = -1n], machine) => {
      writeResult(machine, array, array, read(machine, machine.call(sort, [array, axis])));
    });
  if (!notFollowed.has(name)) return undefined;
  return mutator(array, name, ['*args'], () => {
    throw new PythonError(`${name}() is not followed`);
  });
}

const sort: Value = reductionFunctions('numpy').find(({ name }) => name === 'sort') ?? null;

/** Functions that change their first argument in a way that is not followed. */
export const mutatingFunctions: readonly NativeFunction[] = [
  ...Object.entries({ copyto: 'dst', fill_diagonal: 'a', place: 'arr', put: 'a', putmask: 'a' }),
].map(([name, parameter]) => forgetting(name, parameter));

/** A function that leaves nothing known of its first argument. */
export function forgetting(name: string, parameter: string): NativeFunction {
  return lazyNative(name, [parameter, '*others'], ([changed = null], machine) => {
    forget(read(machine, changed));
    return null;
  });
}
