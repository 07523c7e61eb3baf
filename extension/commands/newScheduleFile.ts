import { commands, Uri, window, workspace, WorkspaceEdit, type Disposable } from 'vscode';
import { exampleScheduleFile } from '../../schedules/language/exampleFile.ts';

const extension = '.schedules.json';

/** The command that writes an example of a file of schedules, where its argument or the user says. */
export function registerNewScheduleFile(): Disposable {
  return commands.registerCommand('anneal.newScheduleFile', async (address?: string) => {
    const chosen = address === undefined ? await askPlace() : Uri.parse(address, true);
    if (!chosen) return;
    const uri = chosen.with({ path: withExtension(chosen.path) });
    const edit = new WorkspaceEdit();
    const contents = new TextEncoder().encode(exampleScheduleFile);
    edit.createFile(uri, { overwrite: false, contents });
    if (await workspace.applyEdit(edit)) {
      await window.showTextDocument(uri);
      return;
    }
    const message = `${workspace.asRelativePath(uri)} is there already or cannot be written: choose another name.`;
    void window.showErrorMessage(message);
  });
}

function askPlace(): Thenable<Uri | undefined> {
  const [folder] = workspace.workspaceFolders ?? [];
  const name = `learningRates${extension}`;
  return window.showSaveDialog({
    title: 'New Schedule File',
    saveLabel: 'Create',
    filters: { 'Schedule files': ['schedules.json'] },
    defaultUri: folder ? Uri.joinPath(folder.uri, name) : Uri.file(name),
  });
}

function withExtension(path: string): string {
  return path.endsWith(extension) ? path : path.replace(/(?:\.schedules)?(?:\.json)?$/, extension);
}
