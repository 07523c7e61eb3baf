import { setTimeout as sleep } from 'node:timers/promises';
import { EventEmitter } from 'vscode';
import type {
  ComparisonResults,
  ComparisonStarted,
  OpeningRequest,
  Question,
  Request,
  ResumeRequest,
} from '../../runner/protocol.ts';
import {
  newComparison,
  type CompareChanges,
  type CompareState,
  type ComparisonStatus,
  type RunStatus,
} from '../../webview/messages.ts';
import { Disposable } from '../dispose.ts';
import { setting } from '../settings.ts';
import type { AnswerTo, Asked, RunnerProcess, Told } from './runnerProcess.ts';
import { messageOf } from '../messageOf.ts';

export type SessionChange =
  /** It is another one now: whatever was shown of it is void. */
  | 'whole'
  /** Something more is known. */
  | 'more'
  | 'results'
  | 'title'
  /** It does not train any more; `problem` says why if that was nobody's wish. */
  | 'ended';

/** Milliseconds until it is tried again to open what another process has. */
const retryDelay = 700;
const inUse = 'Another process trains this comparison, so nothing can be changed here.';
const partInUse =
  'Another process trains a part of this. It is shown as it was when it was opened: close and open it for more.';
/** Milliseconds after what changes the results until they are asked for. */
const resultsDelay = 400;

/**
 * A comparison that is open: its runner, and what that has told. What shows it can be closed and
 * opened again at any moment.
 */
export class ComparisonSession extends Disposable {
  /** One; several where comparisons are looked at side by side. */
  readonly folders: readonly string[];
  #title: string;
  readonly #startRunner: () => Promise<RunnerProcess>;
  #runner: RunnerProcess | undefined;
  #told = newComparison();
  #started: ComparisonStarted | undefined;
  /** Whether a runner trains it, or is to; and whether that was asked to stop. */
  #isTraining = false;
  #isStopping = false;
  /** Whether it is opened to be looked at, and not all of it is told; who waits for that. */
  #isReading = false;
  #isRead: () => void = () => undefined;
  /** Whether another process trains it; and where this one did, whether its end was asked for. */
  #isInUse = false;
  #wasAskedToStop = false;
  #problem: string | undefined;
  #reading: Promise<void> = Promise.resolve();
  #results: ComparisonResults | null = null;
  #resultsTimer: NodeJS.Timeout | undefined;
  readonly #changed = this._register(new EventEmitter<SessionChange>());
  readonly onDidChange = this.#changed.event;

  constructor(
    place: { readonly folders: readonly string[]; readonly title: string },
    startRunner: () => Promise<RunnerProcess>,
  ) {
    super();
    this.folders = place.folders;
    this.#title = place.title;
    this.#startRunner = startRunner;
    this._register({
      dispose: () => {
        clearTimeout(this.#resultsTimer);
        this.#isRead();
        this.#runner?.dispose();
      },
    });
  }

  /** What names it here, and when its page is restored. */
  get key(): string {
    return keyOf(this.folders);
  }

  /** What people call it. */
  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
    this.#changed.fire('title');
  }

  get isTraining(): boolean {
    return this.#isTraining;
  }

  /** Whether what it told before is still being told again. */
  get isReading(): boolean {
    return this.#isReading;
  }

  /** Whether another process trains it. */
  get isInUse(): boolean {
    return this.#isInUse;
  }

  /** Whether somebody had stopped it when it ended. */
  get wasAskedToStop(): boolean {
    return this.#wasAskedToStop;
  }

