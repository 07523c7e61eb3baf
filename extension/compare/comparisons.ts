import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { EventEmitter, type Memento } from 'vscode';
import type { ResumeRequest, StartRequest } from '../../runner/protocol.ts';
import { Disposable } from '../dispose.ts';
import { ComparisonSession, keyOf, type SessionChange } from './comparisonSession.ts';
import type { Runners } from './runners.ts';

/** Of the workspace: what trains, to go on with it after the window was closed. */
const trainingKey = 'trainings';

interface Training {
  readonly folder: string;
  /** Those that train or wait; none where that is not known yet. */
  readonly runs: readonly string[];
}

export interface Resuming extends Pick<ResumeRequest, 'runs'> {
  /** As of `ComparisonSession.open`. */
  readonly patience?: number;
}

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
    for (const { folder, runs } of this.#remembered) {
      const part = runs.length > 0 ? { runs } : {};
      if (await isRecent(folder)) this.resume(folder, undefined, { patience, ...part });
    }
  }

  /** Begins a comparison. */
  start(request: StartRequest): ComparisonSession {
    const session = this.#add([request.folder], basename(request.folder));
    void session.open(request);
    return session;
  }

  /** Goes on with one, or a part of its runs. */
  resume(folder: string, title?: string, { patience, ...part }: Resuming = {}): ComparisonSession {
    const session = this.at([folder]) ?? this.#add([folder], title ?? basename(folder));
    if (session.isTraining) return session;
    void session.open({ type: 'resume', folder, ...part }, patience);
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
      if (change !== 'results') this.#remember();
      this.#changed.fire({ session, change });
    });
    this.#changed.fire({ session, change: 'opened' });
    return session;
  }

  get #remembered(): readonly Training[] {
    return this.#state.get<readonly Training[]>(trainingKey, []);
  }

  /** What is paused does not go on by itself. */
  #remember(): void {
    if (this.isDisposed) return;
    const before = this.#remembered;
    const now = this.training
      .filter(({ status }) => status.status !== 'paused')
      .flatMap((session) => session.folders.map((folder) => ({ folder, runs: runsOf(session) })));
    if (!isDeepStrictEqual(before, now)) void this.#state.update(trainingKey, now);

    function runsOf({ status, runs, folders: [folder] }: ComparisonSession): readonly string[] {
      // While its past is told again, nothing is known of what trains.
      if (status.status !== 'training') {
        return before.find((one) => one.folder === folder)?.runs ?? [];
      }
      return runs
        .filter((one) => one.status === 'training' || one.status === 'waiting')
        .map(({ run }) => run);
    }
  }
}

/** Whether something was told of a comparison a short while ago. */
async function isRecent(folder: string): Promise<boolean> {
  const journal = await stat(join(folder, 'events.jsonl')).catch(() => undefined);
  return journal !== undefined && Date.now() - journal.mtimeMs < longestReload;
}
