import { sampleSchedule } from '../drawing/sampling.ts';
import { naturalLength } from '../optax/phases.ts';
import type { Definition, Reading, TrainingFacts } from '../reading/reading.ts';
import { trainingSteps } from '../reading/trainingSteps.ts';
import type { Finding } from './finding.ts';
import { finding } from './findingKinds.ts';

/** A curve is looked at as closely as for a picture of so many columns. */
const mostColumns = 16;
/** The same for all curves of a text together, so that thousands of them are read as well. */
const mostColumnsOfAll = 128;

const evaluationsPerColumn = 4;

/** Optax counts in int32; beyond it nobody trains. */
const mostSteps = 2 ** 31;

/**
 * Warns of rates that are NaN or infinite, which Optax accepts and no network survives. Not of
 * schedules that rest on assumptions, nor of interpreted ones, whose NaN may mean that nothing is
 * known.
 */
export function nonFiniteRateFindings({ definitions, training }: Reading): readonly Finding[] {
  const columns = Math.min(mostColumns, Math.ceil(mostColumnsOfAll / definitions.length));
  return definitions.flatMap((definition) => nonFiniteRate(definition, training, columns) ?? []);
}

function nonFiniteRate(
  { name, schedule, assumptions, span }: Definition,
  training: TrainingFacts,
  columns: number,
): Finding | undefined {
  if (!schedule || schedule.interpreted || assumptions.length > 0) return undefined;
  const length = Math.min(mostSteps, trainingSteps(training) ?? naturalLength(schedule.phases) + 1);
  const points = sampleSchedule(schedule, length, columns, evaluationsPerColumn);
  const gap = points.findIndex(({ y }) => !Number.isFinite(y));
  if (gap < 0) return undefined;
  // The first such step lies after the last point that is finite.
  let before = points[gap - 1]?.x ?? -1;
  let step = points[gap]?.x ?? 0;
  while (step - before > 1) {
    const middle = Math.floor((before + step) / 2);
    if (Number.isFinite(schedule.schedule(middle))) before = middle;
    else step = middle;
  }
  const message = `The rate of '${name}' is ${schedule.schedule(step)} at step ${step}; change its arguments, or training ends in NaN.`;
  return finding('non-finite-rate', message, span);
}
