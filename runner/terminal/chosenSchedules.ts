import { resolve } from 'node:path';
import {
  comparableSchedules,
  withFileNames,
  type ComparableSchedule,
} from '../../schedules/comparing/comparable.ts';
import type { NamedSchedule } from '../comparison/plan.ts';
import type { ReadFile } from './files.ts';
import { splitNames } from './onlyNames.ts';

/** The schedules to train under: all, or those of `--only`; a name of two files with its file. */
export function chosenSchedules(
  read: readonly ReadFile[],
  only: string | undefined,
): readonly NamedSchedule[] {
  return chosenOf(read, only).map(planned);
}

interface ChosenSchedule extends ComparableSchedule {
  readonly file: string;
}

/** The same with all that was read of them. */
export function chosenOf(
  read: readonly ReadFile[],
  only: string | undefined,
): readonly ChosenSchedule[] {
  const files = read.map(({ file, reading }) => ({
    file,
    schedules: comparableSchedules(reading).map((one) => ({ ...one, file })),
  }));
  const named = withFileNames(files);
  const names = named.map(({ name }) => name);
  const wanted = new Set(only === undefined ? names : splitNames(only, names, 'schedule'));
  return named.filter(({ name }) => wanted.has(name));
}

function planned({
  name,
  function: f,
  schedule: { schedule },
  optimizer,
  form,
  file,
}: ChosenSchedule): NamedSchedule {
  return {
    ...{ name, function: f, schedule, source: resolve(file) },
    ...(optimizer && { optimizer }),
    ...(form && { definition: { ...form } }),
  };
}
