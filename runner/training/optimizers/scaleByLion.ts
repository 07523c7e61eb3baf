import { sign } from '@tensorflow/tfjs-core';
import type { GradientTransformation } from './gradientTransformation.ts';
import { firstMoment, nextCount, toCount, zeros } from './moments.ts';
import { fromState, mapTensors, toState } from './tensors.ts';

/** `optax.scale_by_lion`: only the sign of momentum and gradient counts (Chen et al. 2023). */
export function scaleByLion(b1: number, b2: number): GradientTransformation {
  return {
    init: (parameters) => ({ ...toCount(0), ...toState('mu', zeros(parameters)) }),
    update(updates, state) {
      const mu = fromState('mu', state, updates);
      return {
        updates: mapTensors(firstMoment(updates, mu, b1), (u) => sign(u)),
        state: {
          ...toCount(nextCount(state)),
          ...toState('mu', firstMoment(updates, mu, b2)),
        },
      };
    },
  };
}
