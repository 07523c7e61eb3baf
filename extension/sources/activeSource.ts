import { window, type Uri } from 'vscode';
import type { Source } from './source.ts';
import type { Sources } from './sources.ts';

/** The document or notebook of the active editor, where it has schedules. */
export function activeSource(sources: Sources): Source | undefined {
  const document = window.activeTextEditor?.document;
  const notebook = window.activeNotebookEditor?.notebook;
  return (document && sources.of(document)) ?? (notebook && sources.at(notebook.uri));
}

/** The file of the active editor, also one that has no schedule yet: the preview offers some. */
export function activeAddress(sources: Sources): Uri | undefined {
  const notebook = window.activeNotebookEditor?.notebook;
  return activeSource(sources)?.uri ?? notebook?.uri ?? window.activeTextEditor?.document.uri;
}
