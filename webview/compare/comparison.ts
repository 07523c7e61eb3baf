import type {
  ComparisonEvent,
  ComparisonStarted,
  Preparing,
  TrainingSettings,
} from '../../runner/protocol.ts';
import type { CompareChanges, CompareState, ComparisonStatus, RunStatus } from './messages.ts';
import { runRecord, type RunRecord } from './runRecord.ts';

/** A comparison as its events tell it: what its page is sent. */
export interface Comparison {
  /**
   * Takes one more event, in the order in which the runner tells them. What is out of order, of a run
   * that the comparison does not have, or not known is passed over. After `comparisonStarted` it is
   * another comparison, of which `state` is to be told again.
   */
  tell(event: ComparisonEvent | Preparing): void;
  /** How it stands at present; takes nothing away from `changes`. */
  status(known?: Partial<ComparisonStatus>): ComparisonStatus;
  /** The runs without their steps, likewise. */
  runs(): readonly RunStatus[];
  /** All that is known. */
  state(aside: StateAside): CompareState;
  /** What has happened since `state` or `changes` were asked for the last time. */
  changes(aside: Aside): CompareChanges;
}

/** What events do not tell. */
interface Aside {
  /** Of the message. */
  readonly revision: number;
  /** What the reader knows better, such as `stopping`, since it has asked for it. */
  readonly status?: Partial<ComparisonStatus>;
}

type StateAside = Aside & Pick<CompareState, 'title' | 'folder' | 'results'>;

/**
 * A comparison of which nothing is known yet.
 *
 * @param clock in milliseconds, for the time that is spent while it trains; of one that is told from
 *     a journal, what the journal says of it is all.
 */
export function newComparison(clock: () => number = () => 0): Comparison {
  let settings: TrainingSettings | null = null;
  let runs = new Map<string, RunRecord>();
  let status: Pick<ComparisonStatus, 'status' | 'engine' | 'device' | 'notice'> = {
    status: 'starting',
    engine: '',
    device: '',
    notice: null,
  };
  /** Spent until it was stopped the last time; and when it began to train since then. */
  let secondsBefore = 0;
  let since: number | null = null;

  const start = (started: ComparisonStarted): void => {
    const { engine, device } = started;
    // A schedule has its colour by its place in the plan, under all seeds.
    const schedules = [...new Set(started.runs.map(({ schedule }) => schedule))];
    runs = new Map(
      started.runs.map((run) => [run.run, runRecord(run, schedules.indexOf(run.schedule))]),
    );
    settings = started.settings;
    status = { status: 'starting', engine, device, notice: null };
    [secondsBefore, since] = [0, clock()];
  };

  const end = (how: 'stopped' | 'completed', seconds: number): void => {
    const all = [...runs.values()].map((run) => run.status);
    const hasFailed = all.length > 0 && all.every((run) => run.status === 'failed');
    status = { ...status, status: hasFailed ? 'failed' : how };
    [secondsBefore, since] = [seconds, null];
  };

  const now = (known: Partial<ComparisonStatus> = {}): ComparisonStatus => {
    const all = [...runs.values()].map((run) => run.status);
    const isTraining = status.status === 'training' && known.status !== 'reading';
    return {
      ...status,
      progress: progressOf(all),
      seconds: secondsBefore + (since === null ? 0 : (clock() - since) / 1000),
      secondsLeft: isTraining ? secondsLeft(all) : null,
      ...known,
    };
  };

  return {
    status: now,
    runs: () => [...runs.values()].map((run) => run.status),
    tell(event) {
      switch (event.type) {
        case 'preparing':
          status = { ...status, notice: preparingText(event) };
          return;
        case 'comparisonStarted':
          start(event);
          return;
        case 'comparisonResumed':
          for (const run of runs.values()) run.resume(event.only);
          status = { ...status, ...enginesAfter(status, event), status: 'starting', notice: null };
          since = clock();
          return;
        case 'comparisonPaused':
          status = { ...status, status: 'paused' };
          return;
        case 'comparisonContinued':
          status = { ...status, status: 'training' };
          return;
        case 'comparisonStopped':
          end('stopped', event.seconds);
          return;
        case 'comparisonCompleted':
          end('completed', event.seconds);
          return;
        case 'runStarted':
          status = { ...status, status: 'training', notice: null };
          runs.get(event.run)?.tell(event);
          return;
        default:
          runs.get(event.run)?.tell(event);
      }
    },
    state: ({ revision, status: known, title, folder, results }) => ({
      ...now(known),
      type: 'state',
      ...{ revision, title, folder, settings, results },
      runs: [...runs.values()].map((run) => run.whole()),
    }),
    changes: ({ revision, status: known }) => ({
      type: 'changes',
      revision,
      status: now(known),
      runs: [...runs.values()].flatMap((run) => run.news() ?? []),
    }),
  };
}

function preparingText({ message, share }: Preparing): string {
  return share === null ? message : `${message} (${Math.floor(100 * share)} %)`;
}

/** What trained a comparison: "tensorflow, then wasm". */
function enginesAfter(
  { engine, device }: { readonly engine: string; readonly device: string },
  next: { readonly engine: string; readonly device: string },
): Pick<ComparisonStatus, 'engine' | 'device'> {
  if (engine.split(', then ').at(-1) === next.engine) return { engine, device };
  return { engine: `${engine}, then ${next.engine}`, device: `${device}, then ${next.device}` };
}

type Standing = Pick<RunRecord['status'], 'status' | 'totalSteps' | 'stepsDone' | 'stepsPerSecond'>;

/** The share of all steps that need no training any more: done, or given up. */
function progressOf(runs: readonly Standing[]): number {
  const total = runs.reduce((sum, { totalSteps }) => sum + totalSteps, 0);
  const done = runs.reduce(
    (sum, { status, stepsDone, totalSteps }) =>
      sum + (status === 'failed' ? totalSteps : Math.min(stepsDone, totalSteps)),
    0,
  );
  return total > 0 ? done / total : 0;
}

/** From the present speed of the runs that train. */
function secondsLeft(runs: readonly Standing[]): number | null {
  let [steps, speed] = [0, 0];
  for (const { status, totalSteps, stepsDone, stepsPerSecond } of runs) {
    if (status !== 'waiting' && status !== 'training') continue;
    steps += Math.max(0, totalSteps - stepsDone);
    if (status === 'training') speed += stepsPerSecond ?? 0;
  }
  return speed > 0 ? steps / speed : null;
}
