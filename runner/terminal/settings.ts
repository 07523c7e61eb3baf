import {
  comparisonTraining,
  trainingProblem,
  type TrainingChoices,
  type TrainingProblem,
} from '../../schedules/comparing/training.ts';
import type { TrainingFacts } from '../../schedules/reading/reading.ts';
import { InputError } from '../inputError.ts';
import type { TrainingSettings } from '../protocol.ts';
import type { ReadFile } from './files.ts';

/** What the command line says of a training. */
export interface SettingOptions extends TrainingChoices {
  readonly seeds?: number;
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
  const settings = comparisonTraining(facts, options);
  const problem = trainingProblem(settings, options.seeds);
  if (problem) throw new InputError(problemText(problem));
  return settings;
}

function problemText({ setting, value, message }: TrainingProblem): string {
  switch (setting) {
    case 'trainExamples':
      return `--train-examples ${value} ${message}.`;
    case 'testExamples':
      return `--test-examples ${value} ${message}.`;
    case 'seed':
      return `--seed ${value} ${message}.`;
    case 'batchSize':
      return `A batch of ${value} ${message}; give a smaller --batch-size.`;
  }
}
