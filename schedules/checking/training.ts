import type { TrainingFacts } from '../reading/reading.ts';

/** How long a training takes, as its text says itself: no default stands in. */
export interface KnownTraining {
  readonly epochs: number;
  readonly stepsPerEpoch: number;
}

/** Optimizers that update once for several batches: how often is not known. */
const accumulates = /\b(?:MultiSteps|apply_every)\b/;

/** @param text what the facts were read from. */
export function knownTraining(facts: TrainingFacts, text: string): KnownTraining | undefined {
  const { epochs, trainExamples, batchSize } = facts;
  const batches = trainExamples && batchSize ? Math.ceil(trainExamples / batchSize) : undefined;
  const stepsPerEpoch = facts.stepsPerEpoch ?? batches;
  if (!epochs || !stepsPerEpoch || accumulates.test(text)) return undefined;
  return { epochs, stepsPerEpoch };
}
