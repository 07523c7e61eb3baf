import { add, mul } from '@tensorflow/tfjs-core';
import type { Tensors } from '../parameters.ts';
import type { GradientTransformation } from './gradientTransformation.ts';
import { zeros } from './moments.ts';
import { fromState, mapPairs, toState } from './tensors.ts';

/** `optax.trace`: momentum. Past updates decay and add up; Nesterov's form looks one step ahead. */
export function trace(decay: number, nesterov: boolean): GradientTransformation {
  return {
    init: (parameters) => toState('trace', zeros(parameters)),
    update(updates, state) {
      const accumulate = (past: Tensors) =>
        mapPairs(updates, past, (u, t) => add(u, mul(t, decay)));
      const traces = accumulate(fromState('trace', state, updates));
      return {
        updates: nesterov ? accumulate(traces) : traces,
        state: toState('trace', traces),
      };
    },
  };
}
