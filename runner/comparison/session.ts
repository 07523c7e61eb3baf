import { availableParallelism } from 'node:os';
import { mostTogether, type ChosenEngine } from '../engines/choice.ts';
import { isGpu } from '../engines/engines.ts';
import type { ComparisonEvent, SteeringRequest } from '../protocol.ts';
import type { ComparisonFolder } from './folder.ts';
import type { Prepare } from '../preparations.ts';
import { openJournal } from './journal.ts';
import { workersNeeded } from './lockstep.ts';
import { settingsOfRun, summaryOf, type Plan, type PlannedRun } from './plan.ts';
import { findTrainedRuns, type TrainedRuns } from './reuse.ts';
import {
  isThrough,
  runOf,
  stateAfter,
  stateAtStart,
  type ComparisonState,
  type LaterEvent,
} from './runStates.ts';
import { trainAll } from './supervision.ts';
import { workerPool } from './workerPool.ts';

/** How a comparison is trained, which does not change what comes out. */
export interface SessionOptions {
  /** Runs that train at a time; as many as pay off where it is not given. */
  readonly parallel?: number | undefined;
  /** The runs to train, of those that are left; the others are stopped. All where it is not given. */
  readonly only?: readonly string[] | undefined;
  /** Within an epoch there is a checkpoint about this often; each minute where it is not given. */
  readonly checkpointSeconds?: number | undefined;
  /** Seconds that a worker may be silent, where that is not reckoned from the settings. */
  readonly patience?: number | undefined;
  /** Aborted to stop: every run ends between two steps and keeps what it trained. */
  readonly signal: AbortSignal;
  /** Is told what takes a while before anything is trained. */
  readonly prepare?: Prepare | undefined;
  /** What is asked while it trains. */
  readonly requests?: AsyncIterable<SteeringRequest> | undefined;
  /** Is told each event once it is on the disk; those of earlier sessions first, as `past`. */
  readonly onEvent: (event: ComparisonEvent, when: 'past' | 'now') => void;
  /** What a person should know, a sentence at a time. */
  readonly report: (message: string) => void;
}

/** A comparison whose folder no other process writes to. */
export interface OwnComparison {
  readonly folder: ComparisonFolder;
  readonly plan: Plan;
  /** What its journal tells so far; undefined where that is empty. */
  readonly state: ComparisonState | undefined;
}

export type ComparisonOutcome = 'completed' | 'failed' | 'stopped';

/** With which every run is trained. */
const nothingTrained: TrainedRuns = new Map();

/** What a worker may take at the most. */
const workerMemory = 1.3 * 2 ** 30;

/** On a GPU: so many workers keep it busy while others of them prepare their steps, and so many runs. */
const onGpu = { workers: 4, runs: 16 } as const;

/**
 * One worker a core: two half-sized processes train faster than one that uses both cores.
 *
 * @param needed for all runs to train at the same time.
 */
export function workersFor(needed: number, parallel: number | undefined): number {
  const affordable = Math.max(1, Math.floor(process.availableMemory() / workerMemory));
  return Math.max(1, Math.min(parallel ?? Math.min(availableParallelism(), affordable), needed));
}

/** The runs of a comparison that are not through. */
export function runsLeft(plan: Plan, state: ComparisonState | undefined): readonly PlannedRun[] {
  return plan.runs.filter(({ run }) => {
    const before = state?.runs.get(run);
    return !before || !isThrough(before);
  });
}

/** Those of some runs that are to be trained. */
export function chosenOf(
  runs: readonly PlannedRun[],
  only: readonly string[] | undefined,
): readonly PlannedRun[] {
  return only ? runs.filter(({ run }) => only.includes(run)) : runs;
}

/** What has become of a whole comparison. */
export function outcomeOf({ runs }: ComparisonState): ComparisonOutcome {
  const statuses = [...runs.values()].map(({ status }) => status);
  if (statuses.every((status) => status === 'completed')) return 'completed';
  const areThrough = statuses.every((status) => status === 'completed' || status === 'failed');
  return areThrough ? 'failed' : 'stopped';
}

/**
 * Trains what is left of a comparison in worker processes, with a journal of all events.
 *
 * @throws InputError where the folder cannot be written, as on a full disk.
 */
export async function trainLeft(
  { folder, plan, state: before }: OwnComparison,
  engine: ChosenEngine,
  dataFolder: string,
  options: SessionOptions,
): Promise<ComparisonOutcome> {
  const { comparison, settings } = plan;
  const { program, firstWorker } = engine;
  const begin = performance.now();
  const failing = new AbortController();
  const signal = AbortSignal.any([options.signal, failing.signal]);
  const journal = await openJournal(folder.events, {
    onWritten(event) {
      options.onEvent(event, 'now');
    },
    onFailure() {
      failing.abort();
    },
  });
  const device = `${firstWorker.version}, ${firstWorker.device}`;
  const trainer = { comparison, engine: program.engine, device };
  const { only } = options;
  const resumed = { type: 'comparisonResumed', ...trainer, ...(only && { only }) } as const;
  const runSummaries = plan.runs.map(summaryOf);
  const started = { type: 'comparisonStarted', ...trainer, settings, runs: runSummaries } as const;
  let state = before ? stateAfter(before, resumed) : stateAtStart(started);
  journal.append(before ? resumed : started);
  const emit = (event: LaterEvent): void => {
    state = stateAfter(state, event);
    journal.append(event);
  };

  const runs = runsLeft(plan, before);
  const isShared = options.parallel === undefined && isGpu(firstWorker.device);
  const parallel = isShared ? onGpu.runs : options.parallel;
  const workers = (of: readonly PlannedRun[]): number => {
    const settings = of.map((run) => settingsOfRun(plan, run));
    const needed = workersNeeded(settings, (one) => mostTogether(engine, one));
    return Math.min(isShared ? onGpu.workers : Infinity, workersFor(needed, options.parallel));
  };
  const count = workers(chosenOf(runs, only));
  const pool = workerPool(engine, count, signal);
  try {
    const trained = plan.fresh ? nothingTrained : await findTrainedRuns(folder.path);
    await trainAll({
      ...options,
      parallel,
      plan,
      folder,
      dataFolder,
      pool,
      trained,
      checkpointSeconds: options.checkpointSeconds ?? 60,
      emit,
      stateOf: (run) => runOf(state, run),
      runs,
      workers: count,
      mostWorkers: workers(runs),
      signal,
    });
  } finally {
    const outcome = outcomeOf(state);
    const seconds = state.secondsBefore + (performance.now() - begin) / 1000;
    const type = outcome === 'stopped' ? 'comparisonStopped' : 'comparisonCompleted';
    emit({ type, comparison, seconds });
    pool.end();
    await journal.close();
  }
  return outcomeOf(state);
}
