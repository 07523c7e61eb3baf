import type { Range } from '../../schedules/drawing/axes.ts';
import type { Curve, FromPreview, PreviewState, Slider } from '../messages.ts';
import type { Extremes } from '../shared/chart/figureAxes.ts';
import type { ArgumentChange } from './argumentChanges.ts';
import type { View } from './view.ts';

/** All that is drawn. It is replaced, never changed, so that what is the same need not be drawn. */
export interface Page {
  readonly state: PreviewState;
  readonly view: View;
  /** By schedule, with the finest samples that there are. */
  readonly curves: ReadonlyMap<string, Curve>;
  /** Exact rates for the crosshair and the table, where the curves have no sample. */
  readonly answered: Answered | null;
  /** The step that is read. */
  readonly crosshair: number | null;
  /** What is being typed or slid. */
  readonly edit: Edit | null;
  /** What is being dragged. */
  readonly drag: Drag | null;
  readonly isMenuOpen: boolean;
}

/** Rates that the extension computed. */
export interface Answered {
  /** Of the state that they belong to. */
  readonly revision: number;
  readonly steps: readonly number[];
  readonly rates: Readonly<Record<string, Float64Array>>;
}

/** What a person has in a field that a state that comes in meanwhile must not overwrite. */
export interface Edit {
  readonly schedule: string;
  readonly argument: string;
  readonly text: string;
  /** As it was when this began: one that follows the value would run away under the pointer. */
  readonly slider: Slider | null;
  /** The next state shows what came of it. */
  readonly isDone: boolean;
}

/** A handle on its way. The axes stay as they were, so that it stays under the pointer. */
export interface Drag {
  readonly schedule: string;
  readonly argument: string;
  /** Where it is now. */
  readonly step: number;
  readonly rate: number;
  readonly value: number;
  readonly stretch: Range;
  readonly extremes: Extremes;
  readonly isDone: boolean;
}

/** What the parts of the page can do. */
export interface Act {
  send(message: FromPreview): void;
  /** Changes how the page looks at the schedules; a function where that rests on how it does now. */
  look(change: Partial<View> | ((view: View) => Partial<View>)): void;
  change(page: Partial<Omit<Page, 'state' | 'view' | 'curves'>>): void;
  /** Changes the code; of what goes on, such as a drag, only the newest of each frame is sent. */
  readonly setArgument: (change: ArgumentChange) => void;
}
