import { add, greater, mul, rsqrt, square, where, zerosLike } from '@tensorflow/tfjs-core';
import type { GradientTransformation } from './gradientTransformation.ts';
import { filled } from './moments.ts';
import { fromState, mapPairs, toState } from './tensors.ts';

const accumulator = 'sum_of_squares';

/** `optax.scale_by_rss`: over the root of the sum of all squared gradients (Duchi et al. 2011). */
export function scaleByRss(initialAccumulatorValue: number, eps: number): GradientTransformation {
  return {
    init: (parameters) => toState(accumulator, filled(parameters, initialAccumulatorValue)),
    update(updates, state) {
      const sums = mapPairs(updates, fromState(accumulator, state, updates), (u, sum) =>
        add(square(u), sum),
      );
      return {
        // A parameter that never had a gradient is not divided by zero.
        updates: mapPairs(sums, updates, (sum, u) =>
          mul(where(greater(sum, 0), rsqrt(add(sum, eps)), zerosLike(sum)), u),
        ),
        state: toState(accumulator, sums),
      };
    },
  };
}
