/** What the extension and the page of a preview say to each other. */
import type { WhatIf } from '../../schedules/language/whatIf.ts';

export type { WhatIf };

/** From the extension to the preview page. */
export type ToPreview =
  | SentState
  | PreviewActive
  | PreviewSamples
  | PreviewRates
  /** Asks what the chart holds, which tests compare with the schedules. */
  | { readonly type: 'inspect'; readonly request: number };

/**
 * A state on its way: of schedules that are as in the state before there are only the names. A page
 * that does not have them says `ready` again, and gets all.
 */
export interface SentState extends Omit<PreviewState, 'schedules'> {
  readonly schedules: readonly (UnchangedSchedule | PreviewSchedule)[];
}

export interface UnchangedSchedule {
  readonly name: string;
  readonly isUnchanged: true;
}

/** All that the preview shows. */
export interface PreviewState {
  readonly type: 'state';
  /** Counts the states of a page from 1; a later one replaces all of an earlier one. */
  readonly revision: number;
  /** What is previewed, for people: the name of a file. */
  readonly file: string;
  /** The same for the extension, which asks for it when VS Code restores the page: the page keeps it in its state. */
  readonly uri: string;
  /** Whether the panel stays with its file when another editor becomes active. */
  readonly isLocked: boolean;
  /** Set where the text as it is now has no curve any more: these are the last ones that it had. */
  readonly stale: string | null;
  readonly schedules: readonly PreviewSchedule[];
  /** The schedule at the cursor of the editor, or that was chosen in the page. */
  readonly active: string | null;
  readonly training: PreviewTraining;
  readonly whatIf: WhatIf;
}

/** Another schedule is at the cursor, and nothing else has changed. */
export interface PreviewActive {
  readonly type: 'active';
  readonly active: string | null;
}

export interface PreviewTraining {
  readonly stepsPerEpoch: number | null;
  readonly epochs: number | null;
  readonly batchSize: number | null;
  /** Optimizer steps; the curves beyond it are not trained. */
  readonly steps: number | null;
  /** Whether the text has a name for the count, so that `whatIf` can change it. */
  readonly canChange: { readonly epochs: boolean; readonly batchSize: boolean };
}

export interface PreviewSchedule {
  /** Unique in its file; what messages name it by. */
  readonly name: string;
  /** The function of Optax, such as `cosine_decay_schedule`, or `def` of one written by hand. */
  readonly function: string;
  /** Index into the series of the palettes, for `seriesStroke`. */
  readonly color: number;
  /** Why the code as it is now gives no curve; null where it does. */
  readonly refused: string | null;
  /** Steps that it was laid out for; 0 for a constant. */
  readonly length: number;
  /** Over all steps that the panel shows at first. Of a refused one the last curve that it had, if any. */
  readonly curve: Curve | null;
  readonly phases: readonly PreviewPhase[];
  readonly arguments: readonly PreviewArgument[];
  readonly assumptions: readonly PreviewAssumption[];
  readonly handles: readonly Handle[];
  /** The optimizers that are given it, such as `adamw`. */
  readonly usedBy: readonly string[];
}

/**
 * A sampled curve: enough points that every column of the picture shows the extremes that the
 * schedule has there. Rates may be NaN or infinite, which are gaps.
 */
export interface Curve {
  /** First and last step that were asked for. */
  readonly from: number;
  readonly to: number;
  readonly steps: Float64Array;
  readonly rates: Float64Array;
}

export interface PreviewPhase {
  readonly name: string;
  readonly from: number;
  /** Null for the endless last one. */
  readonly to: number | null;
}

/** An argument of the call that makes a schedule. */
export interface PreviewArgument {
  readonly name: string;
  readonly summary: string;
  /** Null for a pure number. */
  readonly unit: string | null;
  /** As the code has it; empty where it is left to its default. */
  readonly source: string;
  readonly value: number | boolean | string | null;
  /**
   * What a change of it does: `literal` replaces the number in the code, `default` writes the argument,
   * `expression` can only be edited in the code, `assumed` sets a value for a name that has none.
   */
  readonly change: 'literal' | 'default' | 'expression' | 'assumed';
  /** The name that stands for the literal, if one does: a change goes to all that uses it. */
  readonly through: string | null;
  /** Of a number that can be changed. */
  readonly slider: Slider | null;
  /** Of text that has to be one of these, such as `linear` and `cosine`. */
  readonly choices: readonly string[] | null;
}

