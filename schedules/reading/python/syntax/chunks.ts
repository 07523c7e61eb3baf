/**
 * The stretches of a Python text that can be parsed one by one, in their order: each statement of
 * the module itself with the comments after it. A bracket that is not closed ends before a line that
 * cannot stand in one.
 */
export function* chunksOf(text: string): Generator<string> {
  let start = 0;
  let isDecorated = false;
  let line: Line = { next: 0, depth: 0, isContinued: false };
  while (line.next < text.length) {
    const { next: at, depth, isContinued } = line;
    const isStatement =
      !isContinued && (depth > 0 ? isAt(notInBrackets, text, at) : !isAt(notStatement, text, at));
    if (isStatement) {
      // A decorator belongs to the definition that follows, unless it is unfinished.
      if (at > start && (!isDecorated || depth > 0)) {
        yield text.slice(start, at);
        start = at;
      }
      isDecorated = text[at] === '@';
    }
    line = lineAt(text, at, isStatement ? 0 : depth);
  }
  yield text.slice(start);
}

/** What a line begins with that goes on with the statement before it, or is none. */
const notStatement = /[\s#)\]}]|(?:else|elif|except|finally)\b/y;

const notInBrackets =
  /(?:@\w|(?:async\s+def|def|class|import|from\s+[\w.]+\s+import|with|while|try|return)\b)/y;

function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** How a line ends; one with a string of several lines ends with the last of them. */
interface Line {
  /** Where the next one begins. */
  readonly next: number;
  /** How many brackets are open. */
  readonly depth: number;
  /** Whether a backslash joins the next one to it. */
  readonly isContinued: boolean;
}

function lineAt(text: string, from: number, depthBefore: number): Line {
  let depth = depthBefore;
  for (let at = from; at < text.length; at++) {
    switch (text[at]) {
      case '\n':
        return { next: at + 1, depth, isContinued: false };
      case '#':
        at = endOf(text, text.indexOf('\n', at)) - 1;
        break;
      case '\\':
        if (isAt(lineEnd, text, at + 1))
          return { next: lineEnd.lastIndex, depth, isContinued: true };
        break;
      case '"':
      case "'":
        at = stringEnd(text, at) - 1;
        break;
      case '(':
      case '[':
      case '{':
        depth++;
        break;
      case ')':
      case ']':
      case '}':
        depth = Math.max(0, depth - 1);
        break;
      default:
      // Nothing else matters to where statements begin.
    }
  }
  return { next: text.length, depth, isContinued: false };
}

const lineEnd = /\r?\n/y;

/** Where the string ends that begins with the quote at an offset; an unclosed one with its line. */
function stringEnd(text: string, from: number): number {
  const quote = text.slice(from, from + 1);
  const closing = text.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
  for (let at = from + closing.length; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(closing, at)) return at + closing.length;
    else if (text[at] === '\n' && closing === quote) return at;
  }
  return text.length;
}

function endOf(text: string, found: number): number {
  return found < 0 ? text.length : found;
}
