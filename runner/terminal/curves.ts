import { join } from 'node:path';
import { palettes } from '../../schedules/drawing/palettes.ts';
import { sampleSchedule } from '../../schedules/drawing/sampling.ts';
import { scheduleCurve } from '../../schedules/drawing/scheduleCurve.ts';
import { naturalLength } from '../../schedules/optax/phases.ts';
import type { Definition, Reading, Settings } from '../../schedules/reading/reading.ts';
import {
  defaultEpochs,
  stepsPerEpoch,
  trainingSteps,
} from '../../schedules/reading/trainingSteps.ts';
import { lineText } from '../comparison/figures.ts';
import { fileName } from '../comparison/folder.ts';
import { writeDurably } from '../durableFile.ts';
import { InputError, systemErrorCode } from '../inputError.ts';
import { jsonFigure } from '../protocol.ts';
import { findingLine, hasErrors, readScheduleFile, type ReadFile } from './files.ts';
import { checkSettings, exitCodes } from './usage.ts';

export interface CurvesOptions {
  readonly at?: readonly number[];
  readonly steps?: number;
  readonly set: Settings;
  readonly json?: boolean;
  /** Folder for a picture of each schedule. */
  readonly svg?: string;
}

/** `anneal curves FILE`: the rates of every schedule of a file, as text, JSON or pictures. */
export async function curves(file: string, options: CurvesOptions): Promise<number> {
  const read = await readScheduleFile(file, options.set);
  checkSettings(options.set, [read]);
  const rows = read.reading.definitions.map((definition) => ({
    definition,
    length: lengthOf(definition, read.reading, options),
    at: options.at,
  }));
  const write = (text: string): boolean => process.stdout.write(`${text}\n`);
  if (options.json) write(toJson(read, rows));
  else if (options.svg === undefined) for (const row of rows) write(summaryLine(row));
  else for await (const path of writePictures(options.svg, rows)) write(path);
  if (!options.json) {
    for (const finding of read.findings) process.stderr.write(`${findingLine(file, finding)}\n`);
  }
  return hasErrors(read) ? exitCodes.failed : exitCodes.done;
}

interface Row {
  readonly definition: Definition;
  /** Steps from 0 that are shown where none are asked for. */
  readonly length: number;
  readonly at: readonly number[] | undefined;
}

function stepsOf({ length, at }: Row): readonly number[] {
  return at ?? Array.from({ length }, (_, step) => step);
}

/** How many steps are shown: those asked for, else the whole training, else the whole schedule. */
function lengthOf(
  { schedule }: Definition,
  { training, definitions }: Reading,
  { steps }: CurvesOptions,
): number {
  const lengths = definitions.map((other) => naturalLength(other.schedule?.phases ?? []));
  return (
    steps ??
    trainingSteps(training) ??
    // A constant has no length of its own: it is shown as far as the others go.
    (naturalLength(schedule?.phases ?? []) ||
      Math.max(...lengths) ||
      defaultEpochs * stepsPerEpoch(training))
  );
}

function toJson({ file, findings, positionOf }: ReadFile, rows: readonly Row[]): string {
  const schedules = rows.map((row) => {
    const { name, function: f, span, schedule, assumptions } = row.definition;
    const steps = schedule ? stepsOf(row) : [];
    return {
      name,
      function: f,
      ...positionOf(span.from),
      steps,
      values: schedule ? steps.map((step) => schedule.schedule(step)) : [],
      assumptions,
    };
  });
  return JSON.stringify({ file, schedules, findings }, jsonFigure);
}

const shortRate = (rate: number): string => String(Number(rate.toPrecision(4)));

/** One line a schedule: its name, function, and some of its rates. */
function summaryLine(row: Row): string {
  const { function: f, schedule } = row.definition;
  const name = lineText(row.definition.name);
  if (!schedule) return `${name}  (${f}): refused`;
  const steps = stepsOf(row);
  const shown = steps.length <= 12 ? steps : fewOf(steps, 5);
  const rates = shown.map((step) => `${step}: ${shortRate(schedule.schedule(step))}`);
  return `${name}  (${f})\n    ${rates.join('   ')}`;
}

function fewOf(steps: readonly number[], count: number): readonly number[] {
  const last = steps.length - 1;
  return Array.from({ length: count }, (_, i) => steps[Math.round((i * last) / (count - 1))] ?? 0);
}

const pictureSize = { width: 720, height: 360 };

/** Writes a picture of every schedule that Optax accepts, and tells their paths. */
async function* writePictures(folder: string, rows: readonly Row[]): AsyncGenerator<string> {
  for (const { definition, length, at } of rows) {
    const { name, schedule, assumptions } = definition;
    if (!schedule) continue;
    const points = at
      ? [...new Set(at)].sort((a, b) => a - b).map((x) => ({ x, y: schedule.schedule(x) }))
      : sampleSchedule(schedule, length, pictureSize.width);
    const picture = scheduleCurve({
      name,
      points,
      phases: schedule.phases,
      assumed: assumptions.length > 0,
      palette: palettes.light,
      ...pictureSize,
    });
    const path = join(folder, `${fileName(name)}.svg`);
    try {
      await writeDurably(path, picture.markup);
    } catch (error) {
      const reason = systemErrorCode(error);
      if (reason === undefined) throw error;
      throw new InputError(
        `${path} cannot be written (${reason}); name another folder with --svg.`,
      );
    }
    yield path;
  }
}
