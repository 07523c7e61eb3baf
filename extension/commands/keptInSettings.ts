import { ConfigurationTarget, workspace, type Uri } from 'vscode';
import { Disposable } from '../dispose.ts';
import { section, type AnnealSettings } from '../settings.ts';
import { everyFile, fileKey } from '../sources/bindings.ts';

type Bindings = AnnealSettings['bindings'];

/** Settings that hold for a file, and the values of names there. */
interface Place {
  readonly target: ConfigurationTarget;
  readonly bindings: Bindings;
}

/** Where values of a file can be kept, from the nearest settings outwards. */
function placesOf(uri: Uri): readonly [Place, ...Place[]] {
  const inspected = workspace.getConfiguration(section, uri).inspect<Bindings>('bindings');
  const global = { target: ConfigurationTarget.Global, bindings: inspected?.globalValue ?? {} };
  if (!workspace.workspaceFolders) return [global];
  const target = ConfigurationTarget.Workspace;
  const ofWorkspace = { target, bindings: inspected?.workspaceValue ?? {} };
  // A workspace of several folders has settings of each.
  if (!workspace.workspaceFile || !workspace.getWorkspaceFolder(uri)) return [ofWorkspace, global];
  const bindings = inspected?.workspaceFolderValue ?? {};
  return [{ target: ConfigurationTarget.WorkspaceFolder, bindings }, ofWorkspace, global];
}

/** The nearest settings that have a name of a file. */
function keptAt(uri: Uri, name: string): Place | undefined {
  return placesOf(uri).find(({ bindings }) => keyOf(bindings, uri, name) !== undefined);
}

async function update(
  uri: Uri,
  { target }: Pick<Place, 'target'>,
  bindings: Bindings,
): Promise<void> {
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
  return keptAt(uri, name) !== undefined;
}

/**
 * Sets a name of a file in `anneal.bindings` to an expression, in the nearest settings; undefined takes
 * the name out of those that have it.
 */
export async function keepInSettings(uri: Uri, name: string, value?: string): Promise<void> {
  const [nearest] = placesOf(uri);
  const place = value === undefined ? (keptAt(uri, name) ?? nearest) : nearest;
  const { bindings } = place;
  const key = keyOf(bindings, uri, name) ?? fileKey(uri);
  const values = Object.entries(bindings[key] ?? {}).filter(([other]) => other !== name);
  if (value !== undefined) values.push([name, plain(value)]);
  await update(uri, place, { ...bindings, [key]: Object.fromEntries(values) });
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
  const [before, after] = [fileKey(oldUri), fileKey(newUri)];
  for (const place of placesOf(newUri)) await renameKeys(newUri, place, before, after);
}

async function renameKeys(uri: Uri, place: Place, before: string, after: string): Promise<void> {
  const { bindings } = place;
  const renamed = Object.entries(bindings).map(([key, values]) => {
    const isWithin = key === before || key.startsWith(`${before}/`);
    return [isWithin ? after + key.slice(before.length) : key, values] as const;
  });
  if (renamed.some(([key]) => !Object.hasOwn(bindings, key))) {
    await update(uri, place, Object.fromEntries(renamed));
  }
}
