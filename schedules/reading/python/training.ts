import { optimizers } from '../../optax/optimizers.ts';
import type { OptimizerChoice, TrainingFacts } from '../reading.ts';
import type { OptimizerCall } from './machine/journal.ts';
import type { Machine } from './machine/machine.ts';
import { alternatives } from './machine/forks.ts';
import { isObject, isUncertain, type CallArguments, type Value } from './values/value.ts';

/** How the counts of a training are called, the surer names first. */
const countNames = {
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

/** How the losses of a batch become one where the text takes a cross-entropy. */
function lossReduction(text: string): 'sum' | 'mean' | undefined {
  const losses = /(?:softmax_cross_entropy|sigmoid_binary_cross_entropy|optax\.losses?\.)\w*\(/g;
  for (const { index } of text.matchAll(losses)) {
    const before = text.slice(Math.max(0, index - 100), index);
    const [, outer] = /\b(mean|average|sum)\(\s*(?:\w+\.)*$/.exec(before) ?? [];
    if (outer !== undefined) return outer === 'sum' ? 'sum' : 'mean';
    const after = text.slice(index, index + 400);
    const [, reduced] =
      /^[^=]*?\)\s*\.(mean|sum)\(/.exec(after) ?? /\b(?:jnp|np)\.(mean|sum)\(/.exec(after) ?? [];
    if (reduced === 'mean' || reduced === 'sum') return reduced;
  }
  return undefined;
}

/** The optimizer of a call as a comparison trains with it; undefined where it has no such one. */
export function optimizerChoice({ optimizer, args }: OptimizerCall): OptimizerChoice | undefined {
  const f = optimizers.find(({ name }) => name === optimizer);
  if (!f) return undefined;
  const own = f.parameters.filter(({ kind }) => kind === 'number' || kind === 'boolean');
  const entries = own.map(({ name, default: standard = null }) => {
    const position = f.parameters.findIndex((parameter) => parameter.name === name);
    const value = plainOf(args.keywords.get(name) ?? args.positional[position]);
    return [name, value ?? standard] as const;
  });
  return { name: f.name, args: Object.fromEntries(entries) };
}

function plainOf(value: Value | undefined): number | boolean | undefined {
  const [first] = value === undefined ? [] : alternatives(value);
  const plain = first?.value;
  if (typeof plain === 'boolean' || typeof plain === 'number') return plain;
  return typeof plain === 'bigint' ? Number(plain) : undefined;
}

/** The greatest norm of the gradients where a chain clips them before the optimizer. */
export function clippingNorm(machine: Machine, { object }: OptimizerCall): number | undefined {
  for (const call of machine.journal.chains) {
    const parts = call.parts.filter((part) => isObject(part) && !isUncertain(part));
    if (!parts.includes(object)) continue;
    for (const part of parts) {
      if (!isObject(part) || part.kind !== 'transformation' || part.name !== 'clip_by_global_norm')
        continue;
      const norm = plainOf(argument(part.args, 'max_norm'));
      if (typeof norm === 'number' && norm > 0) return norm;
    }
  }
  return undefined;
}

function argument({ positional, keywords }: CallArguments, name: string): Value | undefined {
  return keywords.get(name) ?? positional[0];
}
