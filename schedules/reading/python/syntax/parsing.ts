import type { Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import { chunksOf } from './chunks.ts';
import { expressionOf } from './expressions.ts';
import { childrenOf, sourceOf } from './node.ts';
import { blockOf } from './statements.ts';
import type { Block, Chunk, Expression, Statement } from './syntax.ts';

/** The statements of a text, chunk by chunk. */
export interface ParsedModule {
  readonly text: string;
  readonly body: readonly Chunk[];
  /** From where on the text was not read, for it took too long. */
  readonly unreadFrom: number | undefined;
  /** The chunks by their text, with which a later version is parsed faster. */
  readonly chunks: ReadonlyMap<string, ParsedChunk>;
}

/** The statements of a stretch of text, counted from its beginning. */
interface ParsedChunk {
  readonly body: Block;
  /** From where on it was not read. */
  readonly unreadFrom: number | undefined;
}

/** The statements of a whole Python text, unfinished ones too, within some milliseconds. */
export function parseModule(text: string, longest: number): ParsedChunk {
  return parseChunk(text, Date.now() + longest);
}

/**
 * The same, each chunk parsed by itself, so that those that are known already give the same tree as
 * those that are not.
 *
 * @param known the chunks of an earlier version.
 */
export function parseChunks(
  text: string,
  longest: number,
  known: ParsedModule['chunks'] = new Map(),
): ParsedModule {
  const deadline = Date.now() + longest;
  const body: Chunk[] = [];
  const chunks = new Map<string, ParsedChunk>();
  let from = 0;
  for (const chunk of chunksOf(text)) {
    const parsed = known.get(chunk) ?? parseChunk(chunk, deadline);
    const { unreadFrom } = parsed;
    const to = from + chunk.length;
    body.push({ kind: 'chunk', from, to, body: parsed.body });
    if (unreadFrom !== undefined) return { text, body, unreadFrom: from + unreadFrom, chunks };
    chunks.set(chunk, parsed);
    from = to;
  }
  return { text, body, unreadFrom: undefined, chunks };
}

function parseChunk(text: string, deadline: number): ParsedChunk {
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
  const source = sourceOf(text);
  const body: Statement[] = [];
  for (const node of childrenOf(tree.topNode)) {
    if (Date.now() > deadline) return { body, unreadFrom: node.from };
    body.push(...blockOf([node], source, 0));
  }
  return { body, unreadFrom };
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
