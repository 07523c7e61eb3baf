// Documents of all kinds, as a person opens them.
import assert from 'node:assert/strict';
import {
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  Range,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
  ConfigurationTarget,
  extensions,
  type Extension,
  type NotebookDocument,
  type TextDocument,
} from 'vscode';
import type { AnnealApi } from '../../extension/activate.ts';

/** Activates the extension. */
export async function anneal(): Promise<AnnealApi> {
  const extension: Extension<AnnealApi> | undefined = extensions.getExtension('anneal.anneal');
  assert.ok(extension, 'VS Code finds the extension');
  return extension.activate();
}

/** Waits until something is so, which the message says. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  message: string | (() => string),
  patience = 10_000,
) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() >= end) assert.fail(typeof message === 'string' ? message : message());
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A document that is not saved yet, in an editor. */
export async function untitled(content: string, language = 'python'): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ content, language });
  await window.showTextDocument(document);
  return document;
}

export function inWorkspace(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'a folder is open');
  return Uri.joinPath(folder.uri, path);
}

/** A file of the workspace with some text, in an editor. */
export async function file(path: string, text: string): Promise<TextDocument> {
  const uri = inWorkspace(path);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document);
  return document;
}

const scheme = 'anneal-test';
const readOnlyTexts = new Map<string, string>();

/** A document that cannot be changed. */
export async function readOnly(name: string, text: string): Promise<TextDocument> {
  readOnlyTexts.set(`/${name}`, text);
  const provider = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => readOnlyTexts.get(path),
  });
  try {
    return await workspace.openTextDocument(Uri.from({ scheme, path: `/${name}` }));
  } finally {
    provider.dispose();
  }
}

export const pythonCell = (text: string): NotebookCellData =>
  new NotebookCellData(NotebookCellKind.Code, text, 'python');

/** A notebook that is not saved yet, in an editor. */
export async function notebook(...cells: readonly string[]): Promise<NotebookDocument> {
  const data = new NotebookData(cells.map(pythonCell));
  const document = await workspace.openNotebookDocument('jupyter-notebook', data);
  await window.showNotebookDocument(document);
  return document;
}

/** Replaces the first occurrence of a text in a document. */
export async function replace(document: TextDocument, before: string, after: string) {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, before), after);
  assert.ok(await workspace.applyEdit(edit), 'the document can be changed');
}

/** The range of the first occurrence of a text in a document. */
export function rangeOf(document: TextDocument, text: string): Range {
  const at = document.getText().indexOf(text);
  assert.ok(at >= 0, `the document has ${text}`);
  return new Range(document.positionAt(at), document.positionAt(at + text.length));
}

export async function set(name: string, value: unknown): Promise<void> {
  await workspace.getConfiguration('anneal').update(name, value, ConfigurationTarget.Workspace);
}
