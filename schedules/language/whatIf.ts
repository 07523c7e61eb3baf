import { countNames } from '../reading/python/training.ts';
import type { Settings, TrainingFacts } from '../reading/reading.ts';

/** Another length of training, to look at without a change of the code; null: as the code says. */
export interface WhatIf {
  readonly epochs: number | null;
  readonly batchSize: number | null;
}

/**
 * The values of a text's names under which it would train for another number of epochs, or with
 * batches of another size. Empty where no name of the text has them.
 */
export function whatIfSettings(
  { epochs, batchSize }: WhatIf,
  names: readonly string[],
  training: TrainingFacts,
): Settings {
  const settings: Record<string, string> = {};
  const set = (candidates: readonly string[], value: number): void => {
    const name = nameOf(candidates, names);
    if (name !== undefined) settings[name] = String(value);
  };
  if (epochs !== null) set(countNames.epochs, epochs);
  if (batchSize !== null) {
    set(countNames.batchSize, batchSize);
    const { batchSize: before, stepsPerEpoch } = training;
    // A count that the text writes as a number does not follow the size of the batches by itself.
    if (before !== undefined && stepsPerEpoch !== undefined) {
      set(countNames.stepsPerEpoch, Math.ceil((stepsPerEpoch * before) / batchSize));
    }
  }
  return settings;
}

/** Which of a training's counts have a name in the text, so that another value can be looked at. */
export function changeableCounts(names: readonly string[]): {
  readonly epochs: boolean;
  readonly batchSize: boolean;
} {
  return {
    epochs: nameOf(countNames.epochs, names) !== undefined,
    batchSize: nameOf(countNames.batchSize, names) !== undefined,
  };
}

/** The name among those of a text that is called as one of the candidates, the surest first. */
function nameOf(candidates: readonly string[], names: readonly string[]): string | undefined {
  return candidates
    .map((candidate) => names.find((name) => lastPart(name) === candidate))
    .find((name) => name !== undefined);
}

/** `args.epochs` -> `epochs` */
function lastPart(name: string): string {
  return (/(\w+)\W*$/.exec(name)?.[1] ?? name).toLowerCase();
}
