import { naturalLength } from '../../schedules/optax/phases.ts';
import type { Definition, Reading, Settings } from '../../schedules/reading/reading.ts';
import {
  defaultEpochs,
  stepsPerEpoch,
  trainingSteps,
} from '../../schedules/reading/trainingSteps.ts';
import { findingLine, hasErrors, readScheduleFile, type ReadFile } from './files.ts';
import { checkSettings, exitCodes } from './usage.ts';

export interface CurvesOptions {
  readonly at?: readonly number[];
  readonly steps?: number;
  readonly set: Settings;
  readonly json?: boolean;
}

/** `anneal curves FILE`: the rates of every schedule of a file. */
export async function curves(file: string, options: CurvesOptions): Promise<number> {
  const read = await readScheduleFile(file, options.set);
  checkSettings(options.set, [read]);
  const rows = read.reading.definitions.map((definition) => ({
    definition,
    steps: stepsOf(definition, read.reading, options),
  }));
  const write = (text: string): boolean => process.stdout.write(`${text}\n`);
  if (options.json) write(toJson(read, rows));
  else {
    for (const row of rows) write(summaryLine(row));
    for (const finding of read.findings) process.stderr.write(`${findingLine(file, finding)}\n`);
  }
  return hasErrors(read) ? exitCodes.failed : exitCodes.done;
}

interface Row {
  readonly definition: Definition;
  readonly steps: readonly number[];
}

/** The steps that are shown: those asked for, else the whole training, else the whole schedule. */
function stepsOf(
  { schedule }: Definition,
  { training, definitions }: Reading,
  { at, steps }: CurvesOptions,
): readonly number[] {
  if (at) return at;
  const lengths = definitions.map((other) => naturalLength(other.schedule?.phases ?? []));
  const count =
    steps ??
    trainingSteps(training) ??
    // A constant has no length of its own: it is shown as far as the others go.
    (naturalLength(schedule?.phases ?? []) ||
      Math.max(...lengths) ||
      defaultEpochs * stepsPerEpoch(training));
  return Array.from({ length: count }, (_, step) => step);
}

function toJson({ file, findings, positionOf }: ReadFile, rows: readonly Row[]): string {
  const schedules = rows.map(({ definition, steps }) => {
    const { name, function: f, span, schedule, assumptions } = definition;
    return {
      name,
      function: f,
      ...positionOf(span.from),
      steps: schedule ? steps : [],
      values: schedule ? steps.map((step) => figure(schedule.schedule(step))) : [],
      assumptions,
    };
  });
  return JSON.stringify({ file, schedules, findings });
}

/** JSON has neither NaN nor infinities. */
function figure(rate: number): number | string {
  return Number.isFinite(rate) ? rate : String(rate);
}

const shortRate = (rate: number): string => String(Number(rate.toPrecision(4)));

/** One line a schedule: its name, function, and some of its rates. */
function summaryLine({ definition: { name, function: f, schedule }, steps }: Row): string {
  if (!schedule) return `${name}  (${f}): refused`;
  const shown = steps.length <= 12 ? steps : fewOf(steps, 5);
  const rates = shown.map((step) => `${step}: ${shortRate(schedule.schedule(step))}`);
  return `${name}  (${f})\n    ${rates.join('   ')}`;
}

function fewOf(steps: readonly number[], count: number): readonly number[] {
  const last = steps.length - 1;
  return Array.from({ length: count }, (_, i) => steps[Math.round((i * last) / (count - 1))] ?? 0);
}
