import { read } from '../machine/certainty.ts';
import type { Machine } from '../machine/machine.ts';
import { arrayOf } from '../values/arrayConstruction.ts';
import { newArray, type Shape } from '../values/arrayShape.ts';
import { floatType, integerType, isArray, type ElementType } from '../values/arrayType.ts';
import { toSize } from '../values/conversion.ts';
import { lazyNative } from '../values/native.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { isObject, type NativeFunction, type Plain, type Value } from '../values/value.ts';
import { instanceWith, library } from './library.ts';
import { forgetting } from './numpyMutators.ts';
import { byName } from './numpyFunction.ts';

/** Of random numbers only the shape is known. A single one is not known at all. */
function drawn(type: ElementType, shape: Shape): NumericArray {
  return newArray(type, shape, () => undefined);
}

/** The shape that an argument gives, such as `size=`: nothing is a single number. */
function shapeOf(machine: Machine, given: Value | undefined): Shape {
  const size = given === undefined ? null : read(machine, given);
  if (size === null) return [];
  if (!isObject(size) || isArray(size)) return [toSize(size)];
  return size.kind === 'tuple' || size.kind === 'list'
    ? size.items.map((length) => toSize(read(machine, length)))
    : [];
}

/** A function that draws numbers; on nothing but the shape does its value depend. */
function drawing(
  name: string,
  parameters: string,
  type: ElementType,
  shapeParameter: 'size' | 'shape',
): NativeFunction {
  const names = parameters.split(' ');
  const place = names.indexOf(shapeParameter);
  return lazyNative(name, names, (given, machine) => drawn(type, shapeOf(machine, given[place])));
}

/** A permutation of an array along its first axis, or of the numbers below another one. */
function permuted(library: 'numpy' | 'jax', given: Plain, machine: Machine): NumericArray {
  const isCount = typeof given === 'bigint';
  if (isCount) return drawn(integerType(library), [toSize(given)]);
  const array = arrayOf(given, machine, library);
  return drawn(array, array.shape);
}

const float = floatType('numpy');
const integer = integerType('numpy');

const generatorFunctions: readonly NativeFunction[] = [
  drawing('normal', 'loc scale size', float, 'size'),
  drawing('uniform', 'low high size', float, 'size'),
  drawing('standard_normal', 'size', float, 'size'),
  drawing('random', 'size', float, 'size'),
  drawing('random_sample', 'size', float, 'size'),
  drawing('choice', 'a size replace p', integer, 'size'),
  drawing('integers', 'low high size dtype', integer, 'size'),
  drawing('randint', 'low high size dtype', integer, 'size'),
  ...['rand', 'randn'].map((name) =>
    lazyNative(name, ['*lengths'], ([lengths], machine) => drawn(float, shapeOf(machine, lengths))),
  ),
  lazyNative('permutation', ['x'], ([x = null], machine) =>
    permuted('numpy', read(machine, x), machine),
  ),
  lazyNative('seed', ['x'], () => null),
  forgetting('shuffle', 'x'),
];

export const numpyRandomModule = library('numpy.random', {
  ...byName(generatorFunctions),
  ...byName(
    ['default_rng', 'RandomState'].map((name) =>
      lazyNative(name, ['seed'], () => instanceWith(byName(generatorFunctions))),
    ),
  ),
});

const keyType = integerType('jax');
const newKey = (): NumericArray => drawn(keyType, [2]);
const jaxFloat = floatType('jax');

/** Keys are arrays of two numbers; which ones makes no difference here. */
export const jaxRandomModule = library(
  'jax.random',
  byName([
    lazyNative('PRNGKey', ['seed'], newKey),
    lazyNative('key', ['seed'], newKey),
    lazyNative('fold_in', ['key', 'data'], newKey),
    lazyNative('split', ['key', 'num'], ([, count], machine) =>
      drawn(keyType, [toSize(count === undefined ? 2n : read(machine, count)), 2]),
    ),
    drawing('normal', 'key shape dtype', jaxFloat, 'shape'),
    drawing('uniform', 'key shape dtype minval maxval', jaxFloat, 'shape'),
    drawing('truncated_normal', 'key lower upper shape dtype', jaxFloat, 'shape'),
    drawing('bernoulli', 'key p shape', { library: 'jax', dtype: 'bool' }, 'shape'),
    drawing('randint', 'key shape minval maxval dtype', integerType('jax'), 'shape'),
    lazyNative('permutation', ['key', 'x'], ([, x = null], machine) =>
      permuted('jax', read(machine, x), machine),
    ),
  ]),
);
