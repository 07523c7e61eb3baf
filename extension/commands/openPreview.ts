import { commands, window, type Disposable } from 'vscode';
import type { Previews } from '../preview/previews.ts';
import { givenAddress } from './givenAddress.ts';
import { activeAddress } from '../sources/activeSource.ts';
import type { Sources } from '../sources/sources.ts';

export const openPreview = 'anneal.openPreview';

/**
 * The command that shows the curves of a file beside it. Its arguments: the file's address, as text
 * or as VS Code's buttons give it, and the name of the schedule to look at; without them it is the
 * file of the active editor.
 */
export function registerOpenPreview(previews: Previews, sources: Sources): Disposable {
  return commands.registerCommand(openPreview, (address?: unknown, name?: unknown) => {
    const uri = givenAddress(address) ?? activeAddress(sources);
    if (!uri) {
      const message = 'Open a Python file, a notebook or a *.schedules.json, and try again.';
      return void window.showErrorMessage(message);
    }
    previews.open(uri, typeof name === 'string' ? name : undefined);
  });
}
