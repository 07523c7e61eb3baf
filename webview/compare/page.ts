import type {
  CompareImages,
  ComparePredictions,
  CompareState,
  FromCompare,
  RunStatus,
} from './messages.ts';
import type { RunSeries } from './runSeries.ts';
import type { View } from './view.ts';

/** All that is drawn. But for the series of steps it is replaced, never changed. */
export interface Page {
  /** What was told of the comparison, but for its runs. */
  readonly comparison: Omit<CompareState, 'type' | 'runs'>;
  readonly runs: readonly PageRun[];
  readonly view: View;
  /** The place that is read: a step, or seconds where the charts go along time. */
  readonly crosshair: number | null;
  /** The run that the pointer is at, in the list or in a chart. */
  readonly pointed: string | null;
  readonly isMenuOpen: boolean;
  readonly predictions: ComparePredictions | null;
  readonly images: CompareImages | null;
  /** Why predictions or images cannot be shown. */
  readonly refusal: string | null;
}

export interface PageRun extends RunStatus {
  readonly series: RunSeries;
}

/** Where the page is: a report is without VS Code, and can only be looked at. */
export type Surroundings =
  | { readonly type: 'editor' }
  /** `pictured`: the test images that it has pictures of. */
  | { readonly type: 'report'; readonly pictured: ReadonlySet<number> };

/** What the parts of the page can do. */
export interface Act {
  send(message: FromCompare): void;
  /** Changes how the page looks at the comparison; a function where that rests on how it does now. */
  look(change: Partial<View> | ((view: View) => Partial<View>)): void;
  change(page: Partial<Pick<Page, 'crosshair' | 'pointed' | 'isMenuOpen'>>): void;
  savePicture(): void;
}
