import type { Reading, Use } from '../../schedules/reading/reading.ts';
import type { NamedSchedule } from '../comparison/plan.ts';
import type { OptimizerSettings } from '../protocol.ts';
import type { ReadFile } from './files.ts';
import { UsageError } from './usage.ts';

/** The schedules to train under: all, or those of `--only`; a name of two files with its file. */
export function chosenSchedules(
  read: readonly ReadFile[],
  only: string | undefined,
): readonly NamedSchedule[] {
  const all = read.flatMap(({ reading, file }) =>
    comparable(reading).map((schedule) => ({ schedule, file })),
  );
  const named = all.map(({ schedule, file }) => {
    const ambiguous = all.some(
      (other) => other.file !== file && other.schedule.name === schedule.name,
    );
    return ambiguous ? { ...schedule, name: `${file}: ${schedule.name}` } : schedule;
  });
  const names = named.map(({ name }) => name);
  const wanted = new Set(only === undefined ? names : splitNames(only, names));
  return named.filter(({ name }) => wanted.has(name));
}

/** Every learning rate that an optimizer is given, or where there is no optimizer, every schedule. */
function comparable({ uses, definitions }: Reading): readonly NamedSchedule[] {
  if (uses.length === 0) {
    return definitions.flatMap(({ name, function: f, schedule }) =>
      schedule ? [{ name, function: f, schedule: schedule.schedule }] : [],
    );
  }
  return uses.flatMap((use) => {
    const { name, definition, learningRate } = use;
    if (!learningRate) return [];
    const f = definitions.find((one) => one.name === definition)?.function ?? 'constant';
    const optimizer = optimizerOf(use);
    return [
      { name, function: f, schedule: learningRate.schedule, ...(optimizer && { optimizer }) },
    ];
  });
}

function optimizerOf({ choice, clipByGlobalNorm }: Use): OptimizerSettings | undefined {
  return choice && { ...choice, clipByGlobalNorm: clipByGlobalNorm ?? null };
}

/** The optimizers of the code that are not trained with, as Anneal does not have them. */
export function otherOptimizers(read: readonly ReadFile[]): ReadonlySet<string> {
  const others = read.flatMap(({ reading }) =>
    reading.uses.flatMap(({ choice, optimizer }) => (choice ? [] : [optimizer])),
  );
  return new Set(others);
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
