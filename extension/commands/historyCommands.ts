import { basename } from 'node:path';
import { commands, Uri, window, workspace, type Disposable } from 'vscode';
import type { KeptComparison } from '../../runner/protocol.ts';
import { bytesText } from '../compare/figures.ts';
import { chooseKept, folderOf } from '../history/comparisonChoice.ts';
import type { History } from '../history/history.ts';
import { messageOf } from '../messageOf.ts';

/** The commands of the view "Comparisons" beside those for what trains. */
export function registerHistoryCommands(history: History): readonly Disposable[] {
  const { kept } = history;
  const find = async (argument: unknown, title: string) => {
    const folder = folderOf(argument);
    if (folder === undefined) return chooseKept(kept, title);
    return kept.at(folder) ?? (await kept.read()).find((one) => one.folder === folder);
  };
  /** What the view gives of several that are selected. */
  const keptOf = (all: unknown): readonly KeptComparison[] => {
    const ones: readonly unknown[] = Array.isArray(all) ? all : [];
    return ones.flatMap((one) => kept.at(folderOf(one) ?? '') ?? []);
  };
  return [
    commands.registerCommand(
      'anneal.renameComparison',
      async (argument?: unknown, title?: unknown) => {
        const one = await find(argument, 'Rename Comparison');
        if (one) await rename(history, one, typeof title === 'string' ? title : undefined);
      },
    ),
    commands.registerCommand(
      'anneal.deleteComparison',
      async (argument?: unknown, all?: unknown) => {
        const one = await find(argument, 'Delete Comparison');
        const selected = keptOf(all);
        if (one) await remove(history, selected.length > 1 ? selected : [one]);
      },
    ),
    commands.registerCommand('anneal.compareComparisons', (_argument?: unknown, all?: unknown) => {
      const selected = keptOf(all);
      const chosen = selected.length > 0 ? selected : keptOf(history.tree.view.selection);
      if (chosen.length < 2) {
        const message = 'Select two comparisons or more in the view, and try again.';
        return void window.showInformationMessage(message);
      }
      const folders = chosen.map(({ folder }) => folder);
      const title = chosen.map((one) => one.title).join(', ');
      history.panels.show(history.comparisons.look(folders, title));
    }),
    commands.registerCommand('anneal.revealComparison', async (argument?: unknown) => {
      const one = await find(argument, 'Show Comparison in the Explorer');
      if (!one) return;
      const uri = Uri.file(one.folder);
      const isInProject = workspace.getWorkspaceFolder(uri) !== undefined;
      await commands.executeCommand(isInProject ? 'revealInExplorer' : 'revealFileInOS', uri);
    }),
    commands.registerCommand('anneal.refreshComparisons', () => kept.read()),
  ];
}

async function rename(
  { runners, comparisons, kept }: History,
  { folder, title: before }: KeptComparison,
  given: string | undefined,
): Promise<void> {
  const prompt = 'What the comparison is called; its folder keeps its name.';
  const asked = given ?? (await window.showInputBox({ title: 'Rename', value: before, prompt }));
  const title = asked?.trim() ?? '';
  if (title === '' || title === before) return;
  try {
    await runners.ask('rename', { folder, title });
    comparisons.entitle(folder, title);
    await kept.read();
  } catch (error) {
    void window.showErrorMessage(messageOf(error));
  }
}

async function remove(
  { comparisons, kept }: History,
  chosen: readonly KeptComparison[],
): Promise<void> {
  const training = chosen.find(
    ({ folder, status }) => status === 'training' || comparisons.at([folder])?.isTraining,
  );
  if (training) {
    const message = `${training.title} trains at present: stop it first.`;
    return void window.showWarningMessage(message);
  }
  const what = chosen.length === 1 ? `'${chosen[0]?.title ?? ''}'` : `${chosen.length} comparisons`;
  const bytes = chosen.reduce((sum, one) => sum + one.bytes, 0);
  const confirm = 'Delete';
  const detail = `${bytesText(bytes)}: figures, checkpoints and predictions. What other comparisons reuse of it stays theirs.`;
  const picked = await window.showWarningMessage(
    `Delete ${what}?`,
    { modal: true, detail },
    confirm,
  );
  if (picked !== confirm) return;
  for (const { folder } of chosen) {
    const session = comparisons.at([folder]);
    if (session) comparisons.close(session);
    if (!(await deleteFolder(Uri.file(folder)))) break;
  }
  await kept.read();
}

/** To the trash where there is one, else for good. @returns whether it is gone. */
async function deleteFolder(uri: Uri): Promise<boolean> {
  try {
    await workspace.fs.delete(uri, { recursive: true, useTrash: true });
    return true;
  } catch {
    // Servers have no trash.
  }
  try {
    await workspace.fs.delete(uri, { recursive: true });
    return true;
  } catch (error) {
    const why = messageOf(error);
    void window.showErrorMessage(`${basename(uri.path)} cannot be deleted: ${why}`);
    return false;
  }
}
