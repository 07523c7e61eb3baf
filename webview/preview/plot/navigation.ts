import type { Range } from '../../../schedules/drawing/axes.ts';
import type { Act } from '../page.ts';
import type { Projection } from '../projection.ts';
import { lengthOf, panned, zoomed } from '../stretch.ts';

/**
 * The ways through the picture, whatever they are asked for with; each tells if there was one.
 * Places are parts of the picture's width, since what is in view may have moved on since it was drawn.
 */
export interface Navigation {
  /** Zooms around a place. */
  readonly zoom: (factor: number, place: number) => boolean;
  /** Moves on by a part of what is in view. */
  readonly pan: (part: number) => boolean;
  readonly reset: () => boolean;
  /** Reads the rates at the whole step nearest to one; null: at none. */
  readonly read: (step: number | null) => boolean;
}

/** @param latest the page as it is to be drawn next. */
export function navigation(latest: () => Projection | undefined, act: Act): Navigation {
  const show = (stretch: Range | null): boolean => {
    const now = latest()?.view.stretch;
    if (stretch?.[0] === now?.[0] && stretch?.[1] === now?.[1]) return false;
    act.look({ stretch });
    return true;
  };
  return {
    zoom(factor, place) {
      const now = latest();
      if (!now) return false;
      const around = now.stretch[0] + place * lengthOf(now.stretch);
      return show(zoomed(now.stretch, now.allSteps, factor, around));
    },
    pan(part) {
      const now = latest();
      return (
        now !== undefined && show(panned(now.stretch, now.allSteps, part * lengthOf(now.stretch)))
      );
    },
    reset: () => show(null),
    read(step) {
      const now = latest();
      const crosshair = now && step !== null ? nearestStep(step, now.stretch) : null;
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
