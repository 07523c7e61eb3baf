import { optimizers } from '../../optax/optimizers.ts';
import type { OptimizerChoice, TrainingFacts } from '../reading.ts';
import type { OptimizerCall } from './machine/journal.ts';
import type { Machine } from './machine/machine.ts';
import { alternatives } from './machine/forks.ts';
import { lossReduction } from './lossReduction.ts';
import {
  firstGiven,
  isObject,
  isUncertain,
  type CallArguments,
  type Transformation,
  type Value,
} from './values/value.ts';

/** How the counts of a training are called, the surer names first. */
export const countNames = {
  epochs: [
    'epochs',
    'num_epochs',
    'n_epochs',
    'nepochs',
    'max_epochs',
    'train_epochs',
    'num_train_epochs',
    'total_epochs',
    'epoch_count',
  ],
  batchSize: ['batch_size', 'train_batch_size', 'batchsize', 'bs', 'per_device_train_batch_size'],
  stepsPerEpoch: [
    'steps_per_epoch',
    'batches_per_epoch',
    'num_batches',
    'iters_per_epoch',
    'num_steps_per_epoch',
  ],
} as const;

/** What a text says of its training, by the usual names of what it computes. */
export function trainingFacts(machine: Machine, text: string): TrainingFacts {
  const numbers = new Map(
    [...machine.journal.numbers].map(([name, value]) => [name.toLowerCase(), value]),
  );
  const facts = Object.entries(countNames).flatMap(([fact, names]) => {
    const count = names.map((name) => countOf(numbers.get(name))).find((one) => one !== undefined);
    return count === undefined ? [] : [[fact, count] as const];
  });
  const reduction = lossReduction(text);
  return { ...Object.fromEntries(facts), ...(reduction && { lossReduction: reduction }) };
}

function countOf(value: Value | undefined): number | undefined {
  // What is only assumed says nothing of the training.
  if (typeof value !== 'bigint') return undefined;
  const count = Number(value);
  return count >= 1 && Number.isSafeInteger(count) ? count : undefined;
}

/** Optimizers by the transformation that is the heart of them, in a chain. */
const optimizerOfScaling: Readonly<Partial<Record<string, string>>> = {
  scale_by_adam: 'adam',
  scale_by_lion: 'lion',
  scale_by_rms: 'rmsprop',
};

/** The optimizer of a call as a comparison trains with it; undefined where it has no such one. */
export function optimizerChoice(
  machine: Machine,
  call: OptimizerCall,
): OptimizerChoice | undefined {
  if (optimizers.some(({ name }) => name === call.optimizer)) {
    return choiceOf(call.optimizer, call.args);
  }
  // A chain of transformations of which one is given the rate.
  const parts = chainAround(machine, call);
  if (!parts) return undefined;
  const scalings = parts.filter(({ name }) => /^scale_by_(?!schedule|learning_rate)/.test(name));
  const [scaling] = scalings;
  if (!scaling) return choiceOf('sgd', { positional: [], keywords: new Map() });
  const name = optimizerOfScaling[scaling.name];
  return name !== undefined && scalings.length === 1 ? choiceOf(name, scaling.args, 0) : undefined;
}

/** @param first where in its parameters the positional arguments begin: after the rate, or before. */
function choiceOf(
  optimizer: string,
  { positional, keywords }: CallArguments,
  first = 1,
): OptimizerChoice | undefined {
  const f = optimizers.find(({ name }) => name === optimizer);
  if (!f) return undefined;
  const entries = f.parameters.flatMap(({ name, kind, default: standard = null }, i) => {
    if (kind !== 'number' && kind !== 'boolean') return [];
    const value = plainOf(firstGiven(keywords.get(name), positional[i - 1 + first]));
    return [[name, value ?? standard] as const];
  });
  return { name: f.name, args: Object.fromEntries(entries) };
}

function plainOf(value: Value | undefined): number | boolean | undefined {
  const [first] = value === undefined ? [] : alternatives(value);
  const plain = first?.value;
  if (typeof plain === 'boolean' || typeof plain === 'number') return plain;
  return typeof plain === 'bigint' ? Number(plain) : undefined;
}

/** The transformations of the chain that a call is a part of, or that it stands for. */
function chainAround(
  machine: Machine,
  { object }: OptimizerCall,
): readonly Transformation[] | undefined {
  const chain = machine.journal.chains.find((one) => one === object || one.parts.includes(object));
  return chain?.parts.filter(
    (part): part is Transformation =>
      isObject(part) && !isUncertain(part) && part.kind === 'transformation',
  );
}

/** The greatest norm of the gradients where a chain clips them before the optimizer. */
export function clippingNorm(machine: Machine, call: OptimizerCall): number | undefined {
  const clipping = chainAround(machine, call)?.find(({ name }) => name === 'clip_by_global_norm');
  const given = clipping?.args.keywords.get('max_norm') ?? clipping?.args.positional[0];
  const norm = plainOf(given);
  return typeof norm === 'number' && norm > 0 ? norm : undefined;
}
