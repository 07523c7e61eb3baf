/** A stretch of a text: UTF-16 offsets from 0, `to` exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Something to tell the writer of a definition: what will happen and what to write instead. */
export interface Finding {
  /** Stable name in kebab case, such as `unknown-argument`; what a suppression comment names. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence or two: what is wrong or will happen, and what to write instead. */
  readonly message: string;
  readonly span: Span;
  /** What can be done about it; the first one is the one to prefer. */
  readonly fixes?: readonly Fix[];
}

/** Changes of the text that mend what a finding tells of. */
export interface Fix {
  /** An imperative, such as `Change to 'decay_steps'`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Replaces a stretch of the text; an empty one is where the new text goes in. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}
