import { Location, Range, type Position, type TextDocument, type Uri } from 'vscode';
import type { Span } from '../../schedules/checking/finding.ts';
import type { ReadText } from '../../schedules/readSchedules.ts';

/** A document whose text is, character by character, a stretch of a source's text. */
export interface Part extends Span {
  readonly document: TextDocument;
}

/** A text whose schedules are read: a document, or all Python cells of a notebook in their order. */
export interface Source {
  /** Of the document or the notebook. */
  readonly uri: Uri;
  readonly kind: 'python' | 'notebook' | 'json';
  readonly text: string;
  readonly read: ReadText;
  /** One, or one for each Python cell. */
  readonly parts: readonly Part[];
}

/** The offset in a source's text of a place in one of its documents. */
export function offsetAt(source: Source, document: TextDocument, position: Position): number {
  const part = source.parts.find((one) => one.document === document);
  return (part?.from ?? 0) + document.offsetAt(position);
}

/** Where a stretch of a source's text is; of one over several cells what is in the first of them. */
export function locate(source: Source, { from, to }: Span): Location | undefined {
  const part = partAt(source, from);
  if (!part) return undefined;
  return new Location(part.document.uri, rangeIn(part, { from, to: Math.min(to, part.to) }));
}

/** Where a stretch is in a document; undefined where it is in another one of the source. */
export function rangeOf(source: Source, document: TextDocument, span: Span): Range | undefined {
  const part = partAt(source, span.from);
  if (part?.document !== document) return undefined;
  return rangeIn(part, { from: span.from, to: Math.min(span.to, part.to) });
}

function rangeIn({ document, from: start }: Part, { from, to }: Span): Range {
  return new Range(document.positionAt(from - start), document.positionAt(to - start));
}

function partAt({ parts }: Source, offset: number): Part | undefined {
  return parts.find(({ from, to }) => from <= offset && offset <= to);
}
