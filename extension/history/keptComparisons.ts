import { EventEmitter, RelativePattern, Uri, workspace } from 'vscode';
import type { KeptComparison } from '../../runner/protocol.ts';
import { comparisonFolders } from '../compare/comparisonFolders.ts';
import type { Runners } from '../compare/runners.ts';
import { Disposable } from '../dispose.ts';

/** Milliseconds after a change on the disk until the folders are read again. */
const delay = 400;
/** Milliseconds between two readings: while something trains its files change all the time. */
const leastPause = 2_000;

/** Within the folder of comparisons; steps are journalled all the time and change no list. */
const watched = ['*', '*/{plan.json,title,lock}', '*/predictions/**'];

/** The comparisons on the disk, the newest first, read again when their folders change. */
export class KeptComparisons extends Disposable {
  readonly #runners: Runners;
  readonly #storage: Uri;
  readonly #watchedFolders = new Set<string>();
  #all: readonly KeptComparison[] = [];
  #reading: Promise<void> | undefined;
  #isStale = false;
  #timer: NodeJS.Timeout | undefined;
  #lastRead = -Infinity;
  readonly #changed = this._register(new EventEmitter<void>());
  readonly onDidChange = this.#changed.event;

  constructor(runners: Runners, storage: Uri) {
    super();
    this.#runners = runners;
    this.#storage = storage;
    for (const folder of comparisonFolders(storage)) this.#watch(folder);
    this._register(
      workspace.onDidChangeWorkspaceFolders(() => {
        for (const folder of comparisonFolders(storage)) this.#watch(folder);
        this.#readSoon();
      }),
    );
    this._register(
      workspace.onDidGrantWorkspaceTrust(() => {
        this.#readSoon();
      }),
    );
    this._register({
      dispose: () => {
        clearTimeout(this.#timer);
      },
    });
  }

  get all(): readonly KeptComparison[] {
    return this.#all;
  }

  at(folder: string): KeptComparison | undefined {
    return this.#all.find((one) => one.folder === folder);
  }

  /** Reads the folders; of a workspace that is not trusted nothing is read. @throws Error where no runner starts. */
  async read(): Promise<readonly KeptComparison[]> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
      if (this.#isStale) this.#readSoon();
    });
    await this.#reading;
    return this.#all;
  }

  async #read(): Promise<void> {
    this.#isStale = false;
    this.#lastRead = performance.now();
    const places = workspace.isTrusted ? comparisonFolders(this.#storage) : [];
    const folders = await existing(places);
    const lists = folders.map(({ fsPath: folder }) => this.#runners.ask('comparisons', { folder }));
    this.#all = (await Promise.all(lists))
      .flatMap(({ comparisons }) => comparisons)
      .toSorted((a, b) => b.started - a.started);
    if (!this.isDisposed) this.#changed.fire();
  }

  #watch(folder: Uri): void {
    if (this.#watchedFolders.has(folder.toString())) return;
    this.#watchedFolders.add(folder.toString());
    const change = (): void => {
      this.#readSoon();
    };
    for (const pattern of watched) {
      const place = new RelativePattern(folder, pattern);
      const watcher = this._register(workspace.createFileSystemWatcher(place));
      this._register(watcher.onDidCreate(change));
      this._register(watcher.onDidDelete(change));
      this._register(watcher.onDidChange(change));
    }
  }

  #readSoon(): void {
    if (this.isDisposed) return;
    if (this.#reading) {
      this.#isStale = true;
      return;
    }
    const pause = Math.max(delay, this.#lastRead + leastPause - performance.now());
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // It is read again with the next change, or when somebody looks.
      this.read().catch(() => undefined);
    }, pause);
  }
}

async function existing(folders: readonly Uri[]): Promise<readonly Uri[]> {
  const found = folders.map(async (folder) => {
    try {
      await workspace.fs.stat(folder);
      return [folder];
    } catch {
      return [];
    }
  });
  return (await Promise.all(found)).flat();
}
