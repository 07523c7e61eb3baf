/** Letters to insert, delete or replace to make one name of the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let distances = Array.from({ length: b.length + 1 }, (_, j) => j);
  Array.from(a).forEach((letter, i) => {
    let [left, diagonal] = [i + 1, i];
    distances = distances.map((above, j) => {
      if (j > 0) left = Math.min(left + 1, above + 1, diagonal + Number(letter !== b[j - 1]));
      diagonal = above;
      return left;
    });
  });
  return distances.at(-1) ?? 0;
}

/** What is longer is no misspelt name, and takes long to compare. */
const longestName = 100;

/**
 * The name that was probably meant: one that differs by a third of the letters at most, or that
 * continues what was written or is continued by it (`cosine_decay` for `cosine_decay_schedule`).
 */
export function closestName(written: string, names: readonly string[]): string | undefined {
  if (written.length > longestName) return undefined;
  const limit = Math.max(1, Math.floor(written.length / 3));
  const distance = (name: string) =>
    name.startsWith(written) || written.startsWith(name)
      ? 1
      : editDistance(written.toLowerCase(), name);
  const [closest] = names
    .map((name) => ({ name, distance: distance(name) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return closest?.name;
}
