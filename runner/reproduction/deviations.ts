import type { ComparisonState } from '../comparison/runStates.ts';
import { InputError } from '../inputError.ts';
import printed from './printed.json' with { type: 'json' };

/** How far an epoch may be from what the tutorial printed. */
export const tolerances = {
  /** Relative. */
  loss: 0.003,
  accuracy: 0.006,
} as const;

/** An epoch of a run: what the tutorial printed, and what was trained here. */
export interface Deviation {
  readonly run: string;
  readonly epoch: number;
  readonly printed: Figures;
  readonly trained: Figures;
}

export interface Figures {
  readonly loss: number;
  readonly accuracy: number;
}

/** The names of the tutorial's 14 runs. */
export const printedRuns: readonly string[] = printed.runs.map(({ run }) => run);

/**
 * Every epoch that the tutorial printed, beside the trained one.
 *
 * @throws InputError where a run or an epoch is missing.
 */
export function deviationsOf(state: ComparisonState): readonly Deviation[] {
  return printed.runs.flatMap(({ run, loss, accuracy }) =>
    loss.map((printedLoss, i) => {
      const epoch = i + 1;
      const trained = state.runs.get(run)?.epochs.find((other) => other.epoch === epoch);
      if (!trained)
        throw new InputError(`Epoch ${epoch} of '${run}' was not trained; run it again.`);
      return { run, epoch, printed: { loss: printedLoss, accuracy: accuracy[i] ?? NaN }, trained };
    }),
  );
}

/** The loss's deviation relative to the printed one. */
export function lossDeviation({ printed, trained }: Deviation): number {
  return trained.loss / printed.loss - 1;
}

export function accuracyDeviation({ printed, trained }: Deviation): number {
  return trained.accuracy - printed.accuracy;
}

/** Which figures of an epoch are further from the printed ones than the tolerances. */
export function figuresOutside(deviation: Deviation): readonly (keyof Figures)[] {
  const outside: (keyof Figures)[] = [];
  if (!(Math.abs(lossDeviation(deviation)) <= tolerances.loss)) outside.push('loss');
  if (!(Math.abs(accuracyDeviation(deviation)) <= tolerances.accuracy)) outside.push('accuracy');
  return outside;
}
