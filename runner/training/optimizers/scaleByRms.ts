import { add, div, mul, rsqrt, sqrt, square, sub } from '@tensorflow/tfjs-core';
import type { Tensors } from '../parameters.ts';
import type { GradientTransformation } from './gradientTransformation.ts';
import {
  correctBias,
  filled,
  firstMoment,
  nextCount,
  secondMoment,
  toCount,
  zeros,
} from './moments.ts';
import { fromState, mapPairs, mapTensors, toState } from './tensors.ts';

export interface RmsArguments {
  readonly decay: number;
  readonly eps: number;
  /** Where the second moment begins. */
  readonly initialScale: number;
  readonly epsInSqrt: boolean;
  readonly biasCorrection: boolean;
  /** Divide by the standard deviation (`optax.scale_by_stddev`): the mean is subtracted. */
  readonly centered: boolean;
}

/** `optax.scale_by_rms`, or `optax.scale_by_stddev` if centered (Hinton's lecture; Graves 2013). */
export function scaleByRms({
  decay,
  eps,
  initialScale,
  epsInSqrt,
  biasCorrection,
  centered,
}: RmsArguments): GradientTransformation {
  return {
    init: (parameters) => ({
      ...(biasCorrection && toCount(0)),
      ...(centered && toState('mu', zeros(parameters))),
      ...toState('nu', filled(parameters, initialScale)),
    }),
    update(updates, state) {
      const count = biasCorrection ? nextCount(state) : 0;
      const corrected = (moment: Tensors) =>
        biasCorrection ? correctBias(moment, decay, count) : moment;
      const nu = secondMoment(updates, fromState('nu', state, updates), decay);
      const mu = centered && firstMoment(updates, fromState('mu', state, updates), decay);
      const variance = mu
        ? mapPairs(corrected(nu), corrected(mu), (n, m) => sub(n, square(m)))
        : corrected(nu);
      const scaling = mapTensors(variance, (v) =>
        epsInSqrt ? rsqrt(add(v, eps)) : div(1, add(sqrt(v), eps)),
      );
      return {
        updates: mapPairs(scaling, updates, (s, u) => mul(s, u)),
        state: {
          ...(biasCorrection && toCount(count)),
          ...(mu && toState('mu', mu)),
          ...toState('nu', nu),
        },
      };
    },
  };
}
