import { add, div, fill, mul, scalar, square, zerosLike } from '@tensorflow/tfjs-core';
import type { Tensors } from '../parameters.ts';
import { mapPairs, mapTensors, tensorOf } from './tensors.ts';

/** Tensors of the same shapes, all zero. */
export function zeros(tensors: Tensors): Tensors {
  return mapTensors(tensors, (tensor) => zerosLike(tensor));
}

/** Tensors of the same shapes, filled with one value. */
export function filled(tensors: Tensors, value: number): Tensors {
  return mapTensors(tensors, ({ shape }) => fill(shape, value));
}

/** The exponential moving average of the updates: (1 - decay) u + decay m. */
export function firstMoment(updates: Tensors, moment: Tensors, decay: number): Tensors {
  return mapPairs(updates, moment, (u, m) => add(mul(u, 1 - decay), mul(m, decay)));
}

/** The exponential moving average of the squared updates: (1 - decay) u^2 + decay m. */
export function secondMoment(updates: Tensors, moment: Tensors, decay: number): Tensors {
  return firstMoment(mapTensors(updates, square), moment, decay);
}

/** `optax.tree.bias_correction`: a moment that began at zero, divided by 1 - decay^count. */
export function correctBias(moment: Tensors, decay: number, count: number): Tensors {
  const divisor = biasCorrection(decay, count);
  return mapTensors(moment, (m) => div(m, divisor));
}

/** 1 - decay^count: 1 - 0.999 has a relative error of 1e-5 in float32, and so it has in Optax. */
export function biasCorrection(decay: number, count: number): number {
  const { fround } = Math;
  return fround(1 - fround(fround(decay) ** count));
}

/**
 * The count of a state for the step that is taken now, from 1.
 *
 * `dataSync` waits for no device: a count is a tensor only so that it is saved with the others, its
 * value was made in this process and is kept there.
 */
export function nextCount(state: Tensors): number {
  return (tensorOf(state, 'count').dataSync()[0] ?? 0) + 1;
}

/** A count as a state keeps it: an int32 scalar. */
export function toCount(count: number): Tensors {
  return { count: scalar(count, 'int32') };
}