/** What a slider goes over: to be spaced evenly, or so that each decade has as much room. */
export interface Slider {
  readonly min: number;
  readonly max: number;
  readonly isLogarithmic: boolean;
  readonly isWhole: boolean;
}

export interface PreviewAssumption {
  readonly name: string;
  readonly value: number | boolean | string;
  readonly why: string;
  /** Set by the user, who can take it back. */
  readonly isBound: boolean;
}

/** A place of a curve that can be dragged: up and down, or along the steps. */
export interface Handle {
  readonly argument: string;
  readonly axis: 'step' | 'rate';
  readonly step: number;
  readonly rate: number;
  /** The argument's value now, and how much it changes for one step or one unit of rate. */
  readonly value: number;
  readonly perUnit: number;
  readonly isWhole: boolean;
}

/** The answer to `sample`. */
export interface PreviewSamples {
  readonly type: 'samples';
  /** Of the question. */
  readonly request: number;
  /** By schedule; those that are refused or gone are missing. */
  readonly curves: Readonly<Record<string, Curve>>;
}

/** The answer to `evaluate`. */
export interface PreviewRates {
  readonly type: 'rates';
  /** Of the question. */
  readonly request: number;
  /** By schedule, the rate at each step of the question; those that are refused or gone are missing. */
  readonly rates: Readonly<Record<string, Float64Array>>;
}

/** What the chart of a page holds. */
export interface DrawnChart {
  readonly revision: number;
  /** When that state was on the screen, in milliseconds since 1970. */
  readonly drawnAt: number;
  /** First and last step in view. */
  readonly from: number;
  readonly to: number;
  readonly series: readonly DrawnSeries[];
}

export interface DrawnSeries {
  readonly name: string;
  readonly color: string;
  readonly isActive: boolean;
  readonly isHidden: boolean;
  readonly isDashed: boolean;
  readonly steps: Float64Array;
  readonly rates: Float64Array;
}

/** What a page keeps for the time when VS Code restores it. */
export interface SavedPreview {
  readonly uri: string;
  readonly isLocked: boolean;
  /** The page's own: zoom, axes, what is hidden. */
  readonly view: unknown;
}

/** From the preview page to the extension. */
export type FromPreview =
  | { readonly type: 'ready' }
  /** A state is on the screen: the next one may come. The extension keeps only the newest back. */
  | { readonly type: 'drawn'; readonly revision: number }
  /** Asks for the curves of a stretch of steps, both ends included, for so many pixel columns. */
  | {
      readonly type: 'sample';
      readonly request: number;
      readonly schedules: readonly string[];
      readonly from: number;
      readonly to: number;
      readonly columns: number;
    }
  /** Asks for the exact rates of all schedules at some steps. */
  | { readonly type: 'evaluate'; readonly request: number; readonly steps: readonly number[] }
  /** The answer to `inspect`. */
  | { readonly type: 'inspected'; readonly request: number; readonly chart: DrawnChart }
  /** Changes the code. All changes up to one that is `done` are undone in one step. */
  | {
      readonly type: 'setArgument';
      readonly schedule: string;
      readonly argument: string;
      readonly value: number | boolean | string;
      readonly done: boolean;
    }
  /** Selects an argument in the code, or the whole definition, and puts the cursor there. */
  | { readonly type: 'reveal'; readonly schedule: string; readonly argument: string | null }
  | { readonly type: 'select'; readonly schedule: string | null }
  /** Remembers a value for a name that the code does not give; null forgets it. */
  | {
      readonly type: 'bind';
      readonly name: string;
      readonly value: string | null;
    }
  | { readonly type: 'whatIf'; readonly whatIf: WhatIf }
  | { readonly type: 'setLocked'; readonly isLocked: boolean }
  | { readonly type: 'copy'; readonly schedules: readonly string[]; readonly format: CopyFormat }
  /** Puts the picture of the chart, which only the page can draw, where the user wants it. */
  | { readonly type: 'savePicture'; readonly png: Uint8Array }
  /** Writes a call of a schedule function into the code at the cursor. */
  | { readonly type: 'insert'; readonly function: string }
  | { readonly type: 'compare'; readonly schedules: readonly string[] };

export type CopyFormat = 'optax' | 'json' | 'csv' | 'svg';
