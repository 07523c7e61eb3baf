import { UsageError } from './usage.ts';

/**
 * The names of `--only`, a text with commas between. A name may have commas itself, so the longest
 * known one that the text begins with is taken each time.
 *
 * @throws UsageError where there is none, or one that is not known.
 */
export function splitNames(
  text: string,
  known: readonly string[],
  kind: 'schedule' | 'run',
): readonly string[] {
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
        `--only ${unknown}: there is no such ${kind}; there are ${known.join(', ')}.`,
      );
    }
    names.push(name);
    rest = rest.slice(name.length).replace(/^\s*,\s*/, '');
  }
  if (names.length === 0) throw new UsageError('--only: give names with commas between.');
  return names;
}
