import { Uri } from 'vscode';

/**
 * The address of a file that a command is given as its first argument: as text, or as VS Code's menus
 * give it. The toolbar of a notebook gives where it stands, with the notebook's address in it.
 */
export function givenAddress(argument: unknown): Uri | undefined {
  if (typeof argument === 'string') return Uri.parse(argument, true);
  if (argument instanceof Uri) return argument;
  const { notebookEditor } = Object(argument) as { notebookEditor?: { notebookUri?: unknown } };
  return notebookEditor?.notebookUri instanceof Uri ? notebookEditor.notebookUri : undefined;
}