  /** Why it does not train, where that was nobody's wish. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get status(): ComparisonStatus {
    return this.#told.status(this.#known);
  }

  /** What is known better here than by events. */
  get #known(): Partial<ComparisonStatus> {
    const notice = this.#problem === undefined ? {} : { notice: this.#problem };
    if (this.#isReading) return { status: 'reading' };
    if (this.#isInUse) {
      const isFollowed = this.folders.length === 1;
      // How long the other process has trained is not told.
      return { status: 'elsewhere', notice: isFollowed ? inUse : partInUse, seconds: 0 };
    }
    if (this.folders.length > 1) return { status: 'opened', ...notice };
    if (this.#isStopping) return { status: 'stopping' };
    if (!this.#isTraining) {
      return this.#started ? notice : { status: this.#problem ? 'failed' : 'stopped', ...notice };
    }
    // Of a comparison that goes on, its last end is told again before.
    return this.#told.status().status === 'stopped' ? { status: 'starting' } : {};
  }

  get runs(): readonly RunStatus[] {
    return this.#told.runs();
  }

  /** What the runner has said that it trains. */
  get started(): ComparisonStarted | undefined {
    return this.#started;
  }

  get results(): ComparisonResults | null {
    return this.#results;
  }

  get processId(): number | undefined {
    return this.#runner?.processId;
  }

  /** For a page that shows nothing yet. */
  state(revision: number): CompareState {
    const { title, key: folder } = this;
    return this.#told.state({
      ...{ revision, title, folder, results: this.#results },
      status: this.#known,
    });
  }

  /** Resolves when all is told that there was when it was opened. */
  get read(): Promise<void> {
    return this.#reading;
  }

  /** What has happened since one of these two was asked for. */
  changes(revision: number): CompareChanges {
    return this.#told.changes({ revision, status: this.#known });
  }

  /**
   * Begins, goes on with it, or looks at what there is.
   *
   * @param patience milliseconds to wait for another process that still has the comparison.
   */
  async open(opening: OpeningRequest, patience = 0): Promise<void> {
    this.#leave();
    this.#isTraining = opening.type !== 'open';
    this.#isReading = opening.type === 'open';
    const message = this.#isTraining ? 'Starting the runner' : 'Reading the comparison';
    this.#told.tell({ type: 'preparing', message, share: null });
    this.#changed.fire('whole');
    this.#reading = this.#read(opening, performance.now() + patience);
    await this.#reading;
  }

