import type { Range } from '../../schedules/drawing/axes.ts';
import {
  isBoolean,
  isFinite,
  isListOf,
  isNullOr,
  isOneOf,
  isShape,
  isText,
  type Check,
} from '../shared/shape.ts';

/** How the page looks at the schedules: its own business, and all that it keeps. */
export interface View {
  /** The steps in view; null: all. */
  readonly stretch: Range | null;
  readonly inEpochs: boolean;
  readonly isLogarithmic: boolean;
  /** Names of schedules without a curve in the chart. */
  readonly hidden: readonly string[];
  /** Names of schedules to compare and to copy. */
  readonly ticked: readonly string[];
  readonly shows: 'chart' | 'table' | 'gallery';
}

const isStretch: Check<Range> = (value): value is Range =>
  isListOf(isFinite)(value) && value.length === 2;

const isView = isShape<View>({
  stretch: isNullOr(isStretch),
  inEpochs: isBoolean,
  isLogarithmic: isBoolean,
  hidden: isListOf(isText),
  ticked: isListOf(isText),
  shows: isOneOf('chart', 'table', 'gallery'),
});

/** A view that was kept, or the first one. */
export function restoredView(kept: unknown): View {
  if (isView(kept)) return kept;
  return {
    stretch: null,
    inEpochs: false,
    isLogarithmic: false,
    hidden: [],
    ticked: [],
    shows: 'chart',
  };
}
