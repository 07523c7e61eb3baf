/** What the extension and the page of a comparison say to each other. */
import type {
  ComparisonResults,
  ImagesAnswer,
  PredictionsAnswer,
  TrainingSettings,
} from '../../runner/protocol.ts';

/** From the extension to the comparison page. */
export type ToCompare =
  | CompareState
  | CompareChanges
  | CompareResults
  | CompareTitle
  | ComparePredictions
  | CompareImages
  | CompareRefusal
  /** Asks what the charts hold, which tests compare with the journal. */
  | { readonly type: 'inspect'; readonly request: number };

/** All that is known of a comparison: replaces whatever the page had. */
export interface CompareState extends ComparisonStatus {
  readonly type: 'state';
  /** Counts the messages `state` and `changes` of a page from 1. */
  readonly revision: number;
  /** What people call it. */
  readonly title: string;
  /** The folder, for the extension, which asks for it when VS Code restores the page. */
  readonly folder: string;
  /** Null until the runner has said what it trains. */
  readonly settings: TrainingSettings | null;
  /** In the order of the plan, which is the order of their colours. */
  readonly runs: readonly CompareRun[];
  readonly results: ComparisonResults | null;
}

/** What changes of the comparison as a whole while it trains. */
export interface ComparisonStatus {
  /**
   * `opened`: it is looked at; nothing can be steered. `elsewhere`: another process trains it.
   * `reading`: it is being opened, and not all of it is told yet.
   */
  readonly status:
    | 'reading'
    | 'starting'
    | 'training'
    | 'paused'
    | 'stopping'
    | 'stopped'
    | 'completed'
    | 'failed'
    | 'opened'
    | 'elsewhere';
  readonly engine: string;
  readonly device: string;
  /** What a person should know at present, such as the download of the data; null where nothing. */
  readonly notice: string | null;
  /** From 0 to 1, over all runs. */
  readonly progress: number;
  /** Spent so far, and how long it will take, where that can be told. */
  readonly seconds: number;
  readonly secondsLeft: number | null;
}

/** A run with all of its steps. */
export interface CompareRun extends Omit<RunStatus, 'epochs'> {
  readonly epochs: readonly SentEpoch[];
  readonly steps: RunSteps;
}

/** What changes of a run, apart from its steps. */
export interface RunStatus {
  /** Unique in its comparison; what messages name it by. */
  readonly run: string;
  readonly schedule: string;
  readonly seed: number;
  readonly function: string;
  /** Index into the series of the palettes, for `seriesStroke`: the same wherever it is shown. */
  readonly color: number;
  readonly totalSteps: number;
  readonly status: 'waiting' | 'training' | 'completed' | 'stopped' | 'failed';
  /** Its loss is not finite any more; it cannot go on. */
  readonly isDiverged: boolean;
  /** All of it was trained before, by another comparison. */
  readonly isReused: boolean;
  /** Why it failed or is trained again; null where there is nothing to say. */
  readonly message: string | null;
  readonly epochs: readonly RunEpoch[];
  readonly stepsDone: number;
  readonly stepsPerSecond: number | null;
  /** Whether the code that defines it can be shown. */
  readonly hasSource: boolean;
}

export interface RunEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  readonly seconds: number;
}

/** Messages are JSON, by which a figure that is not finite becomes null. */
export type SentEpoch = Pick<RunEpoch, 'epoch'> &
  Readonly<Record<Exclude<keyof RunEpoch, 'epoch'>, number | null>>;

/** Consecutive steps: the loss of each, the rate that it really used, and when they ended. */
export interface RunSteps {
  /** Steps from here on that were known before are void. */
  readonly firstStep: number;
  readonly losses: Float32Array;
  readonly learningRates: Float32Array;
  /** Marks of a `StepClock`: pairs of steps done and seconds of training until then. */
  readonly clock: Float32Array;
}

/** What has happened since the message before. */
export interface CompareChanges {
  readonly type: 'changes';
  readonly revision: number;
  readonly status: ComparisonStatus;
  /** Those that changed. */
  readonly runs: readonly CompareRun[];
}

export interface CompareResults {
  readonly type: 'results';
  readonly results: ComparisonResults;
}

/** It has another name now. */
export interface CompareTitle {
  readonly type: 'title';
  readonly title: string;
}

/** The answer to `predictions`. */
export interface ComparePredictions {
  readonly type: 'predictions';
  readonly request: number;
  readonly classes: PredictionsAnswer['classes'];
  readonly labels: Uint8Array;
  readonly runs: readonly {
    readonly run: string;
    readonly epoch: number;
    readonly predicted: Uint8Array;
  }[];
}

/** The answer to `images`: one byte a pixel, image by image; 0 is the background. */
export interface CompareImages {
  readonly type: 'images';
  readonly request: number;
  readonly images: ImagesAnswer['images'];
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Why a question has no answer. */
export interface CompareRefusal {
  readonly type: 'refused';
  readonly request: number;
  readonly message: string;
}

/** What the charts of a page hold. */
export interface DrawnComparison {
  readonly revision: number;
  /** Schedules of the table of results, the best first; none where there are no results yet. */
  readonly ranked: readonly string[];
  readonly charts: readonly {
    readonly chart: 'accuracy' | 'loss' | 'epochLoss' | 'learningRate';
    readonly series: readonly {
      readonly run: string;
      readonly color: string;
      readonly isHidden: boolean;
      readonly xs: Float64Array;
      readonly ys: Float64Array;
    }[];
  }[];
}

/** What a page keeps for the time when VS Code restores it. */
export interface SavedComparison {
  readonly folder: string;
  /** The page's own: axes, zoom, what is hidden or sorted. */
  readonly view: unknown;
}

/** From the comparison page to the extension. */
export type FromCompare =
  | { readonly type: 'ready' }
  /** A state or changes are on the screen: the next ones may come. */
  | { readonly type: 'drawn'; readonly revision: number }
  | { readonly type: 'inspected'; readonly request: number; readonly drawn: DrawnComparison }
  /** Stops all, or one run; what was trained is kept. */
  | { readonly type: 'stop'; readonly run: string | null }
  | { readonly type: 'pause' }
  /** Goes on with all that was stopped or paused, or with one run. */
  | { readonly type: 'continue'; readonly run: string | null }
  /** Trains a run that waits before the others. */
  | { readonly type: 'first'; readonly run: string }
  | { readonly type: 'showCode'; readonly run: string }
  /** Puts a schedule into the optimizer's call, in the code that defines it. */
  | { readonly type: 'apply'; readonly schedule: string }
  | { readonly type: 'predictions'; readonly request: number; readonly runs: readonly string[] }
  | { readonly type: 'images'; readonly request: number; readonly images: readonly number[] }
  /** The picture of the charts, which only the page can draw, is exported as it comes. */
  | { readonly type: 'savePicture'; readonly png: Uint8Array }
  /** Asks the user where to, and writes; `link` copies a link to the plan. */
  | { readonly type: 'export'; readonly format: CompareExport };

export type CompareExport = 'html' | 'md' | 'csv' | 'json' | 'svg' | 'tensorboard' | 'link';
