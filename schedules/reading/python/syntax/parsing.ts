import type { Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import { expressionOf } from './expressions.ts';
import { childrenOf, sourceOf } from './node.ts';
import { blockOf } from './statements.ts';
import type { Block, Expression } from './syntax.ts';

/** The statements of a text. */
export interface ParsedModule {
  readonly text: string;
  readonly body: Block;
  /** From where on the text was not read, for it took too long. */
  readonly unreadFrom: number | undefined;
}

/**
 * The statements of a Python module, unfinished ones too. All of it is parsed anew for every version
 * of a text: of Python the parser's incremental trees differ from whole ones now and then.
 *
 * @param longest how many milliseconds it may take.
 */
export function parseModule(text: string, longest: number): ParsedModule {
  const deadline = Date.now() + longest;
  const parse = parser.startParse(readable(text));
  let tree = parse.advance();
  let unreadFrom: number | undefined;
  for (let i = 1; !tree; i++) {
    tree = parse.advance();
    if (unreadFrom === undefined && i % 256 === 0 && Date.now() > deadline) {
      unreadFrom = parse.parsedPos;
      parse.stopAt(unreadFrom);
    }
  }
  return { text, body: blockOf(childrenOf(tree.topNode), sourceOf(text), 0), unreadFrom };
}

/** A Python expression that a whole text is; undefined where it is not one. */
export function parseExpression(text: string): Expression | undefined {
  if (text.length > longestExpression) return undefined;
  // Parentheses let the text begin and end with white space, as it may inside of a Python call.
  const source = `(${text}\n)`;
  const tree = parser.parse(readable(source));
  const node = tree.topNode.firstChild?.firstChild;
  if (node?.from !== 0 || node.to !== source.length || hasErrors(tree)) return undefined;
  // Neither nothing nor `1) + (2` is an expression without the parentheses.
  const [open, ...within] = childrenOf(node);
  if (open?.name !== '(' || within.length < 2) return undefined;
  return expressionOf(node, sourceOf(source), 0);
}

/** In characters; longer texts are not parsed. */
export const longestExpression = 2000;

export function hasErrors(tree: Tree): boolean {
  let found = false;
  tree.iterate({ enter: ({ type }) => void (found ||= type.isError) });
  return found;
}

/**
 * A text of the same length that the parser can read: it does not know Python's way to write 5.0
 * without the 0. What the numbers are worth is read from the text itself.
 */
function readable(text: string): string {
  return text.replace(/(?<![\w.])(\d[\d_]*)\.(?![\d_])/g, '$10');
}
