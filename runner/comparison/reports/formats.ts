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
import type { ReportSources } from './reportData.ts';
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

export interface ReportOptions extends ReportSources {
  readonly format: ExportFormat;
  /** Of the file; for TensorBoard of the folder that has one for each run. */
  readonly path: string;
}

type Report = (comparison: ReportedComparison, sources: ReportSources) => string | Promise<string>;

/** Those that are one text. */
const reports: Readonly<Record<Exclude<ExportFormat, 'tensorboard'>, Report>> = {
  html: htmlReport,
  md: markdownReport,
  csv: csvReport,
  json: jsonReport,
  svg: svgReport,
};

/**
 * Tells what is open in a file or, for TensorBoard, a folder.
 *
 * @throws InputError where it cannot be written, or what it is made of cannot be read.
 */
export async function writeReport({ format, path, ...sources }: ReportOptions): Promise<void> {
  const { open } = sources;
  if (format === 'tensorboard') await writeEventFiles(open, path);
  else await writeDurably(path, await reports[format](await reported(open), sources));
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
