import { sgd } from '../../schedules/optax/optimizers.ts';
import { ownParameters } from '../../schedules/reading/json/training.ts';
import type { TrainingFacts } from '../../schedules/reading/reading.ts';
import { defaultBatchSize, defaultEpochs } from '../../schedules/reading/trainingSteps.ts';
import { fashionMnist } from '../data/files.ts';
import { InputError } from '../inputError.ts';
import type { LossReduction, TrainingSettings } from '../protocol.ts';
import type { ReadFile } from './files.ts';

/** What the command line says of a training. */
export interface SettingOptions {
  readonly epochs?: number;
  readonly batchSize?: number;
  readonly trainExamples?: number;
  readonly testExamples?: number;
  readonly seed?: number;
  readonly seeds?: number;
  readonly shuffle?: boolean;
  readonly lossReduction?: LossReduction;
}

/**
 * The command line wins over the files, these win over the tutorial's settings.
 *
 * @throws InputError for more images than there are, or a batch larger than the data.
 */
export function settingsOf(read: readonly ReadFile[], options: SettingOptions): TrainingSettings {
  const facts = read.reduce<TrainingFacts>(
    (all, file) => ({ ...all, ...file.reading.training }),
    {},
  );
  const optimizer = facts.optimizer ?? { name: 'sgd', args: sgdDefaults() };
  const settings = {
    epochs: options.epochs ?? facts.epochs ?? defaultEpochs,
    batchSize: options.batchSize ?? facts.batchSize ?? defaultBatchSize,
    trainExamples: options.trainExamples ?? facts.trainExamples ?? fashionMnist.train.count,
    testExamples: options.testExamples ?? facts.testExamples ?? fashionMnist.test.count,
    seed: options.seed ?? facts.seed ?? 0,
    shuffle: options.shuffle ?? false,
    lossReduction: options.lossReduction ?? facts.lossReduction ?? 'sum',
    optimizer: { ...optimizer, clipByGlobalNorm: facts.clipByGlobalNorm ?? null },
  } as const;
  const { train, test } = fashionMnist;
  checkCount('--train-examples', settings.trainExamples, train.count, 'training images');
  checkCount('--test-examples', settings.testExamples, test.count, 'test images');
  const { batchSize, trainExamples } = settings;
  if (batchSize > trainExamples) {
    throw new InputError(
      `A batch of ${batchSize} is more than the ${trainExamples} images to train on; give a smaller --batch-size.`,
    );
  }
  const lastSeed = settings.seed + (options.seeds ?? 1) - 1;
  if (lastSeed > largestSeed) {
    throw new InputError(`--seed ${lastSeed} is too large: a seed is at most ${largestSeed}.`);
  }
  return settings;
}

/** JAX keeps the low 32 bits of a seed: a larger one would repeat a smaller one's weights. */
const largestSeed = 2 ** 32 - 1;

function checkCount(option: string, count: number, available: number, what: string): void {
  if (count <= available) return;
  throw new InputError(`${option} ${count} is too many: there are ${available} ${what}.`);
}

function sgdDefaults(): Record<string, number | boolean | null> {
  return Object.fromEntries(
    ownParameters(sgd).map(({ name, default: value = null }) => [name, value]),
  );
}
