import { writeDurably } from '../../durableFile.ts';
import type { ExportFormat } from '../../protocol.ts';
import {
  joinedCorrectImages,
  joinedPlans,
  joinedState,
  titleOfOpen,
  type OpenComparison,
} from '../openComparison.ts';
import type { ComparisonState } from '../runStates.ts';
import { resultsOf, type Results } from '../statistics/results.ts';
import { csvReport } from './csv.ts';
import { htmlReport } from './html.ts';
import { jsonReport } from './json.ts';
import { markdownReport } from './markdown.ts';
import { svgReport } from './svg.ts';
import { writeEventFiles } from './tensorboard/eventFiles.ts';

/** A comparison with what comes out of it. */
export interface ReportedComparison {
  /** What people call it. */
  readonly title: string;
  readonly state: ComparisonState;
  readonly results: Results;
  /** The learning rates of each schedule, in the order of the plan. */
  readonly rates: ReadonlyMap<string, Float32Array>;
}

export interface ReportOptions {
  readonly open: OpenComparison;
  readonly format: ExportFormat;
  /** Of the file; for TensorBoard of the folder that has one for each run. */
  readonly path: string;
  /** Folder of the data, where it is named: for pictures of test images. */
  readonly data: string | undefined;
  /** What a person should know, a sentence at a time. */
  readonly report: (message: string) => void;
}

/**
 * Tells what is open in a file or, for TensorBoard, a folder.
 *
 * @throws InputError where it cannot be written, or what it is made of cannot be read.
 */
export async function writeReport(options: ReportOptions): Promise<void> {
  const { open, format, path } = options;
  if (format === 'tensorboard') return writeEventFiles(open, path);
  await writeDurably(path, await reportText(options, await reported(open)));
}

function reportText(
  { open, format, data, report }: ReportOptions,
  comparison: ReportedComparison,
): string | Promise<string> {
  switch (format) {
    case 'html':
      return htmlReport(comparison, { open, data, report });
    case 'md':
      return markdownReport(comparison);
    case 'csv':
      return csvReport(comparison);
    case 'json':
      return jsonReport(comparison);
    case 'svg':
      return svgReport(comparison);
    case 'tensorboard':
      throw new RangeError('TensorBoard takes a folder.');
  }
}

async function reported(open: OpenComparison): Promise<ReportedComparison> {
  const state = joinedState(open);
  const [title, plans, correct] = await Promise.all([
    titleOfOpen(open),
    joinedPlans(open),
    joinedCorrectImages(open),
  ]);
  const runs = plans.flatMap((plan) => plan.runs);
  const rates = new Map(runs.map(({ schedule, learningRates }) => [schedule, learningRates]));
  return { title, state, results: resultsOf({ state, correct }), rates };
}
