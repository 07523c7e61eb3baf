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

/** `optax.clip_by_global_norm`: updates whose norm over all of them is too large are scaled down. */
export function clipByGlobalNorm(maxNorm: number): GradientTransformation {
  return stateless((updates) => {
    const norm = sqrt(addN(Object.values(updates).map((update) => sum(square(update)))));
    const small = less(norm, maxNorm);
    // Two scalars that leave small updates as they are, bit by bit; (u / norm) * maxNorm is Optax's order.
    const divisor = where(small, onesLike(norm), norm);
    const factor = where(small, onesLike(norm), scalar(maxNorm));
    return mapTensors(updates, (update) => mul(div(update, divisor), factor));
  });
}
