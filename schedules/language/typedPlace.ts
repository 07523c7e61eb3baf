import type { Span } from '../checking/finding.ts';
import { dottedNameBefore, openBrackets } from './enclosingCall.ts';
import type { Token } from './pythonStatements.ts';

/** What is typed at an offset of a statement, and what stands before that. */
export interface TypedPlace {
  /** The word or number up to the offset; empty between two of them. */
  readonly word: Span;
  /** Where the dotted name begins whose last part the word is. */
  readonly from: number;
  /** What that name has before its last dot. */
  readonly root: string | undefined;
  /** The token before the word or the dotted name; empty if there is none. */
  readonly before: string;
  /** Whether a name here is a type: `x: optax.Schedule`, `-> optax.Schedule`. */
  readonly isAnnotation: boolean;
  /** Closes the brackets that are open at the statement's end, and where it ends. */
  readonly closing: string;
  readonly closingAt: number;
}

/** The place of an offset; undefined in statements that compute nothing. */
export function typedAt(tokens: readonly Token[], offset: number): TypedPlace | undefined {
  const [first] = tokens;
  if (!first || /^(?:import|from|class|del|global|nonlocal|@)$/.test(first.text)) return undefined;
  const typed = tokens.filter(({ from }) => from < offset);
  const last = typed.at(-1);
  const isWord = last !== undefined && last.kind !== 'sign' && last.to >= offset;
  const head = isWord ? typed.slice(0, -1) : typed;
  const word = { from: isWord ? last.from : offset, to: offset };
  const dotted = head.at(-1)?.text === '.' ? dottedNameBefore(head, head.length - 1) : undefined;
  const from = dotted?.from ?? word.from;
  const before = head.findLast((token) => token.to <= from)?.text ?? '';
  const innermost = openBrackets(tokens, offset).at(-1);
  const isInDict = innermost !== undefined && tokens[innermost]?.text === '{';
  return {
    word,
    from,
    root: dotted?.text,
    before,
    isAnnotation: before === '->' || (before === ':' && !isInDict),
    closing: openBrackets(tokens, Infinity)
      .map((open) => closerOf(tokens[open]?.text))
      .toReversed()
      .join(''),
    closingAt: Math.max(offset, tokens.at(-1)?.to ?? offset),
  };
}

function closerOf(bracket: string | undefined): string {
  if (bracket === '[') return ']';
  return bracket === '{' ? '}' : ')';
}
