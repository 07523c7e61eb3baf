import type { Span } from '../checking/finding.ts';
import { endOf, endOfString, startsAt } from '../reading/notebook/lexing.ts';

export interface Token extends Span {
  readonly kind: 'name' | 'number' | 'string' | 'sign';
  readonly text: string;
}

/** A logical line: what stands between two line ends that are in no bracket. */
export interface Statement {
  /** In columns; a tab goes to the next multiple of 8, as in Python. */
  readonly indent: number;
  readonly tokens: readonly Token[];
}

/** The beginning of a Python text, as far as it matters to somebody who types at an offset. */
export interface TypedPython {
  /** Up to the one that holds the offset, with its end. */
  readonly statements: readonly Statement[];
  /** Whether the offset is in a string or a comment. */
  readonly isInText: boolean;
}

/** One of them at a time: white space, line end, comment, string's beginning, name, number, sign. */
const piece =
  /[ \t\f]+|\\(?:\r\n?|\n)|\r\n?|\n|#[^\r\n]*|[rbuft]{0,2}(?:'''|"""|['"])|(?:\d[\w.]*|\.\d\w*)(?:(?<=e)[+-]\d+)?|[\w\u0080-\uffff]+|->|:=|\*\*|\/\/|[-+*/%@&|^=!<>]=|[^]/iy;

/**
 * Splits a text into statements, however unfinished it is: a bracket that nobody closed ends where
 * another statement begins.
 */
export function statementsUntil(text: string, offset: number): TypedPython {
  const statements: Statement[] = [];
  let tokens: Token[] = [];
  let [indent, open, lineStart] = [0, 0, 0];
  let isFirst = true;
  let isInText = false;
  const finish = (): void => {
    if (tokens.length > 0) statements.push({ indent, tokens });
    tokens = [];
    open = 0;
  };
  for (let from = 0; from < text.length;) {
    const { kind, to, isClosed } = pieceAt(text, from);
    const written = text.slice(from, to);
    if (kind === 'comment' || kind === 'string') {
      isInText ||= from < offset && (offset < to || (offset === to && !isClosed));
    }
    if (kind === 'end') {
      lineStart = to;
      if (open === 0 || beginsStatement(text, lineStart, indent)) {
        finish();
        isFirst = true;
        if (to > offset) break;
      }
    } else if (kind === 'sign' && written === ';' && open === 0) {
      finish();
      if (from >= offset) break;
    } else if (kind !== 'blank' && kind !== 'comment') {
      if (isFirst) indent = columnOf(text, lineStart, from);
      isFirst = false;
      if (kind === 'sign' && isOpening(written)) open++;
      else if (kind === 'sign' && isClosing(written)) open = Math.max(0, open - 1);
      tokens.push({ kind, from, to, text: written });
    }
    from = to;
  }
  finish();
  return { statements, isInText };
}

interface Piece {
  readonly kind: Token['kind'] | 'blank' | 'comment' | 'end';
  readonly to: number;
  /** Of a string: whether its last quotes are there. */
  readonly isClosed: boolean;
}

function pieceAt(text: string, from: number): Piece {
  const to = endOf(piece, text, from);
  const kind = kindOf(text, from, to);
  if (kind !== 'string') return { kind, to, isClosed: false };
  const quotes = /["']+$/.exec(text.slice(from, to))?.[0] ?? '';
  const end = endOfString(text, to, quotes) ?? text.length;
  const last = end - quotes.length;
  return { kind, to: end, isClosed: last >= to && text.startsWith(quotes, last) };
}

function kindOf(text: string, from: number, to: number): Piece['kind'] {
  const first = text[from] ?? '';
  if (first === ' ' || first === '\t' || first === '\f') return 'blank';
  if (first === '\n' || first === '\r') return 'end';
  if (first === '#') return 'comment';
  if (first === '\\' && to > from + 1) return 'blank';
  const last = text[to - 1];
  if (last === "'" || last === '"') return 'string';
  if (isDigit(first) || (first === '.' && to > from + 1)) return 'number';
  return /[\w\u0080-\uffff]/.test(first) ? 'name' : 'sign';
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';

export const isOpening = (sign: string): boolean => sign === '(' || sign === '[' || sign === '{';
export const isClosing = (sign: string): boolean => sign === ')' || sign === ']' || sign === '}';

const keyword =
  /(?:async|class|def|import|from|while|with|try|return|raise|assert|del|global|pass|break|continue)\b|@/y;
const assignment = /[A-Za-z_][\w.]*(?:[ \t]*,[ \t]*[A-Za-z_][\w.]*)*[ \t]+=[ \t]/y;
const margin = /[ \t]*/y;

/** Whether a line, although a bracket is open, can only begin the next statement. */
function beginsStatement(text: string, lineStart: number, indent: number): boolean {
  const start = endOf(margin, text, lineStart);
  if (startsAt(keyword, text, start)) return true;
  return startsAt(assignment, text, start) && columnOf(text, lineStart, start) <= indent;
}

function columnOf(text: string, lineStart: number, offset: number): number {
  let column = 0;
  for (const character of text.slice(lineStart, offset)) {
    column = character === '\t' ? column - (column % 8) + 8 : column + 1;
  }
  return column;
}
