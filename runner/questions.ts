/**
 * What can be asked of a runner beside training, and what it answers. A question has a number; the
 * answer to it has the same one. Questions about a comparison are asked of the process that has it
 * open, whether it trains there or was only opened to be looked at.
 */
import type { ComparisonEvent, EpochCompleted, TrainingSettings } from './protocol.ts';

export type Question =
  | ComparisonsQuestion
  | EnginesQuestion
  | MeasureQuestion
  | RenameQuestion
  | ResultsQuestion
  | PredictionsQuestion
  | ImagesQuestion
  | ExportQuestion;

interface Numbered {
  /** Of the question, unique in its process. */
  readonly question: number;
}

/** Which comparisons lie in a folder such as `.anneal`. */
export interface ComparisonsQuestion extends Numbered {
  readonly type: 'comparisons';
  readonly folder: string;
}

/** What can train here. */
export interface EnginesQuestion extends Numbered {
  readonly type: 'engines';
}

/** How fast an engine trains here: some steps are trained to find out. */
export interface MeasureQuestion extends Numbered {
  readonly type: 'measure';
  readonly engine: string;
  readonly settings: TrainingSettings;
  /** Folder of the four files of Fashion-MNIST. */
  readonly data?: string;
}

/** Gives a comparison, by its folder, another title. */
export interface RenameQuestion extends Numbered {
  readonly type: 'rename';
  readonly folder: string;
  readonly title: string;
}

/** What has come out so far, of the comparison that is open. */
export interface ResultsQuestion extends Numbered {
  readonly type: 'results';
}

/** Which class runs give each test image, after the last epoch that each has completed. */
export interface PredictionsQuestion extends Numbered {
  readonly type: 'predictions';
  readonly runs: readonly string[];
}

/** Test images by their index. */
export interface ImagesQuestion extends Numbered {
  readonly type: 'images';
  readonly images: readonly number[];
}

export const exportFormats = ['html', 'md', 'csv', 'json', 'svg', 'tensorboard'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Writes a report of the comparison that is open. `path` is of a file; of TensorBoard's of a folder. */
export interface ExportQuestion extends Numbered {
  readonly type: 'export';
  readonly format: ExportFormat;
  readonly path: string;
}

export type Answer =
  | ComparisonsAnswer
  | EnginesAnswer
  | MeasureAnswer
  | ResultsAnswer
  | PredictionsAnswer
  | ImagesAnswer
  | DoneAnswer
  | RefusedAnswer;

export interface ComparisonsAnswer extends Numbered {
  readonly type: 'comparisonsAnswer';
  /** The newest first. */
  readonly comparisons: readonly KeptComparison[];
}

/** A comparison on disk. */
export interface KeptComparison {
  readonly folder: string;
  readonly comparison: string;
  /** What people call it; its name where they have given it none. */
  readonly title: string;
  /** When it was started: milliseconds since 1970. */
  readonly started: number;
  /** `training`: a process that lives has it open. */
  readonly status: 'training' | 'stopped' | 'completed' | 'failed' | 'damaged';
  /** Why it cannot be read; null where it can. */
  readonly problem: string | null;
  readonly schedules: number;
  readonly runs: number;
  readonly epochs: number;
  /** The best schedule so far and its final accuracy. */
  readonly best: { readonly schedule: string; readonly accuracy: number } | null;
  readonly bytes: number;
}

export interface EnginesAnswer extends Numbered {
  readonly type: 'enginesAnswer';
  readonly engines: readonly EngineState[];
}

export interface EngineState {
  readonly name: string;
  readonly isReady: boolean;
  /** What it trains on, where it is ready, such as `CPU, 2 cores`. */
  readonly device: string | null;
  /** What it is, or why it is missing and how to get it: a sentence or two. */
  readonly what: string;
}

export interface MeasureAnswer extends Numbered {
  readonly type: 'measureAnswer';
  readonly engine: string;
  readonly device: string;
  /** Of all workers together that this engine would train with, or of some runs in lockstep. */
  readonly stepsPerSecond: number;
  /** What an evaluation costs, where as many are made at a time as there are such runs. */
  readonly evaluationSeconds: number;
}

/** A mean over seeds, and half of its 95 % interval; null for a single run. */
export interface EstimatedFigure {
  readonly mean: number;
  readonly margin: number | null;
}

export interface ResultsAnswer extends Numbered {
  readonly type: 'resultsAnswer';
  /** What people call the comparison. */
  readonly title: string;
  readonly results: ComparisonResults;
}

/** The table of a comparison: the best schedule first. */
export interface ComparisonResults {
  readonly seeds: number;
  readonly schedules: readonly ScheduleFigures[];
  /** Of pairs of schedules, whether their final accuracies differ by more than chance. */
  readonly tests: readonly {
    readonly schedules: readonly [string, string];
    /** Corrected by Holm's method for there being so many pairs. */
    readonly p: number;
  }[];
  /** What the figures and the tests mean, in a sentence or two. */
  readonly explanation: string;
  /** Where settings and rates are those of a run of the tutorial: what the tutorial printed. */
  readonly printed: readonly PrintedRun[];
}

export interface ScheduleFigures {
  readonly schedule: string;
  readonly function: string;
  /** The runs under it, one for each seed. */
  readonly runs: readonly string[];
  readonly finalAccuracy: EstimatedFigure | null;
  readonly bestAccuracy: EstimatedFigure | null;
  readonly finalLoss: EstimatedFigure | null;
  /** Training time of a run. */
  readonly seconds: number | null;
  readonly reused: boolean;
  readonly ranking:
    | { readonly type: 'best' }
    /** `points`: percentage points of final accuracy behind the best, so negative or 0. */
    | {
        readonly type: 'behind';
        readonly points: number;
        readonly p: number | null;
        /** Whether the difference to the best is more than chance; null where it cannot be tested. */
        readonly isDistinguished: boolean | null;
      }
    | { readonly type: 'unfinished' };
}

/** By epoch, from the first. */
export interface PrintedRun {
  readonly run: string;
  readonly losses: readonly number[];
  readonly accuracies: readonly number[];
}

export interface PredictionsAnswer extends Numbered {
  readonly type: 'predictionsAnswer';
  /** Names of the classes, by number. */
  readonly classes: readonly string[];
  /** The right class of each test image. */
  readonly labels: readonly number[];
  /** Of the runs that have completed an epoch. */
  readonly runs: readonly {
    readonly run: string;
    readonly epoch: EpochCompleted['epoch'];
    readonly predicted: readonly number[];
  }[];
}

export interface ImagesAnswer extends Numbered {
  readonly type: 'imagesAnswer';
  readonly images: readonly number[];
  readonly width: number;
  readonly height: number;
  /** Base64 of one byte a pixel, row by row, image by image; 0 is the background. */
  readonly pixels: string;
}

/** What was asked for is done. */
export interface DoneAnswer extends Numbered {
  readonly type: 'done';
}

/** Why a question is not answered: a sentence that says what to do. */
export interface RefusedAnswer extends Numbered {
  readonly type: 'refused';
  readonly message: string;
}

/** What an HTML report holds of its comparison, for the page in it: `decodeReport` reads it. */
export interface ReportData {
  readonly title: string;
  readonly events: readonly ComparisonEvent[];
  readonly results: ComparisonResults;
  /** Of all runs that have completed an epoch. */
  readonly predictions: PredictionsAnswer;
  /** Of test images that runs got wrong, the most often mistaken ones. */
  readonly images: ImagesAnswer;
}
