import { ConfigurationTarget, workspace, type Uri } from 'vscode';
import { Disposable } from '../dispose.ts';
import { section, type AnnealSettings } from '../settings.ts';
import { everyFile, fileKey } from '../sources/bindings.ts';

type Bindings = AnnealSettings['bindings'];

/** The settings that belong nearest to a file, and the values of names there. */
function bindingsOf(uri: Uri): {
  readonly target: ConfigurationTarget;
  readonly bindings: Bindings;
} {
  const inspected = workspace.getConfiguration(section, uri).inspect<Bindings>('bindings');
  if (!workspace.workspaceFolders) {
    return { target: ConfigurationTarget.Global, bindings: inspected?.globalValue ?? {} };
  }
  // A workspace of several folders has settings of each.
  if (workspace.workspaceFile && workspace.getWorkspaceFolder(uri)) {
    const bindings = inspected?.workspaceFolderValue ?? {};
    return { target: ConfigurationTarget.WorkspaceFolder, bindings };
  }
  return { target: ConfigurationTarget.Workspace, bindings: inspected?.workspaceValue ?? {} };
}

async function update(uri: Uri, bindings: Bindings): Promise<void> {
  const { target } = bindingsOf(uri);
  const kept = Object.entries(bindings).filter(([, values]) => Object.keys(values).length > 0);
  await workspace
    .getConfiguration(section, uri)
    .update('bindings', kept.length > 0 ? Object.fromEntries(kept) : undefined, target);
}

/** Which key the values of a file have a name under: its own, or that of all files. */
function keyOf(bindings: Bindings, uri: Uri, name: string): string | undefined {
  return [fileKey(uri), everyFile].find((key) => Object.hasOwn(bindings[key] ?? {}, name));
}

export function isKeptInSettings(uri: Uri, name: string): boolean {
  return keyOf(bindingsOf(uri).bindings, uri, name) !== undefined;
}

/** Sets a name of a file in `anneal.bindings` to an expression; undefined takes the name out. */
export async function keepInSettings(uri: Uri, name: string, value?: string): Promise<void> {
  const { bindings } = bindingsOf(uri);
  const key = keyOf(bindings, uri, name) ?? fileKey(uri);
  const values = Object.entries(bindings[key] ?? {}).filter(([other]) => other !== name);
  if (value !== undefined) values.push([name, plain(value)]);
  await update(uri, { ...bindings, [key]: Object.fromEntries(values) });
}

/** A number as the setting writes it, if it is written so; other expressions are text. */
function plain(expression: string): string | number {
  const value = Number(expression);
  return Number.isFinite(value) && String(value) === expression ? value : expression;
}

/** Keeps the values of files that are renamed, or whose folder is. */
export class RenamedFiles extends Disposable {
  constructor() {
    super();
    this._register(
      workspace.onDidRenameFiles(async ({ files }) => {
        for (const { oldUri, newUri } of files) await rename(oldUri, newUri);
      }),
    );
  }
}

async function rename(oldUri: Uri, newUri: Uri): Promise<void> {
  const { bindings } = bindingsOf(newUri);
  const [before, after] = [fileKey(oldUri), fileKey(newUri)];
  const renamed = Object.entries(bindings).map(([key, values]) => {
    const isWithin = key === before || key.startsWith(`${before}/`);
    return [isWithin ? after + key.slice(before.length) : key, values] as const;
  });
  if (renamed.some(([key]) => !Object.hasOwn(bindings, key))) {
    await update(newUri, Object.fromEntries(renamed));
  }
}
