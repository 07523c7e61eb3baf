import type { OptimizerSettings } from '../../protocol.ts';
import type { Tensors } from '../parameters.ts';
import { addDecayedWeights } from './addDecayedWeights.ts';
import { clipByGlobalNorm } from './clipByGlobalNorm.ts';
import {
  chain,
  scaleByLearningRate,
  type GradientTransformation,
  type Transformed,
} from './gradientTransformation.ts';
import { scaleByAdam } from './scaleByAdam.ts';
import { scaleByLion } from './scaleByLion.ts';
import { scaleByRms } from './scaleByRms.ts';
import { scaleByRss } from './scaleByRss.ts';
import { trace } from './trace.ts';

/** An optimizer of Optax 0.2.8: the same formulas, defaults, order of operations and names. */
export interface Optimizer {
  /** The state before the first step: tensors under Optax's names, none for plain SGD. */
  readonly init: (parameters: Tensors) => Tensors;

  /**
   * What to add to the parameters in this step, and the state after it.
   *
   * Call it inside `tf.tidy`, add the updates there, and return the new state from it: nothing is
   * disposed of here, and an update may be the very tensor that the state holds.
   *
   * Throws if the state lacks a tensor: it was made by another optimizer or for other parameters.
   */
  readonly update: (
    gradients: Tensors,
    state: Tensors,
    parameters: Tensors,
    learningRate: number,
  ) => Transformed;
}

/**
 * The optimizer that the settings describe. Arguments have Optax's names and are complete, with
 * defaults (`schedules/optax/optimizers.ts` has them).
 *
 * Throws for an optimizer that Anneal does not have, or an argument that is missing or mistyped.
 */
export function createOptimizer({
  name,
  args,
  clipByGlobalNorm: maxNorm,
}: OptimizerSettings): Optimizer {
  const transformations = builders[name];
  if (!transformations) {
    const known = Object.keys(builders).join(', ');
    throw new Error(`Anneal cannot train with ${name}; use one of ${known}.`);
  }
  const { init, update } = chain(
    ...(maxNorm === null ? [] : [clipByGlobalNorm(maxNorm)]),
    ...transformations(argumentReader(name, args)),
  );
  return {
    init,
    update: (gradients, state, parameters, learningRate) =>
      update(gradients, state, { parameters, learningRate }),
  };
}

/** Each optimizer's chain, as in Optax's `alias.py`. */
const builders: Readonly<
  Record<string, (args: ArgumentReader) => readonly GradientTransformation[]>
> = {
  sgd: (args) => [...momentum(args), scaleByLearningRate],
  adam: (args) => [adam(args), scaleByLearningRate],
  nadam: (args) => [adam(args), scaleByLearningRate],
  adamw: (args) => [
    adam(args),
    addDecayedWeights(args.number('weight_decay')),
    scaleByLearningRate,
  ],
  lion: ({ number }) => [
    scaleByLion(number('b1'), number('b2')),
    addDecayedWeights(number('weight_decay')),
    scaleByLearningRate,
  ],
  // Optax's order: the momentum of RMSProp adds up updates that are already scaled by their rates.
  rmsprop: (args) => [rms(args), scaleByLearningRate, ...momentum(args)],
  adagrad: ({ number }) => [
    scaleByRss(number('initial_accumulator_value'), number('eps')),
    scaleByLearningRate,
  ],
};

function momentum({ number, flag, isNone }: ArgumentReader): readonly GradientTransformation[] {
  return isNone('momentum') ? [] : [trace(number('momentum'), flag('nesterov'))];
}

function adam({ number, flag }: ArgumentReader): GradientTransformation {
  return scaleByAdam({
    b1: number('b1'),
    b2: number('b2'),
    eps: number('eps'),
    epsRoot: number('eps_root'),
    nesterov: flag('nesterov'),
  });
}

function rms({ number, flag }: ArgumentReader): GradientTransformation {
  return scaleByRms({
    decay: number('decay'),
    eps: number('eps'),
    initialScale: number('initial_scale'),
    epsInSqrt: flag('eps_in_sqrt'),
    centered: flag('centered'),
    biasCorrection: flag('bias_correction'),
  });
}

/** Reads arguments that are complete and of the right kinds, or throws. */
export interface ArgumentReader {
  readonly number: (name: string) => number;
  readonly flag: (name: string) => boolean;
  readonly isNone: (name: string) => boolean;
}

export function argumentReader(optimizer: string, args: OptimizerSettings['args']): ArgumentReader {
  const wrong = (name: string, kind: string) =>
    new Error(`${optimizer} needs ${kind} for ${name}, not ${String(args[name])}.`);
  return {
    number(name) {
      const value = args[name];
      if (typeof value !== 'number') throw wrong(name, 'a number');
      return value;
    },
    flag(name) {
      const value = args[name];
      if (typeof value !== 'boolean') throw wrong(name, 'true or false');
      return value;
    },
    isNone: (name) => args[name] === null,
  };
}
