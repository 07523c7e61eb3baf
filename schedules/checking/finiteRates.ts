import { naturalLength } from '../optax/phases.ts';
import type { Definition, Reading, TrainingFacts } from '../reading/reading.ts';
import { trainingSteps } from '../reading/trainingSteps.ts';
import type { Finding } from './finding.ts';

/** A curve is looked at in so many steps at the most: every one of most schedules. */
const mostSteps = 100_000;
/** The same for all curves of a text together, so that thousands of them are read as well. */
const mostStepsOfAll = 2_000_000;

/** Warns of rates that are NaN or infinite, which Optax accepts and no network survives. */
export function nonFiniteRateFindings({ definitions, training }: Reading): readonly Finding[] {
  const steps = Math.min(mostSteps, Math.ceil(mostStepsOfAll / definitions.length));
  return definitions.flatMap((definition) => nonFiniteRate(definition, training, steps) ?? []);
}

function nonFiniteRate(
  { name, schedule, span }: Definition,
  training: TrainingFacts,
  steps: number,
): Finding | undefined {
  if (!schedule) return undefined;
  const length = trainingSteps(training) ?? naturalLength(schedule.phases) + 1;
  const stride = Math.max(1, Math.ceil(length / steps));
  for (let step = 0; step < length; step += stride) {
    const rate = schedule.schedule(step);
    if (Number.isFinite(rate)) continue;
    const message = `The rate of '${name}' is ${rate} at step ${step}; change its arguments, or training ends in NaN.`;
    return { code: 'non-finite-rate', severity: 'warning', message, span };
  }
  return undefined;
}
