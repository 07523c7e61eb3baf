import { window } from 'vscode';
import type { Definition } from '../../schedules/reading/reading.ts';
import { offsetAt, type Source } from '../sources/source.ts';

/**
 * The schedule that somebody at an offset is at: the innermost one around it, or else one on the
 * same line; undefined where there is none.
 */
export function scheduleAt(
  definitions: readonly Definition[],
  text: string,
  offset: number,
): string | undefined {
  const around = definitions
    .filter(({ span }) => span.from <= offset && offset <= span.to)
    .sort((a, b) => a.span.to - a.span.from - (b.span.to - b.span.from));
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = (text.indexOf('\n', offset) + 1 || text.length + 1) - 1;
  const onLine = definitions.filter(({ span }) => lineStart <= span.from && span.from <= lineEnd);
  return (around[0] ?? onLine[0])?.name;
}

/** The schedule at the cursor of the active editor, where it shows a part of a source. */
export function scheduleAtCursor(source: Source): string | undefined {
  const editor = window.activeTextEditor;
  if (!editor || !source.parts.some(({ document }) => document === editor.document)) {
    return undefined;
  }
  const offset = offsetAt(source, editor.document, editor.selection.active);
  return scheduleAt(source.read.definitions, source.text, offset);
}
