import { endOf, endOfContinuedLine, endOfString, next, startsAt } from './lexing.ts';

/** A cell as Python; every offset in its text is as it was. */
export interface PythonCell {
  readonly text: string;
  /** What has to stand before the text where its first statement is indented. */
  readonly opening: string;
  /** Closes the brackets and the string that the text leaves open. */
  readonly closing: string;
}

/**
 * The Python text of one cell: magics (`%`), shell commands (`!`) and help (`?`) become spaces, and
 * all else stays where it is. Where Python needs something in their place there is a `0` (for a
 * statement of a block) or a name that nothing has (for the value of `files = !ls`).
 *
 * After IPython's `core/inputtransformer2.py`.
 */
export function blankMagics(text: string): string {
  return pythonOf(text).text;
}

/** The Python of one cell and what it takes for it to stand among other cells. */
export function pythonOf(cell: string): PythonCell {
  const edits: Edit[] = [];
  let opening: string | undefined;
  let open: readonly string[] = [];
  for (let at = 0; at < cell.length;) {
    const start = endOf(indentation, cell, at);
    const afterLine = endOf(commentOrLineEnd, cell, start);
    if (afterLine > start || start === cell.length) {
      at = afterLine;
      continue;
    }
    const isIndented = start > at;
    if (opening === undefined) {
      if (startsAt(foreignMagic, cell, start)) {
        return { text: edited(cell, [blanked(start, cell.length)]), opening: '', closing: '' };
      }
      opening = isIndented ? 'if True:\n' : '';
    }
    const statement = readStatement(cell, start, isIndented);
    for (const edit of statement.edits) edits.push(edit);
    ({ to: at, open } = statement);
  }
  return { text: edited(cell, edits), opening: opening ?? '', closing: open.toReversed().join('') };
}

const indentation = /[ \t\f]*/y;
const commentOrLineEnd = /#[^\r\n]*|\r\n?|\n/y;

/** A cell magic, unless it runs its cell as Python in the notebook's own namespace. */
const foreignMagic =
  /%%(?!(?:capture|debug|lprun|memit|mprun|prun|px|pyinstrument|scalene|time|timeit|wandb)(?:\s|$))\S*(?<!\?)(?=\s|$)/y;

interface Statement {
  readonly edits: readonly Edit[];
  /** Where the next one may begin. */
  readonly to: number;
  /** What would close what it leaves open at the end of the cell, outermost first. */
  readonly open: readonly string[];
}

/** What begins a magic, a shell command, help, or one of IPython's other ways to call a function. */
const escape = /[%!?,;/]/y;
/** A line magic that runs the rest of its line, with the options. */
const runningMagic =
  /%(?:time|timeit|prun|lprun|memit|mprun)[ \t]+(?:-[DTflnprst][ \t]*[\w.]+[ \t]+|--?[\w-]+[ \t]+)*/y;
/** The rest that can follow another statement on the same line. */
const simpleStatement = /(?!(?:async|class|def|for|if|match|try|while|with)\b)[^%!?\s]/y;

/** Where a statement may end or a magic begin: at strings, comments, brackets, signs, line ends. */
const marks = /'''|"""|["'#()[\]{}?]|\\(?:\r\n?|\n)|[!%&*+\-/:<=>@^|]?=|\r\n?|\n/g;
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const restOfLine = /[^\r\n]*/y;
const endOfHelp = /[ \t]*(?=[\r\n]|$)/y;

/** Reads the statement whose first character is at `from`. */
function readStatement(cell: string, from: number, isIndented: boolean): Statement {
  const edits: Edit[] = [];
  const standIn = isIndented ? '0' : '';
  let at = from;
  if (startsAt(escape, cell, from)) {
    const to = endOfContinuedLine(cell, from);
    at = endOf(runningMagic, cell, from);
    if (at === from || !startsAt(simpleStatement, cell, at)) {
      return { edits: [blanked(from, to, standIn)], to, open: [] };
    }
    edits.push(blanked(from, at, '0;'));
  }
  const open: string[] = [];
  for (let mark = next(marks, cell, at); mark; mark = next(marks, cell, at)) {
    const sign = mark[0];
    at = mark.index + sign.length;
    const closer = closers[sign];
    if (closer !== undefined) open.push(closer);
    else if (')]}'.includes(sign)) open.pop();
    else if (sign === '#') at = endOf(restOfLine, cell, at);
    else if (/^['"]/.test(sign)) {
      const end = endOfString(cell, at, sign);
      if (end === undefined) return { edits, to: cell.length, open: [...open, sign] };
      at = end;
    } else if (open.length > 0) continue;
    else if (sign === '=') {
      const magic = assignedMagic(cell, at);
      if (magic) edits.push(magic);
      at = magic?.to ?? at;
    } else if (sign === '?' && startsAt(endOfHelp, cell, at)) {
      return { edits: [blanked(from, at, standIn)], to: at, open };
    } else if (/^[\r\n]/.test(sign)) return { edits, to: at, open };
  }
  return { edits, to: cell.length, open };
}

const beforeMagic = /[ \t]*(?=!|%\w)/y;
/** A letter of Khoisan languages, so Python takes it for a name; it looks like an exclamation mark. */
const unknownValue = '\u01c3';

/** `!ls` of `files = !ls`, where there is one after the `=`; of `x = %time f()` only the magic. */
function assignedMagic(cell: string, afterSign: number): Edit | undefined {
  const gap = next(beforeMagic, cell, afterSign);
  if (!gap) return undefined;
  const from = afterSign + gap[0].length;
  const run = cell.startsWith('%time ', from) ? endOf(runningMagic, cell, from) : from;
  return run > from && startsAt(simpleStatement, cell, run)
    ? blanked(from, run)
    : blanked(from, endOfContinuedLine(cell, from), unknownValue);
}

/** A stretch of a cell that becomes spaces, after a stand-in that is no longer than it. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly standIn: string;
}

function blanked(from: number, to: number, standIn = ''): Edit {
  return { from, to, standIn };
}

function edited(cell: string, edits: readonly Edit[]): string {
  let text = '';
  let at = 0;
  for (const { from, to, standIn } of edits) {
    const rest = cell.slice(from + standIn.length, to);
    text += cell.slice(at, from) + standIn + rest.replace(/[^\r\n]/g, ' ');
    at = to;
  }
  return text + cell.slice(at);
}
