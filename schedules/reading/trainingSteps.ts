import type { TrainingFacts } from './reading.ts';

/** Fashion-MNIST's training images, which comparisons train on. */
export const fashionMnistExamples = 60_000;
export const fashionMnistTestExamples = 10_000;
export const defaultEpochs = 10;
export const defaultBatchSize = 256;

/** Optimizer steps of an epoch: the last, smaller batch counts as one. */
export function stepsPerEpoch(training: TrainingFacts): number {
  const examples = training.trainExamples ?? fashionMnistExamples;
  return Math.ceil(examples / (training.batchSize ?? defaultBatchSize));
}

/** Optimizer steps of a training, where the text says for how many epochs it trains. */
export function trainingSteps(training: TrainingFacts): number | undefined {
  return training.epochs === undefined ? undefined : training.epochs * stepsPerEpoch(training);
}
