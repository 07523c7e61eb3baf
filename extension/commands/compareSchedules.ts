import { commands, Uri, window, workspace, type Disposable } from 'vscode';
import { compareFiles, noFile, type Comparing, type Wanted } from '../compare/comparing.ts';
import { givenChoices } from '../compare/givenChoices.ts';
import { activeSource } from '../sources/activeSource.ts';
import type { Source } from '../sources/source.ts';
import type { Sources } from '../sources/sources.ts';

export const compareSchedules = 'anneal.compareSchedules';
const compareAgain = 'anneal.compareSchedulesAgain';

/**
 * The command that trains under files' schedules. Its arguments: the file's address as text, or as
 * VS Code's menus give it; the names of the schedules, or of one, or of the explorer all files that
 * are selected; and, to be asked nothing, the choices, which a keybinding gives as its only argument.
 * Without an address it is the file of the active editor. The second command does the same again as
 * the last time.
 */
export function registerCompareSchedules(comparing: Comparing): readonly Disposable[] {
  const { sources } = comparing;
  const compare = async (address: unknown, second: unknown, wanted: Wanted) => {
    const selected = [second].flat().filter((one) => one instanceof Uri);
    const addresses = selected.length > 0 ? selected : addressOf(address);
    const files = addresses ? await opened(sources, addresses) : activeFile(sources);
    if (files.length === 0) return void window.showErrorMessage(noFile);
    return (await compareFiles(comparing, files, wanted))?.folders[0];
  };
  return [
    commands.registerCommand(
      compareSchedules,
      (address?: unknown, names?: unknown, choices?: unknown) => {
        const found = [names].flat().filter((name) => typeof name === 'string');
        const schedules = found.length > 0 && { schedules: found };
        const given = givenChoices(address instanceof Uri ? choices : (choices ?? address));
        return compare(address, names, {
          ...schedules,
          ...(given && { choices: { ...schedules, ...given } }),
        });
      },
    ),
    commands.registerCommand(compareAgain, (address?: unknown) =>
      compare(address, undefined, { again: true }),
    ),
  ];
}

function addressOf(address: unknown): readonly Uri[] | undefined {
  if (typeof address === 'string') return [Uri.parse(address, true)];
  return address instanceof Uri ? [address] : undefined;
}

function activeFile(sources: Sources): readonly Source[] {
  const source = activeSource(sources);
  return source ? [source] : [];
}

/** Files are opened to be read, without an editor. */
async function opened(sources: Sources, addresses: readonly Uri[]): Promise<readonly Source[]> {
  const files = addresses.map(async (uri) => {
    const present = sources.at(uri);
    if (present) return [present];
    if (uri.path.endsWith('.ipynb')) await workspace.openNotebookDocument(uri);
    else await workspace.openTextDocument(uri);
    const source = sources.at(uri);
    return source ? [source] : [];
  });
  return (await Promise.all(files)).flat();
}
