import {
  readSchedules,
  type ReadText,
  type Surroundings,
} from '../../../../schedules/readSchedules.ts';
import type { PhasedSchedule } from '../../../../schedules/optax/phases.ts';
import type { Settings } from '../../../../schedules/reading/reading.ts';

/** Milliseconds: what is read here never takes so long, however busy the machine is. */
const longest = 20_000;

/** Some lines of Python below `import optax`. */
export const program = (...lines: readonly string[]): string =>
  ['import optax', ...lines, ''].join('\n');

export function read(
  text: string,
  settings: Settings = {},
  surroundings: Surroundings = {},
): ReadText {
  return readSchedules('program.py', text, settings, { longest, ...surroundings });
}

export const namesOf = (named: readonly { readonly name: string }[]): readonly string[] =>
  named.map(({ name }) => name);

export const listedIn = (text: string): readonly string[] => namesOf(read(text).definitions);

/** The rate at a step, with the digits that people write. */
export function rateAt(schedule: PhasedSchedule | null, step: number): number | undefined {
  return schedule === null ? undefined : Number(schedule.schedule(step).toPrecision(6));
}

/** The rates of all that is listed, by its names. */
export function ratesIn(
  { definitions }: Pick<ReadText, 'definitions'>,
  step = 0,
): Readonly<Record<string, number | undefined>> {
  return Object.fromEntries(
    definitions.map(({ name, schedule }) => [name, rateAt(schedule, step)]),
  );
}
