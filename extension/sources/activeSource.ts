import { window } from 'vscode';
import type { Source } from './source.ts';
import type { Sources } from './sources.ts';

/** The document or notebook of the active editor, where it has schedules. */
export function activeSource(sources: Sources): Source | undefined {
  const document = window.activeTextEditor?.document;
  const notebook = window.activeNotebookEditor?.notebook;
  return (document && sources.of(document)) ?? (notebook && sources.at(notebook.uri));
}
