/** A place in a text as people count: line and column from 1, the column in UTF-16 units. */
export interface Position {
  /** Of a notebook: which one of all its cells, from 1. */
  readonly cell?: number;
  readonly line: number;
  readonly column: number;
}

/** Tells the line and column of offsets in a text. Lines end in \n, \r\n or \r. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return (offset) => {
    const line = lastAtMost(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  };
}

/** Index of the last of ascending numbers that is at most `limit`; 0 where none is. */
export function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? Infinity) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
