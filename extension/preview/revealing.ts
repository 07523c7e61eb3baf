import { Range, Selection, TextEditorRevealType, window, workspace } from 'vscode';
import { locate, type Source } from '../sources/source.ts';
import { callOf } from './state.ts';

/** Selects a schedule in the code, or one argument of its call, and moves the focus there. */
export async function revealSchedule(
  source: Source,
  schedule: string,
  argument: string | null,
): Promise<void> {
  const definition = source.read.definitions.find(({ name }) => name === schedule);
  if (!definition) return;
  const call = callOf(definition, source.read);
  const span = (argument === null ? undefined : call?.argumentSpans[argument]) ?? definition.span;
  const place = locate(source, span);
  if (!place) return;
  const document = await workspace.openTextDocument(place.uri);
  const beside = window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await window.showTextDocument(document, {
    ...(beside?.viewColumn !== undefined && { viewColumn: beside.viewColumn }),
  });
  editor.selection = new Selection(place.range.start, place.range.end);
  editor.revealRange(
    new Range(place.range.start, place.range.end),
    TextEditorRevealType.InCenterIfOutsideViewport,
  );
}
