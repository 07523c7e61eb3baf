import type { TrainingFacts } from '../reading.ts';
import { lossReduction } from './lossReduction.ts';
import type { Machine } from './machine/machine.ts';
import type { Value } from './values/value.ts';

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
