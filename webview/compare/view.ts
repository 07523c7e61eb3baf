import type { Range } from '../../schedules/drawing/axes.ts';
import {
  isBoolean,
  isCount,
  isFinite,
  isListOf,
  isNullOr,
  isOneOf,
  isShape,
  isText,
  type Check,
} from '../shared/shape.ts';

export const chartNames = ['accuracy', 'loss', 'epochLoss', 'learningRate'] as const;
export type ChartName = (typeof chartNames)[number];

export const sortColumns = [
  ...(['schedule', 'finalAccuracy', 'difference', 'bestAccuracy'] as const),
  ...(['finalLoss', 'seconds', 'reused'] as const),
] as const;
export type SortColumn = (typeof sortColumns)[number];

/** How the page looks at a comparison: its own business, and all that it keeps. */
export interface View {
  /** What the charts go along. */
  readonly across: 'step' | 'epoch' | 'time';
  /** The steps in view, or the seconds where the charts go along time; null: all. */
  readonly stretch: Range | null;
  /** Charts with a logarithmic axis. */
  readonly logarithmic: readonly ChartName[];
  /** Whether the axis of accuracies is from 0 to 1, whatever they are. */
  readonly isWholeAccuracy: boolean;
  /** The weight of the steps before: 0 for none, and below 1. */
  readonly smoothing: number;
  /** Whether the tutorial's printed figures lie under the runs. */
  readonly showsPrinted: boolean;
  readonly showsTable: boolean;
  /** Runs that are not in the charts. */
  readonly hidden: readonly string[];
  readonly sort: { readonly column: SortColumn; readonly isDescending: boolean };
  /** One or two runs whose predictions are looked at. */
  readonly chosen: readonly string[];
  /** Of the pictures, from 0. */
  readonly imagePage: number;
}

const isStretch: Check<Range> = (value): value is Range =>
  isListOf(isFinite)(value) && value.length === 2;

const isSmoothing: Check<number> = (value): value is number =>
  isFinite(value) && value >= 0 && value < 1;

const isView = isShape<View>({
  across: isOneOf('step', 'epoch', 'time'),
  stretch: isNullOr(isStretch),
  logarithmic: isListOf(isOneOf(...chartNames)),
  isWholeAccuracy: isBoolean,
  smoothing: isSmoothing,
  showsPrinted: isBoolean,
  showsTable: isBoolean,
  hidden: isListOf(isText),
  sort: isShape({ column: isOneOf(...sortColumns), isDescending: isBoolean }),
  chosen: isListOf(isText),
  imagePage: isCount,
});

/** A view that was kept, or the first one. */
export function restoredView(kept: unknown): View {
  if (isView(kept)) return kept;
  return {
    across: 'step',
    stretch: null,
    logarithmic: [],
    isWholeAccuracy: false,
    smoothing: 0,
    showsPrinted: false,
    showsTable: false,
    hidden: [],
    sort: { column: 'finalAccuracy', isDescending: true },
    chosen: [],
    imagePage: 0,
  };
}
