import { commands, Uri, window, type Disposable } from 'vscode';
import { compareFiles, noFile, type Comparing, type Wanted } from '../compare/comparing.ts';
import { givenChoices } from '../compare/givenChoices.ts';
import { givenAddress } from './givenAddress.ts';
import { activeSource } from '../sources/activeSource.ts';
import { openedSource } from '../sources/openedSource.ts';
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
  const compare = async (address: Uri | undefined, second: unknown, wanted: Wanted) => {
    const selected = [second].flat().filter((one) => one instanceof Uri);
    const addresses = selected.length > 0 ? selected : [address].filter((one) => one !== undefined);
    const files = addresses.length > 0 ? await opened(sources, addresses) : activeFile(sources);
    if (files.length === 0) return void window.showErrorMessage(noFile);
    return (await compareFiles(comparing, files, wanted))?.folders[0];
  };
  return [
    commands.registerCommand(
      compareSchedules,
      (first?: unknown, names?: unknown, choices?: unknown) => {
        const address = givenAddress(first);
        const found = [names].flat().filter((name) => typeof name === 'string');
        const schedules = found.length > 0 && { schedules: found };
        const given = givenChoices(address ? choices : (choices ?? first));
        return compare(address, names, {
          ...schedules,
          ...(given && { choices: { ...schedules, ...given } }),
        });
      },
    ),
    commands.registerCommand(compareAgain, (address?: unknown) =>
      compare(givenAddress(address), undefined, { again: true }),
    ),
  ];
}

function activeFile(sources: Sources): readonly Source[] {
  const source = activeSource(sources);
  return source ? [source] : [];
}

async function opened(sources: Sources, addresses: readonly Uri[]): Promise<readonly Source[]> {
  const found = await Promise.all(addresses.map((uri) => openedSource(sources, uri)));
  return found.filter((source) => source !== undefined);
}
