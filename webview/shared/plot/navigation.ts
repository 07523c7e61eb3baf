import type { Range } from '../../../schedules/drawing/axes.ts';
import { lengthOf, panned, zoomed } from './stretch.ts';

/** What of a picture is in view, in steps (or in seconds). */
export interface Viewed {
  readonly stretch: Range;
  /** All that there is. */
  readonly whole: Range;
  /** The place that is read. */
  readonly crosshair: number | null;
  /** The least that matters, such as 1 step. */
  readonly grain: number;
}

/** What the ways through a picture change; each tells if that is a change. */
export interface Look {
  /** Null: all that there is. */
  show(stretch: Range | null): boolean;
  /** Reads the figures as near to a place as there are some; null: at none. */
  read(place: number | null): boolean;
}

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
  /** Reads what is nearest to a step, within what is in view; null: nothing. */
  readonly read: (step: number | null) => boolean;
}

/** @param latest the picture as it is to be drawn next. */
export function navigation(latest: () => Viewed | undefined, look: Look): Navigation {
  return {
    zoom(factor, place) {
      const now = latest();
      if (!now) return false;
      const around = now.stretch[0] + place * lengthOf(now.stretch);
      return look.show(zoomed(now.stretch, now.whole, factor, around, 8 * now.grain));
    },
    pan(part) {
      const now = latest();
      return (
        now !== undefined && look.show(panned(now.stretch, now.whole, part * lengthOf(now.stretch)))
      );
    },
    reset: () => look.show(null),
    read(step) {
      const now = latest();
      if (!now) return false;
      const [from, to] = now.stretch;
      return look.read(step === null ? null : Math.min(Math.max(step, from), to));
    },
  };
}

/** The part of a page's state that a look changes, and how the page changes it. */
interface Looked {
  readonly view: { readonly stretch: Range | null };
  readonly crosshair: number | null;
}
interface Looking {
  readonly look: (change: { readonly stretch: Range | null }) => void;
  readonly change: (change: { readonly crosshair: number | null }) => void;
}

/** @param nearest where there are figures to read, near to a place. */
export function lookOf<Picture extends Looked>(
  latest: () => Picture | undefined,
  nearest: (place: number, now: Picture) => number | null,
  act: Looking,
): Look {
  return {
    show(stretch) {
      const now = latest()?.view.stretch;
      if (stretch?.[0] === now?.[0] && stretch?.[1] === now?.[1]) return false;
      act.look({ stretch });
      return true;
    },
    read(place) {
      const now = latest();
      const crosshair = now && place !== null ? nearest(place, now) : null;
      if (!now || crosshair === now.crosshair) return false;
      act.change({ crosshair });
      return true;
    },
  };
}
