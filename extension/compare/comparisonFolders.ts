import { existsSync } from 'node:fs';
import { Uri, workspace } from 'vscode';
import { comparisonName } from '../../schedules/comparing/comparisonName.ts';

/** The folder of the comparisons of a project, in the project's own. */
export const comparisonsFolder = '.anneal';

/** A folder for a new comparison of a file; never one that is there, wherever the clock stands. */
export function newComparisonFolder(file: Uri, storage: Uri): string {
  const project = workspace.getWorkspaceFolder(file) ?? workspace.workspaceFolders?.[0];
  const parent =
    project?.uri.scheme === 'file'
      ? Uri.joinPath(project.uri, comparisonsFolder)
      : ofStorage(storage);
  const first = Uri.joinPath(parent, comparisonName(file.path)).fsPath;
  let folder = first;
  for (let n = 2; existsSync(folder); n++) folder = `${first}-${n}`;
  return folder;
}

/** The folders that may hold comparisons of this window. */
export function comparisonFolders(storage: Uri): readonly Uri[] {
  const projects = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  return [...projects.map(({ uri }) => Uri.joinPath(uri, comparisonsFolder)), ofStorage(storage)];
}

/** For files that no folder of the workspace has. */
const ofStorage = (storage: Uri): Uri => Uri.joinPath(storage, 'comparisons');
