import { readFileSync, statSync } from 'node:fs';
import { RelativePattern, workspace, type Event, EventEmitter, type Uri } from 'vscode';
import { pinnedOptax, requirementsFiles } from '../../schedules/checking/pinnedOptax.ts';
import { foldersAround, modulePaths, parentOf } from '../../schedules/reading/modulePaths.ts';
import { Disposable } from '../dispose.ts';

/** More is not configuration. */
const largestModule = 2 ** 20;

/**
 * The files around a source: what it imports, and what its project requires. What an editor has open
 * counts as it stands there, saved or not; the rest is read from the disk once, until it changes.
 */
export class Modules extends Disposable {
  readonly #texts = new Map<string, string | undefined>();
  readonly #pinned = new Map<string, string | undefined>();
  readonly #changed = this._register(new EventEmitter<string>());
  /** Tells the path of a file that changed on disk, appeared or went. */
  readonly onDidChange: Event<string> = this.#changed.event;

  constructor() {
    super();
    for (const folder of workspace.workspaceFolders ?? []) this.#watch(folder.uri);
    this._register(
      workspace.onDidChangeWorkspaceFolders(({ added }) => {
        for (const { uri } of added) this.#watch(uri);
        this.#texts.clear();
        this.#pinned.clear();
      }),
    );
  }

  #watch(folder: Uri): void {
    const names = ['**/*.py', ...requirementsFiles.map((name) => `**/${name}`)];
    const pattern = new RelativePattern(folder, `{${names.join(',')}}`);
    const watcher = this._register(workspace.createFileSystemWatcher(pattern));
    const forget = ({ fsPath }: Uri): void => {
      const path = withSlashes(fsPath);
      this.#texts.delete(path);
      if (!path.endsWith('.py')) this.#pinned.clear();
      this.#changed.fire(path);
    };
    this._register(watcher.onDidChange(forget));
    this._register(watcher.onDidCreate(forget));
    this._register(watcher.onDidDelete(forget));
  }

  /**
   * Gives a source's reading what it imports.
   *
   * @param imported is told the path of every file that was looked for.
   */
  importing(uri: Uri, imported: (path: string) => void) {
    if (uri.scheme !== 'file') return undefined;
    const main = withSlashes(uri.fsPath);
    const open = openTexts();
    return (module: string, from: string): { path: string; text: string } | undefined => {
      for (const path of modulePaths(module, parentOf(from === '' ? main : from) ?? '')) {
        if (path === main) continue;
        imported(path);
        const text = open.get(path)?.() ?? this.#textOf(path);
        if (text !== undefined) return { path, text };
      }
      return undefined;
    };
  }

  /** The versions of Optax that the project of a file admits, where it limits them. */
  pinnedOptax(uri: Uri): string | undefined {
    const folder = uri.scheme === 'file' ? parentOf(withSlashes(uri.fsPath)) : undefined;
    if (folder === undefined) return undefined;
    if (!this.#pinned.has(folder)) this.#pinned.set(folder, this.#required(folder));
    return this.#pinned.get(folder);
  }

  #required(folder: string): string | undefined {
    for (const place of foldersAround(folder)) {
      const files = requirementsFiles.flatMap((name) => {
        const path = `${place}/${name}`;
        const text = this.#textOf(path);
        return text === undefined ? [] : [{ path, text }];
      });
      // The folder that has such a file is the project's own.
      if (files.length > 0) return pinnedOptax(files);
    }
    return undefined;
  }

  #textOf(path: string): string | undefined {
    if (!this.#texts.has(path)) this.#texts.set(path, textOnDisk(path));
    return this.#texts.get(path);
  }
}

export const withSlashes = (path: string): string => path.replaceAll('\\', '/');

/** The texts of open Python files, by path, got when they are needed. */
function openTexts(): ReadonlyMap<string, () => string> {
  const open = workspace.textDocuments.filter(
    ({ languageId, uri }) => languageId === 'python' && uri.scheme === 'file',
  );
  return new Map(
    open.map((document) => [withSlashes(document.uri.fsPath), () => document.getText()]),
  );
}

function textOnDisk(path: string): string | undefined {
  try {
    const status = statSync(path);
    return status.isFile() && status.size <= largestModule ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
