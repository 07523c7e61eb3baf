/** What matters of Python's and IPython's lexical rules where only lines and brackets count. */

/** Whether a sticky pattern matches at an offset. */
export function startsAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Where a match of a sticky pattern at an offset ends; the offset itself where there is none. */
export function endOf(pattern: RegExp, text: string, at: number): number {
  return startsAt(pattern, text, at) ? pattern.lastIndex : at;
}

/** The next match of a global pattern, or the one at the offset of a sticky one. */
export function next(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const lineBreak = /\r\n?|\n/g;

/** Where the line ends that goes on after every backslash at its end. */
export function endOfContinuedLine(text: string, from: number): number {
  for (let at = from; ;) {
    const found = next(lineBreak, text, at);
    if (!found) return text.length;
    if (text[found.index - 1] !== '\\') return found.index;
    at = found.index + found[0].length;
  }
}

const stringMark = /\\(?:\r\n|[^])|['"\r\n]/g;

/**
 * Where the string ends of which the text after the opening quotes begins at `from`. One of single
 * quotes that is not closed ends with its line; undefined where triple quotes are not closed.
 */
export function endOfString(text: string, from: number, quotes: string): number | undefined {
  const isOneLine = quotes.length === 1;
  for (let mark = next(stringMark, text, from); mark; mark = next(stringMark, text, from)) {
    if (text.startsWith(quotes, mark.index)) return mark.index + quotes.length;
    if (isOneLine && /[\r\n]/.test(mark[0]) && !mark[0].startsWith('\\')) return mark.index;
    from = mark.index + mark[0].length;
  }
  return isOneLine ? text.length : undefined;
}
