import { applied, inFloat } from '../values/arrayElementwise.ts';
import { byRows, sum } from '../values/arrayReduction.ts';
import { axisOf } from '../values/arrayShape.ts';
import { inexact } from '../values/arrayType.ts';
import { library } from './library.ts';
import { arrayMembers } from './numpy.ts';
import { logAddExp, maximum, unaryFloats } from './numpyElementwise.ts';
import { arrayFunction, byName } from './numpyFunction.ts';

export const jaxNumpyModule = library('jax.numpy', arrayMembers('jax'));

const sigmoid = inFloat((x) => 1 / (1 + Math.exp(-x)));
const silu = inFloat((x) => x / (1 + Math.exp(-x)));

const activations = { sigmoid, silu, swish: silu, tanh: unaryFloats.tanh };

/** The activation functions that schedules are made of. */
export const jaxNnModule = library(
  'jax.nn',
  byName([
    ...Object.entries(activations).map(([name, operation]) =>
      arrayFunction('jax', name, 'x', ({ operand }) => applied(operation, 'jax', [operand('x')])),
    ),
    arrayFunction('jax', 'relu', 'x', ({ operand }) => applied(maximum, 'jax', [operand('x'), 0n])),
    arrayFunction('jax', 'softplus', 'x', ({ operand }) =>
      applied(logAddExp, 'jax', [operand('x'), 0.0]),
    ),
    arrayFunction('jax', 'softmax', 'x axis', ({ array, value }) => {
      const x = array('x');
      const axis = axisOf(value('axis') ?? -1n, x.shape.length);
      return byRows(x, inexact(x), axis, x.shape[axis] ?? 0, (row) => {
        const largest = row.reduce((a, b) => Math.max(a, b), -Infinity);
        const powers = row.map((element) => Math.exp(element - largest));
        const total = sum(powers);
        return powers.map((element) => Math.fround(element / total));
      });
    }),
  ]),
);
