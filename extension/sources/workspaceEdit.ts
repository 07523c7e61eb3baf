import { WorkspaceEdit } from 'vscode';
import type { TextEdit } from '../../schedules/checking/finding.ts';
import { locate, type Source } from './source.ts';

/** Edits of a source's text as edits of its documents. */
export function workspaceEdit(source: Source, edits: readonly TextEdit[]): WorkspaceEdit {
  const result = new WorkspaceEdit();
  for (const { span, text } of edits) {
    const place = locate(source, span);
    if (place) result.replace(place.uri, place.range, text);
  }
  return result;
}
