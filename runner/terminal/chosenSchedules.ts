import { resolve } from 'node:path';
import {
  comparableSchedules,
  withFileNames,
  type ComparableSchedule,
} from '../../schedules/comparing/comparable.ts';
import type { NamedSchedule } from '../comparison/plan.ts';
import type { ReadFile } from './files.ts';
import { UsageError } from './usage.ts';

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
  const wanted = new Set(only === undefined ? names : splitNames(only, names));
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

/**
 * The names in a text with commas between. A name may have commas itself, so the longest known one
 * that the text begins with is taken each time.
 */
function splitNames(text: string, known: readonly string[]): readonly string[] {
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  const names: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const name = longestFirst.find(
      (other) =>
        rest === other || (rest.startsWith(other) && /^\s*,/.test(rest.slice(other.length))),
    );
    if (name === undefined) {
      const unknown = rest.split(',')[0]?.trim() ?? '';
      if (unknown === '') throw new UsageError('--only: give names with commas between.');
      throw new UsageError(
        `--only ${unknown}: there is no such schedule; there are ${known.join(', ')}.`,
      );
    }
    names.push(name);
    rest = rest.slice(name.length).replace(/^\s*,\s*/, '');
  }
  if (names.length === 0) throw new UsageError('--only: give names with commas between.');
  return names;
}
