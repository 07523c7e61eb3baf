const stringOrComment =
  /'''(?:\\[\s\S]|[^\\])*?'''|"""(?:\\[\s\S]|[^\\])*?"""|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|#.*/g;

/** A text with blanks in place of its strings and comments, so that what is left is code alone. */
export function bareCode(text: string): string {
  return text.replaceAll(stringOrComment, (one) => one.replaceAll(/[^\n]/g, ' '));
}

/** Longer expressions are not looked through. */
const longest = 4000;

/** Where the bracket closes that opens at a place. */
export function closingBracket(code: string, open: number): number | undefined {
  let depth = 0;
  for (let i = open; i < Math.min(code.length, open + longest); i++) {
    const letter = code.charAt(i);
    if ('([{'.includes(letter)) depth++;
    else if (')]}'.includes(letter) && --depth === 0) return i;
  }
  return undefined;
}

/** Where the innermost bracket opens that a place stands in. */
export function enclosingBracket(code: string, place: number): number | undefined {
  let depth = 0;
  for (let i = place - 1; i >= Math.max(0, place - longest); i--) {
    const letter = code.charAt(i);
    if (')]}'.includes(letter)) depth++;
    else if ('([{'.includes(letter) && depth-- === 0) return i;
  }
  return undefined;
}

/** The lines that a place is indented below, and its own, from the inside. */
export function headersAround(code: string, place: number): readonly string[] {
  const lineEnd = code.indexOf('\n', place);
  const lines = code.slice(0, lineEnd < 0 ? code.length : lineEnd).split('\n');
  const headers: string[] = [];
  let indentation = Infinity;
  for (const line of lines.toReversed()) {
    if (line.trim() === '' || indentationOf(line) >= indentation) continue;
    headers.push(line);
    indentation = indentationOf(line);
    if (indentation === 0) break;
  }
  return headers;
}

/** Where the function ends that a place stands in; at module level, where the next one begins. */
export function functionEnd(code: string, place: number): number {
  const header = headersAround(code, place)
    .slice(1)
    .find((line) => /^\s*(?:async\s+)?def\b/.test(line));
  if (header !== undefined) return dedentation(code, place, indentationOf(header));
  const next = /\n(?:async\s+def|def|class|@)/g;
  next.lastIndex = place;
  return next.exec(code)?.index ?? code.length;
}

/** The first line after a place that is indented no further, and closes no bracket. */
function dedentation(code: string, place: number, indentation: number): number {
  const line = new RegExp(String.raw`\n[ \t]{0,${indentation}}[^\s)\]}]`, 'g');
  line.lastIndex = place;
  return line.exec(code)?.index ?? code.length;
}

const indentationOf = (line: string): number => /^[ \t]*/.exec(line)?.[0].length ?? 0;
