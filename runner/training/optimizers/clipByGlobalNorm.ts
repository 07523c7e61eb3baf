import {
  addN,
  div,
  less,
  mul,
  onesLike,
  scalar,
  sqrt,
  square,
  sum,
  where,
} from '@tensorflow/tfjs-core';
import { stateless, type GradientTransformation } from './gradientTransformation.ts';
import { mapTensors } from './tensors.ts';

/** `optax.clip_by_global_norm`: updates whose common norm is too large are scaled down to it. */
export function clipByGlobalNorm(maxNorm: number): GradientTransformation {
  return stateless((updates) => {
    const norm = sqrt(addN(Object.values(updates).map((update) => sum(square(update)))));
    const small = less(norm, maxNorm);
    // Small updates are divided and multiplied by 1, which leaves them as they are, bit by bit.
    const divisor = where(small, onesLike(norm), norm);
    const factor = where(small, onesLike(norm), scalar(maxNorm));
    return mapTensors(updates, (update) => mul(div(update, divisor), factor));
  });
}
