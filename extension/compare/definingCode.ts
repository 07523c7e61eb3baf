import { basename } from 'node:path';
import { Selection, TextEditorRevealType, Uri, window, workspace, type TextEditor } from 'vscode';
import type { Span } from '../../schedules/checking/finding.ts';
import { locate, type Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';
import type { ComparisonSession } from './comparisonSession.ts';

/** A schedule of a comparison, where the code defines it as it stands now. */
export interface DefiningCode {
  readonly source: Source;
  /** Its name there. */
  readonly name: string;
}

/**
 * Finds the code that defines a schedule of a comparison.
 *
 * @throws Error where it is not known, or has no schedule of that name any more.
 */
export async function definingCode(
  sources: Sources,
  { started }: ComparisonSession,
  schedule: string,
): Promise<DefiningCode> {
  const path = started?.runs.find((run) => run.schedule === schedule)?.source;
  if (path === undefined) throw new Error(`It is not known which file defines '${schedule}'.`);
  const source = await opened(sources, Uri.file(path));
  const file = basename(path);
  // Where two files have it, its name has the file's before it.
  const own = schedule.startsWith(`${file}: `) ? schedule.slice(file.length + 2) : schedule;
  const names = [...(source?.read.definitions ?? []), ...(source?.read.uses ?? [])];
  if (!source || !names.some(({ name }) => name === own)) {
    throw new Error(`${file} has no schedule '${own}' any more: it was renamed or removed.`);
  }
  return { source, name: own };
}

async function opened(sources: Sources, uri: Uri): Promise<Source | undefined> {
  try {
    if (uri.path.endsWith('.ipynb')) await workspace.openNotebookDocument(uri);
    else await workspace.openTextDocument(uri);
  } catch (error) {
    throw new Error(`${basename(uri.path)} cannot be opened: it was moved or removed.`, {
      cause: error,
    });
  }
  return sources.at(uri);
}

/** Shows the code that defines a schedule. */
export function showDefinition({ source, name }: DefiningCode): Promise<void> {
  const { definitions, uses } = source.read;
  const place =
    definitions.find((one) => one.name === name) ?? uses.find((one) => one.name === name);
  return place ? showSpan(source, place.span) : Promise.resolve();
}

/** Selects a stretch of a source in an editor that does not cover the comparison. */
export async function showSpan(source: Source, span: Span): Promise<void> {
  const place = locate(source, span);
  if (!place) return;
  const document = await workspace.openTextDocument(place.uri);
  const visible = window.visibleTextEditors.find((one) => one.document === document);
  const other = window.visibleTextEditors[0];
  const viewColumn = (visible ?? other)?.viewColumn;
  const editor: TextEditor = await window.showTextDocument(document, {
    ...(viewColumn !== undefined && { viewColumn }),
  });
  editor.selection = new Selection(place.range.start, place.range.end);
  editor.revealRange(place.range, TextEditorRevealType.InCenterIfOutsideViewport);
}
