import type { TrainingSettings } from '../protocol.ts';

/**
 * The same for settings of runs that can be trained in lockstep, since these see the same batches and
 * have the same optimizer: only their weights and learning rates differ.
 */
export function lockstepKind(settings: TrainingSettings): string {
  const known = kinds.get(settings);
  if (known !== undefined) return known;
  // Without shuffling all seeds see the same batches.
  const kind = JSON.stringify({ ...settings, seed: settings.shuffle ? settings.seed : null });
  kinds.set(settings, kind);
  return kind;
}

/** A supervisor asks often. */
const kinds = new WeakMap<TrainingSettings, string>();

/**
 * How many workers are needed for runs to train at the same time.
 *
 * @param mostInLockstep how many runs with such settings one worker trains.
 */
export function workersNeeded(
  runs: readonly TrainingSettings[],
  mostInLockstep: (settings: TrainingSettings) => number,
): number {
  const counts = new Map<string, { runs: number; readonly most: number }>();
  for (const settings of runs) {
    const kind = lockstepKind(settings);
    const known = counts.get(kind) ?? { runs: 0, most: mostInLockstep(settings) };
    known.runs++;
    counts.set(kind, known);
  }
  return [...counts.values()].reduce((sum, { runs, most }) => sum + Math.ceil(runs / most), 0);
}
