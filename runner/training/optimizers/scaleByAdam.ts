import { add, div, sqrt } from '@tensorflow/tfjs-core';
import type { GradientTransformation } from './gradientTransformation.ts';
import { correctBias, firstMoment, nextCount, secondMoment, toCount, zeros } from './moments.ts';
import { fromState, mapPairs, toState } from './tensors.ts';

export interface AdamArguments {
  readonly b1: number;
  readonly b2: number;
  readonly eps: number;
  /** Added inside the square root. */
  readonly epsRoot: number;
  readonly nesterov: boolean;
}

/** `optax.scale_by_adam` (Kingma and Ba 2014); with `nesterov` NAdam (Dozat 2016). */
export function scaleByAdam({
  b1,
  b2,
  eps,
  epsRoot,
  nesterov,
}: AdamArguments): GradientTransformation {
  return {
    init: (parameters) => ({
      ...toCount(0),
      ...toState('mu', zeros(parameters)),
      ...toState('nu', zeros(parameters)),
    }),
    update(updates, state) {
      const count = nextCount(state);
      const mu = firstMoment(updates, fromState('mu', state, updates), b1);
      const nu = secondMoment(updates, fromState('nu', state, updates), b2);
      const direction = nesterov
        ? firstMoment(correctBias(updates, b1, count), correctBias(mu, b1, count + 1), b1)
        : correctBias(mu, b1, count);
      return {
        updates: mapPairs(direction, correctBias(nu, b2, count), (d, v) =>
          div(d, add(sqrt(add(v, epsRoot)), eps)),
        ),
        state: { ...toCount(count), ...toState('mu', mu), ...toState('nu', nu) },
      };
    },
  };
}
