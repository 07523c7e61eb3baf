import { mul } from '@tensorflow/tfjs-core';
import type { Tensors } from '../parameters.ts';
import { mapTensors } from './tensors.ts';

/** What a transformation may look at besides the updates and its state. */
export interface Context {
  /** The parameters before this step. */
  readonly parameters: Tensors;
  readonly learningRate: number;
}

/** The updates of one step and the state after it. */
export interface Transformed {
  readonly updates: Tensors;
  readonly state: Tensors;
}

/**
 * A step on the way from gradients to updates, as in Optax: optimizers are chains of them.
 *
 * The state is a flat record of tensors under Optax's names, such as `count` and
 * `mu/CONV1/kernel`. A transformation gets the state of its whole chain, reads the names that its
 * own `init` made, and returns these anew.
 */
export interface GradientTransformation {
  readonly init: (parameters: Tensors) => Tensors;
  readonly update: (updates: Tensors, state: Tensors, context: Context) => Transformed;
}

/** `optax.chain`: each transformation gets the updates that the one before it returns. */
export function chain(
  ...transformations: readonly GradientTransformation[]
): GradientTransformation {
  return {
    init: (parameters) =>
      Object.assign({}, ...transformations.map(({ init }) => init(parameters))) as Tensors,
    update: (updates, state, context) =>
      transformations.reduce<Transformed>(
        (before, { update }) => {
          const after = update(before.updates, state, context);
          return { updates: after.updates, state: { ...before.state, ...after.state } };
        },
        { updates, state: {} },
      ),
  };
}

/** A transformation that keeps nothing from one step to the next. */
export function stateless(
  transform: (updates: Tensors, context: Context) => Tensors,
): GradientTransformation {
  return {
    init: () => ({}),
    update: (updates, _state, context) => ({ updates: transform(updates, context), state: {} }),
  };
}

/** `optax.scale_by_learning_rate`: updates go against the gradients. */
export const scaleByLearningRate = stateless((updates, { learningRate }) =>
  mapTensors(updates, (update) => mul(update, -learningRate)),
);
