import type { Span } from '../checking/finding.ts';
import type { Parameter } from '../optax/optaxFunction.ts';

/** A stretch of an item's text that the cursor goes to, with what stands there at first. */
export interface Blank {
  readonly blank: string;
}

export type Pieces = readonly (string | Blank)[];

/** Something to put into a text where somebody types. */
export interface Completion {
  readonly kind: 'function' | 'schedule' | 'argument' | 'value';
  /** What the list shows, and what is typed to find it. */
  readonly label: string;
  /** Goes right after the label, in a fainter colour. */
  readonly detail?: string;
  /** What it is for: a sentence or two. */
  readonly summary?: string;
  /** The argument that it gives or is the value of. */
  readonly parameter?: Parameter;
  /** What it replaces; it ends where the cursor is. */
  readonly span: Span;
  readonly text: Pieces;
  /** How its schedule can be drawn; absent where it makes none. */
  readonly trial?: Trial;
}

/** What makes a whole call of a text in which an item has been put. */
export interface Trial {
  /** Where the call begins. */
  readonly callAt: number;
  /** What the call needs besides, to be put right after the item. */
  readonly rest: string;
  /** What closes the brackets that are open, and where it goes. */
  readonly closing: string;
  readonly closingAt: number;
}

/** A text without its blanks. */
export function withoutBlanks(pieces: Pieces): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.blank)).join('');
}
