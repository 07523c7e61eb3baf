import { knownTraining, type KnownTraining } from '../checking/training.ts';
import { stepsPerEpoch } from '../reading/trainingSteps.ts';
import type { ReadText } from '../readSchedules.ts';

/** A text with what was read of it: of a notebook, its cells as one text. */
export interface ScheduleText {
  readonly kind: 'python' | 'notebook' | 'json';
  readonly text: string;
  readonly read: ReadText;
}

/**
 * How long is trained, where the text says it. Schedules in JSON are there to be compared on
 * Fashion-MNIST, so that the epochs alone say it.
 */
export function trainingOf({ kind, text, read }: ScheduleText): KnownTraining | undefined {
  const { training } = read;
  const known = knownTraining(training, text);
  if (known || kind !== 'json' || training.epochs === undefined) return known;
  return { epochs: training.epochs, stepsPerEpoch: stepsPerEpoch(training) };
}
