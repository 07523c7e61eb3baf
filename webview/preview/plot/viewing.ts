import type { Range } from '../../../schedules/drawing/axes.ts';
import { counted, placeText, rateText } from '../../shared/figures.ts';
import type { Look, Viewed } from '../../shared/plot/navigation.ts';
import type { Act } from '../page.ts';
import { readRate, visible, type Projection } from '../projection.ts';

export function viewedIn({ stretch, allSteps, crosshair }: Projection): Viewed {
  return { stretch, whole: allSteps, crosshair, grain: 1 };
}

/** What the ways through the picture change of the page. */
export function lookOf(latest: () => Projection | undefined, act: Act): Look {
  return {
    show(stretch) {
      const now = latest()?.view.stretch;
      if (stretch?.[0] === now?.[0] && stretch?.[1] === now?.[1]) return false;
      act.look({ stretch });
      return true;
    },
    read(place) {
      const now = latest();
      const crosshair = now && place !== null ? nearestStep(place, now.stretch) : null;
      if (!now || crosshair === now.crosshair) return false;
      act.change({ crosshair });
      return true;
    },
  };
}

/** The whole step in view that is nearest to a place. */
function nearestStep(step: number, [from, to]: Range): number {
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
