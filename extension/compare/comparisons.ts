import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { EventEmitter, type Memento } from 'vscode';
import type { StartRequest } from '../../runner/protocol.ts';
import { Disposable } from '../dispose.ts';
import { ComparisonSession, keyOf, type SessionChange } from './comparisonSession.ts';
import type { Runners } from './runners.ts';

/** Of the workspace: the folders of the comparisons that train, to go on after the window was closed. */
const trainingKey = 'trainingComparisons';

/** Milliseconds after which a window that comes again was not only loaded anew. */
const longestReload = 10 * 60_000;
/** Milliseconds that the runner of the window before may take to end. */
const patience = 20_000;

export interface ComparisonChange {
  readonly session: ComparisonSession;
  readonly change: SessionChange | 'opened' | 'closed';
}

/** The comparisons that are open: those that train, and those that somebody looks at. */
export class Comparisons extends Disposable {
  readonly #runners: Runners;
  readonly #state: Memento;
  #goneOn: Promise<void> | undefined;
  readonly #open = new Map<string, ComparisonSession>();
  readonly #changed = this._register(new EventEmitter<ComparisonChange>());
  readonly onDidChange = this.#changed.event;

  constructor(runners: Runners, state: Memento) {
    super();
    this.#runners = runners;
    this.#state = state;
    this._register({
      dispose: () => {
        for (const session of this.#open.values()) session.dispose();
      },
    });
  }

  get all(): readonly ComparisonSession[] {
    return [...this.#open.values()];
  }

  get training(): readonly ComparisonSession[] {
    return this.all.filter(({ isTraining }) => isTraining);
  }

  at(folders: readonly string[]): ComparisonSession | undefined {
    return this.#open.get(keyOf(folders));
  }

  /** Goes on, once, with what trained when the window was closed, where that was a moment ago. */
  goOn(): Promise<void> {
    this.#goneOn ??= this.#goOn();
    return this.#goneOn;
  }

  async #goOn(): Promise<void> {
    for (const folder of this.#state.get<readonly string[]>(trainingKey, [])) {
      if (await isRecent(folder)) this.resume(folder, undefined, patience);
    }
  }

  /** Begins a comparison. */
  start(request: StartRequest): ComparisonSession {
    const session = this.#add([request.folder], basename(request.folder));
    void session.open(request);
    return session;
  }

  /** Goes on with one; `patience` as of `ComparisonSession.open`. */
  resume(folder: string, title?: string, patience?: number): ComparisonSession {
    const session = this.at([folder]) ?? this.#add([folder], title ?? basename(folder));
    if (session.isTraining) return session;
    void session.open({ type: 'resume', folder }, patience);
    return session;
  }

  /** Opens one to look at it, or several side by side. */
  look(folders: readonly string[], title?: string): ComparisonSession {
    const present = this.at(folders);
    if (present) return present;
    const names = folders.map((folder) => basename(folder));
    const session = this.#add(folders, title ?? names.join(', '));
    void session.open({ type: 'open', folders });
    return session;
  }

  /** Gives a comparison, if it is open, the title that it has on the disk. */
  entitle(folder: string, title: string): void {
    const session = this.at([folder]);
    if (session && session.title !== title) session.title = title;
  }

  /** Ends a comparison here; one that trains can be gone on with. */
  close(session: ComparisonSession): void {
    if (!this.#open.delete(session.key)) return;
    session.dispose();
    this.#remember();
    this.#changed.fire({ session, change: 'closed' });
  }

  #add(folders: readonly string[], title: string): ComparisonSession {
    const session = new ComparisonSession({ folders, title }, () => this.#runners.start());
    this.#open.set(session.key, session);
    session.onDidChange((change) => {
      if (change === 'whole' || change === 'ended') this.#remember();
      this.#changed.fire({ session, change });
    });
    this.#changed.fire({ session, change: 'opened' });
    return session;
  }

  #remember(): void {
    if (this.isDisposed) return;
    void this.#state.update(
      trainingKey,
      this.training.flatMap(({ folders }) => folders),
    );
  }
}

/** Whether something was told of a comparison a short while ago. */
async function isRecent(folder: string): Promise<boolean> {
  const journal = await stat(join(folder, 'events.jsonl')).catch(() => undefined);
  return journal !== undefined && Date.now() - journal.mtimeMs < longestReload;
}
