import type { TrainingSettings } from '../protocol.ts';

/** Optimizer steps of an epoch; a smaller last batch is one of them. */
export function batchesPerEpoch(settings: TrainingSettings): number {
  return Math.ceil(settings.trainExamples / settings.batchSize);
}

/** The loss of an epoch: the mean of its batch losses, added up in their order. */
export function meanLoss(losses: readonly number[]): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
