import { assumedSteps, guessByName } from '../reading/python/schedules/assumptions.ts';

/** What a name of training code stands for. */
export type NameMeaning =
  | 'warm-up fraction'
  | 'warm-up epochs'
  | 'warm-up steps'
  | 'steps per epoch'
  | 'epochs'
  | 'batch size'
  | 'examples'
  | 'steps'
  | 'end rate'
  | 'initial rate'
  | 'rate';

/** The meaning of a name, by the same patterns that values are assumed by; undefined of most names. */
export function meaningOf(name: string): NameMeaning | undefined {
  const guess = guessByName(name);
  const isWarmup = /warm/i.test(name);
  switch (guess?.unit) {
    case 'fraction of the total steps':
      return 'warm-up fraction';
    case 'epochs':
      return isWarmup ? 'warm-up epochs' : 'epochs';
    case 'steps':
      if (guess.value === assumedSteps) return 'steps';
      return isWarmup ? 'warm-up steps' : 'steps per epoch';
    case 'learning rate':
      if (guess.value === 0) return 'end rate';
      return /init|start/i.test(name) ? 'initial rate' : 'rate';
    case 'examples':
      // `train_images` is an array; `num_images` is a number.
      return /^(?:n|num|number|len|size|total)_|_(?:size|len|count)$|(?:examples|samples)$/i.test(
        name,
      )
        ? 'examples'
        : undefined;
    case 'count':
      return /batch|^bs/i.test(name) ? 'batch size' : undefined;
    default:
      return undefined;
  }
}
