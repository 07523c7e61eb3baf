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
import { lineText, rateText } from '../comparison/figures.ts';
import { fileName } from '../comparison/folder.ts';
import { writeDurably } from '../durableFile.ts';
import { jsonFigure } from '../protocol.ts';
import {
  findingLine,
  hasErrors,
  locatedFinding,
  readScheduleFile,
  type ReadFile,
} from './files.ts';
import { exitCodes } from './exitCodes.ts';
import { checkSettings } from './usage.ts';

export interface CurvesOptions {
  readonly at?: readonly number[];
  readonly steps?: number;
  readonly set: Settings;
  readonly json?: boolean;
  /** Folder for a picture of each schedule. */
  readonly svg?: string;
}

/** What `--json` prints at the most, of all schedules together: some 150 MB. */
const mostValues = 5_000_000;

/** `anneal curves FILE`: the rates of every schedule of a file, as text, JSON or pictures. */
export async function curves(file: string, options: CurvesOptions): Promise<number> {
  const read = await readScheduleFile(file, options.set);
  checkSettings(options.set, [read]);
  const { definitions } = read.reading;
  const longest = Math.max(0, ...definitions.map((definition) => ownLength(definition)));
  const rows = definitions.map((definition) => ({
    definition,
    length: lengthOf(definition, longest, read.reading, options),
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
  definition: Definition,
  longest: number,
  { training }: Reading,
  { steps }: CurvesOptions,
): number {
  return (
    steps ??
    trainingSteps(training) ??
    // A constant has no length of its own: it is shown as far as the others go.
    (ownLength(definition) || longest || defaultEpochs * stepsPerEpoch(training))
  );
}

const ownLength = ({ schedule }: Definition): number => naturalLength(schedule?.phases ?? []);

function toJson({ file, findings, positionOf }: ReadFile, rows: readonly Row[]): string {
  const room = Math.floor(mostValues / Math.max(1, rows.length));
  const schedules = rows.map((row) => {
    const { name, function: f, span, schedule, assumptions } = row.definition;
    const steps = schedule ? stepsOf({ ...row, length: Math.min(row.length, room) }) : [];
    return {
      name,
      function: f,
      ...positionOf(span.from),
      steps,
      values: schedule ? steps.map((step) => schedule.schedule(step)) : [],
      assumptions,
    };
  });
  const cut = rows.flatMap(({ definition: { name, span }, length, at }) => {
    if (at || length <= room) return [];
    const message = `The curve of '${name}' has ${length} steps; these are the first ${room}. Name others with --at.`;
    return locatedFinding({ code: 'curve-cut', severity: 'warning', message, span }, positionOf);
  });
  return JSON.stringify({ file, schedules, findings: [...findings, ...cut] }, jsonFigure);
}

/** One line a schedule: its name, function, and some of its rates. */
function summaryLine(row: Row): string {
  const { function: f, schedule, assumptions } = row.definition;
  const name = lineText(row.definition.name);
  if (!schedule) return `${name}  (${f}): refused`;
  const assumed = assumptions.map(
    (one) => `${lineText(one.name)} = ${lineText(String(one.value))}`,
  );
  const note = assumed.length > 0 ? `\n    assumed: ${assumed.join(', ')}` : '';
  const shown = row.at ?? fewSteps(row.length);
  const rates = shown.map((step) => `${step}: ${rateText(schedule.schedule(step))}`);
  return `${name}  (${f})\n    ${rates.join('   ')}${note}`;
}

/** All of a few steps, or five of many. */
function fewSteps(length: number): readonly number[] {
  if (length <= 12) return Array.from({ length }, (_, step) => step);
  return Array.from({ length: 5 }, (_, i) => Math.round((i * (length - 1)) / 4));
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
    await writeDurably(path, picture.markup);
    yield path;
  }
}
