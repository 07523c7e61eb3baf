import type { FindingCode } from './findingKinds.ts';
import type { Source } from './source.ts';
import type { KnownTraining } from './training.ts';

/** Something in the arguments of one call that Optax accepts and nobody means. */
export interface Trap {
  readonly code: FindingCode;
  readonly message: string;
  /** The arguments at fault by Optax's names: the first one that the call writes is underlined. */
  readonly parameters: readonly string[];
  /** What to write for an argument instead. */
  readonly fix?: { readonly parameter: string; readonly text: string } | undefined;
}

/** What is known of a call besides its arguments. */
export interface CallContext {
  readonly source: Source;
  /** Undefined where the text does not say how long it trains. */
  readonly training: KnownTraining | undefined;
  /** The text alone asks it for rates, and need not count optimizer steps. */
  readonly isOnlyAsked: boolean;
  /** A part of a join that a boundary ends. */
  readonly isEnded: boolean;
}

/** Looks for a kind of trap in the arguments of a call, defaults included. */
export type Trapper<A> = (args: A, context: CallContext) => Trap | readonly Trap[] | undefined;
