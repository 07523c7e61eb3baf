import { Range, SnippetString, window } from 'vscode';
import { findScheduleFunction } from '../../schedules/optax/catalog.ts';
import { insertionOf } from '../../schedules/language/insertion.ts';
import { locate, offsetAt, type Source } from '../sources/source.ts';

/** Writes a call of a schedule function where the cursor is, or else at the end, and goes there. */
export async function insertSchedule(source: Source, functionName: string): Promise<void> {
  const f = findScheduleFunction(functionName);
  const visible = window.visibleTextEditors.find(({ document }) =>
    source.parts.some((part) => part.document === document),
  );
  const document = visible?.document ?? source.parts.at(-1)?.document;
  if (!f || !document) return;
  const editor = await window.showTextDocument(document, {
    ...(visible?.viewColumn !== undefined && { viewColumn: visible.viewColumn }),
  });
  const offset = visible
    ? offsetAt(source, document, visible.selection.active)
    : source.text.length;
  const { span, text } = insertionOf(f, source, offset);
  const place = locate(source, span);
  if (!place) return;
  const snippet = new SnippetString();
  for (const piece of text) {
    if (typeof piece === 'string') snippet.appendText(piece);
    else snippet.appendPlaceholder(piece.blank);
  }
  const isJson = source.kind === 'json';
  await editor.insertSnippet(snippet, new Range(place.range.start, place.range.end), {
    undoStopBefore: true,
    undoStopAfter: true,
    ...(isJson && { keepWhitespace: true }),
  });
}
