import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../parameters.ts';

/** `jax.tree.map` over one record: the same names, each tensor transformed. */
export function mapTensors(tensors: Tensors, transform: (tensor: Tensor) => Tensor): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, transform(tensor)]),
  );
}

/** `jax.tree.map` over two records that have the same names. */
export function mapPairs(
  a: Tensors,
  b: Tensors,
  transform: (a: Tensor, b: Tensor) => Tensor,
): Tensors {
  return Object.fromEntries(
    Object.entries(a).map(([name, tensor]) => [name, transform(tensor, tensorOf(b, name))]),
  );
}

/** The tensor of that name. Throws if there is none: a state of another optimizer or network. */
export function tensorOf(tensors: Tensors, name: string): Tensor {
  const tensor = tensors[name];
  if (!tensor) {
    throw new Error(
      `The training state has no ${name}: it was saved by another optimizer or network; train anew instead.`,
    );
  }
  return tensor;
}

/** An accumulator's tensors under the names that they have in a state: `mu` + `DENSE/bias`. */
export function toState(accumulator: string, tensors: Tensors): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [`${accumulator}/${name}`, tensor]),
  );
}

/** The tensors of an accumulator in a state, under the names of the updates that it belongs to. */
export function fromState(accumulator: string, state: Tensors, updates: Tensors): Tensors {
  return Object.fromEntries(
    Object.keys(updates).map((name) => [name, tensorOf(state, `${accumulator}/${name}`)]),
  );
}
