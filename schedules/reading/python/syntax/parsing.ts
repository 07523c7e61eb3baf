import { TreeFragment, type Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import { expressionOf } from './expressions.ts';
import { childrenOf, sourceOf } from './node.ts';
import { blockOf } from './statements.ts';
import type { Block, Expression } from './syntax.ts';

/** A text with its tree, from which a later version of the text is read faster. */
export interface ParsedText {
  readonly text: string;
  readonly tree: Tree;
}

export interface ParsedModule extends ParsedText {
  readonly body: Block;
  /** From where on the text was not read, for it took too long. */
  readonly unreadFrom: number | undefined;
}

/**
 * The statements of a Python module, unfinished ones too.
 *
 * @param longest how many milliseconds it may take.
 * @param earlier a version of the same text, of which unchanged parts are used again.
 */
export function parseModule(text: string, longest: number, earlier?: ParsedText): ParsedModule {
  const deadline = Date.now() + longest;
  const parse = parser.startParse(readable(text), earlier ? fragmentsOf(earlier, text) : []);
  let tree = parse.advance();
  let unreadFrom: number | undefined;
  for (let i = 1; !tree; i++) {
    tree = parse.advance();
    if (unreadFrom === undefined && i % 256 === 0 && Date.now() > deadline) {
      unreadFrom = parse.parsedPos;
      parse.stopAt(unreadFrom);
    }
  }
  return { text, tree, body: blockOf(childrenOf(tree.topNode), sourceOf(text), 0), unreadFrom };
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

/** What of an earlier tree still stands: what is before and after the one stretch that changed. */
function fragmentsOf({ text: before, tree }: ParsedText, text: string): readonly TreeFragment[] {
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === text.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === text.charCodeAt(text.length - 1 - end)
  )
    end++;
  const change = { fromA: start, toA: before.length - end, fromB: start, toB: text.length - end };
  return TreeFragment.applyChanges(TreeFragment.addTree(tree), [change]);
}
