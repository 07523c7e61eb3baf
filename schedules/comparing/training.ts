import { sgd, optimizers } from '../optax/optimizers.ts';
import { ownParameters } from '../reading/json/training.ts';
import type { OptimizerChoice, TrainingFacts } from '../reading/reading.ts';
import {
  defaultBatchSize,
  defaultEpochs,
  fashionMnistExamples,
  fashionMnistTestExamples,
} from '../reading/trainingSteps.ts';
import type { ClippingOptimizer } from './comparable.ts';

/** What all runs of a comparison share. */
export interface ComparisonTraining {
  readonly epochs: number;
  readonly batchSize: number;
  readonly trainExamples: number;
  readonly testExamples: number;
  readonly seed: number;
  readonly shuffle: boolean;
  readonly lossReduction: 'sum' | 'mean';
  readonly optimizer: ClippingOptimizer;
}

/** What a person says of a training; what is absent is as the file says. */
export type TrainingChoices = Partial<Omit<ComparisonTraining, 'optimizer'>>;

/** A person's choices win over what the text says, and that over the tutorial's settings. */
export function comparisonTraining(
  facts: TrainingFacts,
  choices: TrainingChoices,
): ComparisonTraining {
  return {
    epochs: choices.epochs ?? facts.epochs ?? defaultEpochs,
    batchSize: choices.batchSize ?? facts.batchSize ?? defaultBatchSize,
    trainExamples: choices.trainExamples ?? facts.trainExamples ?? fashionMnistExamples,
    testExamples: choices.testExamples ?? facts.testExamples ?? fashionMnistTestExamples,
    seed: choices.seed ?? facts.seed ?? 0,
    shuffle: choices.shuffle ?? false,
    lossReduction: choices.lossReduction ?? facts.lossReduction ?? 'sum',
    optimizer: {
      ...(facts.optimizer ?? defaultOptimizer(sgd.name)),
      clipByGlobalNorm: facts.clipByGlobalNorm ?? null,
    },
  };
}

/** An optimizer that comparisons have, with the arguments that Optax gives it by default. */
export function defaultOptimizer(name: string): OptimizerChoice {
  const optimizer = optimizers.find((one) => one.name === name) ?? sgd;
  const args = ownParameters(optimizer).map(
    ({ name, default: value = null }) => [name, value] as const,
  );
  return { name: optimizer.name, args: Object.fromEntries(args) };
}

/** Steps of one run; a smaller last batch of an epoch is one of them. */
export function stepsOf({
  epochs,
  trainExamples,
  batchSize,
}: Pick<ComparisonTraining, 'epochs' | 'trainExamples' | 'batchSize'>): number {
  return epochs * Math.ceil(trainExamples / batchSize);
}

/** Why nothing can be trained so: the setting that is wrong, and how a sentence goes on from its value. */
export interface TrainingProblem {
  readonly setting: 'trainExamples' | 'testExamples' | 'batchSize' | 'seed';
  readonly value: number;
  readonly message: string;
}

/** @param seeds how often each schedule is trained, from the weights of as many seeds. */
export function trainingProblem(
  training: ComparisonTraining,
  seeds = 1,
): TrainingProblem | undefined {
  const { trainExamples, testExamples, batchSize, seed } = training;
  const lastSeed = seed + seeds - 1;
  const tooMany = (available: number, what: string): string =>
    `is too many: there are ${available} ${what}`;
  if (trainExamples > fashionMnistExamples) {
    const message = tooMany(fashionMnistExamples, 'training images');
    return { setting: 'trainExamples', value: trainExamples, message };
  }
  if (testExamples > fashionMnistTestExamples) {
    const message = tooMany(fashionMnistTestExamples, 'test images');
    return { setting: 'testExamples', value: testExamples, message };
  }
  if (batchSize > trainExamples) {
    const message = `is more than the ${trainExamples} images to train on`;
    return { setting: 'batchSize', value: batchSize, message };
  }
  if (lastSeed > largestSeed) {
    const message = `is too large: a seed is at most ${largestSeed}`;
    return { setting: 'seed', value: lastSeed, message };
  }
  return undefined;
}

/** JAX keeps the low 32 bits of a seed: a larger one would repeat a smaller one's weights. */
const largestSeed = 2 ** 32 - 1;
