import { workspace, type Uri } from 'vscode';
import type { Source } from './source.ts';
import type { Sources } from './sources.ts';

/**
 * The schedules of a file, which is opened to be read, without an editor; undefined where it has none.
 *
 * @throws Error where it cannot be opened.
 */
export async function openedSource(sources: Sources, uri: Uri): Promise<Source | undefined> {
  const present = sources.at(uri);
  if (present) return present;
  if (uri.path.endsWith('.ipynb')) await workspace.openNotebookDocument(uri);
  else await workspace.openTextDocument(uri);
  return sources.at(uri);
}