  async #read(opening: OpeningRequest, until: number): Promise<void> {
    try {
      const runner = await this.#newRunner();
      if (this.#isStopping) {
        this.#over(undefined);
        runner.dispose();
        return;
      }
      runner.onDidTell((told) => {
        if (runner !== this.#runner) return;
        const isToBeWaitedFor = told.type === 'ended' && told.isInUse && performance.now() < until;
        const isTaken = told.type === 'ended' && told.isInUse && opening.type === 'resume';
        if (isToBeWaitedFor) void this.#openLater(opening, until);
        else if (isTaken) void this.open({ type: 'open', folders: this.folders });
        else this.#receive(told);
      });
      if (opening.type !== 'open') {
        await runner.send(withSettings(opening));
        return;
      }
      const isRead = new Promise<void>((resolve) => (this.#isRead = resolve));
      const isOne = opening.folders.length === 1;
      await runner.send(withSettings({ ...opening, ...(isOne && { follow: true }) }));
      await Promise.all([isRead, this.#askResults()]);
    } catch (error) {
      this.#over(messageOf(error));
    }
  }

  async #openLater(opening: OpeningRequest, until: number): Promise<void> {
    await sleep(retryDelay);
    if (this.#isStopping) this.#over(undefined);
    else if (!this.isDisposed) await this.open(opening, until - performance.now());
  }

  /** Forgets what was told, and ends who told it. */
  #leave(): void {
    this.#runner?.dispose();
    this.#runner = undefined;
    this.#isRead();
    this.#told = newComparison(() => performance.now());
    this.#started = undefined;
    this.#problem = undefined;
    this.#isStopping = false;
    this.#isInUse = false;
  }

  async #newRunner(): Promise<RunnerProcess> {
    const runner = await this.#startRunner();
    if (this.isDisposed) {
      runner.dispose();
      throw new Error('The comparison was closed.');
    }
    this.#runner = runner;
    runner.onDidEnd(({ code, signal }) => {
      if (runner !== this.#runner) return;
      const how = signal ? `was killed (${signal})` : `ended (exit code ${code ?? '?'})`;
      if (this.#isTraining) {
        this.#over(
          this.#isStopping ? undefined : `The training process ${how}. What was trained is kept.`,
        );
      } else if (this.#isReading || this.#isInUse) {
        this.#isInUse = false;
        this.#over(`The process that reads this comparison ${how}: close and open it again.`);
      }
    });
    return runner;
  }

  /** Ends its training, or one run; what was trained is kept. */
  stop(run?: string): void {
    if (!this.#isTraining) return;
    void this.#runner?.send({ type: 'stop', ...(run !== undefined && { run }) });
    if (run !== undefined) return;
    this.#isStopping = true;
    this.#changed.fire('more');
  }

  pause(): void {
    this.#steer({ type: 'pause' });
  }

  /** Goes on with all that was stopped or paused, or with one run. */
  async continue(run?: string): Promise<void> {
    if (this.#isTraining) this.#steer({ type: 'continue', ...(run !== undefined && { run }) });
    else await this.resume(run === undefined ? {} : { runs: [run] });
  }

  /** Trains a run that waits before the others. */
  first(run: string): void {
    this.#steer({ type: 'reorder', runs: [run] });
  }

  /** @param part the runs that go on; all that are left where it has none. */
  async resume(part: Pick<ResumeRequest, 'runs'> = {}): Promise<void> {
    const [folder] = this.folders;
    const isBusy = this.#isTraining || this.#isInUse;
    if (isBusy || folder === undefined || this.folders.length > 1) return;
    await this.open({ type: 'resume', folder, ...part });
  }

  /** Asks the runner that has it open, or one that opens it. @throws Error where it is refused. */
  async ask<Type extends Question['type']>(
    type: Type,
    question: Asked<Type>,
  ): Promise<AnswerTo<Type>> {
    if (this.#runner?.isRunning) return this.#runner.ask(type, question);
    // What it tells again is known already.
    const runner = await this.#newRunner();
    await runner.send(withSettings({ type: 'open', folders: this.folders }));
    return runner.ask(type, question);
  }

  #steer(request: Request): void {
    if (this.#isTraining) void this.#runner?.send(request);
  }

  #receive(told: Told): void {
    if (told.type === 'following' || told.type === 'ended') {
      this.#isInUse = told.type === 'following' || (told.outcome === 'told' && told.isInUse);
      this.#over(told.type === 'ended' ? (told.message ?? undefined) : undefined);
      return;
    }
    this.#told.tell(told);
    if (told.type === 'comparisonStarted') this.#started = told;
    this.#changed.fire(told.type === 'comparisonStarted' ? 'whole' : 'more');
    const changesResults = told.type === 'epochCompleted' || told.type === 'runCompleted';
    if (!changesResults || this.#isReading) return;
    this.#resultsTimer ??= setTimeout(() => {
      this.#resultsTimer = undefined;
      void this.#askResults();
    }, resultsDelay);
  }

  async #askResults(): Promise<void> {
    if (!this.#runner?.isRunning) return;
    try {
      const { results, title } = await this.#runner.ask('results', {});
      this.#results = results;
      if (title !== this.#title) this.title = title;
      this.#changed.fire('results');
    } catch {
      // There are none yet, or nobody is left to tell them.
    }
  }

  /** Nothing trains it any more. */
  #over(problem: string | undefined): void {
    const wasTraining = this.#isTraining;
    this.#wasAskedToStop = this.#isStopping;
    this.#isTraining = false;
    this.#isStopping = false;
    this.#isReading = false;
    this.#isRead();
    this.#problem = problem;
    if (!this.#isInUse) this.#tellEnd();
    this.#changed.fire('more');
    if (!wasTraining) return;
    void this.#askResults().finally(() => {
      if (!this.#isTraining) this.#changed.fire('ended');
    });
  }

  /** Where a process died, nobody has told the end. */
  #tellEnd(): void {
    const { status, seconds } = this.#told.status();
    if (!this.#started || status === 'completed' || status === 'failed' || status === 'stopped') {
      return;
    }
    for (const run of this.#told.runs()) {
      if (run.status === 'training') this.#told.tell({ type: 'runStopped', run: run.run });
    }
    const { comparison } = this.#started;
    this.#told.tell({ type: 'comparisonStopped', comparison, seconds });
  }
}

/** A request with what the user has set, and how its past is to be told here. */
function withSettings(opening: OpeningRequest): OpeningRequest {
  const data = setting('runner.data').trim();
  const named = data === '' ? opening : { ...opening, data };
  return named.type === 'start' ? named : { ...named, packed: true };
}

export const keyOf = (folders: readonly string[]): string => folders.join('\n');

export const foldersOf = (key: string): readonly string[] =>
  key.split('\n').filter((path) => path !== '');
