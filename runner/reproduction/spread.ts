import { compare, type ComparisonOptions } from '../comparison/compare.ts';
import type { Plan } from '../comparison/plan.ts';
import { afterEvent, type ComparisonState } from '../comparison/runStates.ts';
import { InputError } from '../inputError.ts';
import { figuresOutside, type Deviation, type Figures } from './deviations.ts';

/** The largest part of itself by which a starting weight is moved: about float32's rounding. */
export const perturbationSize = 1e-7;
const starts = 12;

/** An epoch's figures from starts that differ by rounding only. */
export interface Spread {
  readonly deviation: Deviation;
  /** Of the unmoved start first. */
  readonly figures: readonly Figures[];
}

export type SpreadOptions = Omit<ComparisonOptions, 'plan'>;

/**
 * Trains the epoch of a deviation again from starts that were moved by float32's rounding. Where
 * that alone moves the figures over the printed one, the epoch is chaotic, and no program on other
 * hardware can be expected to hit it.
 */
export async function spreadOf(
  deviation: Deviation,
  plan: Plan,
  options: SpreadOptions,
): Promise<Spread> {
  const { run, epoch, trained } = deviation;
  const planned = plan.runs.find((other) => other.run === run);
  if (!planned) throw new Error(`The plan has no run '${run}'.`);
  const stepsPerEpoch = planned.learningRates.length / plan.settings.epochs;
  const runs = Array.from({ length: starts }, (_, i) => ({
    ...planned,
    run: `${run}, moved start ${i + 1}`,
    learningRates: planned.learningRates.subarray(0, epoch * stepsPerEpoch),
    perturbation: { size: perturbationSize, seed: i + 1 },
  }));

  let state: ComparisonState | undefined;
  const outcome = await compare({
    ...options,
    plan: {
      comparison: `${run}, epoch ${epoch}`,
      settings: { ...plan.settings, epochs: epoch },
      runs,
    },
    onEvent(event, when) {
      state = afterEvent(state, event);
      options.onEvent(event, when);
    },
  });
  if (outcome !== 'completed') {
    throw new InputError(`The study of '${run}' ${outcome}; run it again.`);
  }
  const moved = [...(state?.runs.values() ?? [])].flatMap(({ epochs }) => epochs.at(-1) ?? []);
  return { deviation, figures: [trained, ...moved] };
}

/** Whether every figure that missed its tolerance lies inside of what rounding makes of it. */
export function explains({ deviation, figures }: Spread): boolean {
  return figuresOutside(deviation).every((name) => {
    const [low, high] = rangeOf(figures, name);
    return low <= deviation.printed[name] && deviation.printed[name] <= high;
  });
}

export function rangeOf(figures: readonly Figures[], name: keyof Figures): [number, number] {
  const values = figures.map((figure) => figure[name]);
  return [Math.min(...values), Math.max(...values)];
}
