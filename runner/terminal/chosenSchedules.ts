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
  const files = read.map(({ file, reading }) => ({
    file,
    schedules: comparableSchedules(reading).map((one) => planned(one, file)),
  }));
  const named = withFileNames(files);
  const names = named.map(({ name }) => name);
  const wanted = new Set(only === undefined ? names : splitNames(only, names, 'schedule'));
  return named.filter(({ name }) => wanted.has(name));
}

function planned(
  { name, function: f, schedule: { schedule }, optimizer, form }: ComparableSchedule,
  file: string,
): NamedSchedule {
  return {
    ...{ name, function: f, schedule, source: resolve(file) },
    ...(optimizer && { optimizer }),
    ...(form && { definition: { ...form } }),
  };
}
