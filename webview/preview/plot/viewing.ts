import { counted, placeText, rateText } from '../../shared/figures.ts';
import type { Viewed } from '../../shared/plot/navigation.ts';
import { readRate, visible, type Projection } from '../projection.ts';

export function viewedIn({ stretch, allSteps, crosshair }: Projection): Viewed {
  return { stretch, whole: allSteps, crosshair, grain: 1 };
}

/** The whole step in view that is nearest to a place. */
export function nearestStep(step: number, { stretch: [from, to] }: Projection): number {
  return Math.round(Math.min(Math.max(step, Math.ceil(from)), Math.floor(to)));
}

/** The step and the rate of the active schedule; of all, if none is. */
export function readingText(projection: Projection): string {
  const { crosshair: step, active, state } = projection;
  if (step === null) return counted(visible(projection).length, 'curve');
  const read = (active && !active.isHidden ? [active] : visible(projection)).map((schedule) => {
    const rate = readRate(projection, schedule, step)?.rate;
    return rate === undefined ? '' : `${schedule.name} ${rateText(rate)}`;
  });
  return [placeText(step, state.training.stepsPerEpoch), ...read].join(', ');
}
