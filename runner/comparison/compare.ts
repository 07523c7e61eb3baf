import { access } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { chooseEngine, type ChosenEngine, type Layout } from '../engines/choice.ts';
import type { EngineName, WorkerProgram } from '../engines/engines.ts';
import { makeFolder } from '../durableFile.ts';
import { cannotWrite, InputError } from '../inputError.ts';
import type { ComparisonEvent } from '../protocol.ts';
import { comparisonFolder, type ComparisonFolder } from './folder.ts';
import { openJournal } from './journal.ts';
import { summaryOf, writePlan, type Plan } from './plan.ts';
import { trainAll } from './supervision.ts';

export interface ComparisonOptions {
  readonly plan: Plan;
  /** The folder of this comparison; made where it is missing. */
  readonly folder: string;
  readonly dataFolder: string;
  readonly engine: EngineName | 'auto';
  /** Worker processes at a time; as many as pay off where it is not given. */
  readonly parallel?: number | undefined;
  /** Aborted to stop: every run ends between two steps and keeps what it trained. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: ComparisonEvent) => void;
  /** What a person should know, a sentence at a time. */
  readonly report: (message: string) => void;
}

export type ComparisonOutcome = 'completed' | 'failed' | 'stopped';

/** What a worker may take at the most. */
const workerMemory = 1.3 * 2 ** 30;

/**
 * Trains every run of a plan in worker processes, each one run at a time, and tells each event to
 * `onEvent` and to the journal. A run that fails does not stop the others.
 *
 * @throws InputError where the folder cannot be used, no engine comes up or the disk is full.
 */
export async function compare(options: ComparisonOptions): Promise<ComparisonOutcome> {
  const { plan, report } = options;
  const folder = comparisonFolder(options.folder);
  await requireUnused(folder);
  const memory = process.availableMemory();
  const layout = (program: WorkerProgram) => layoutOf(program, plan, options.parallel, memory);
  const engine = await chooseEngine(options.engine, layout, report, options.signal);
  try {
    await prepare(folder, plan);
    return await record(options, folder, engine, layout);
  } finally {
    engine.firstWorker.end();
  }
}

/** Trains with a journal of all events. */
async function record(
  options: ComparisonOptions,
  folder: ComparisonFolder,
  engine: ChosenEngine,
  layout: Layout,
): Promise<ComparisonOutcome> {
  const aborting = new AbortController();
  const stop = AbortSignal.any([options.signal, aborting.signal]);
  const journal = await openJournal(folder.events, () => {
    aborting.abort();
  });
  const emit = (event: ComparisonEvent): void => {
    journal.append(event);
    options.onEvent(event);
  };

  const start = performance.now();
  const { program, firstWorker } = engine;
  const { comparison, settings, runs } = options.plan;
  emit({
    type: 'comparisonStarted',
    comparison,
    engine: program.engine,
    device: `${firstWorker.version}, ${firstWorker.device}`,
    settings,
    runs: runs.map(summaryOf),
  });
  try {
    const outcomes = await trainAll({ ...options, emit, folder, signal: stop }, engine, layout);
    if (outcomes.length < runs.length || outcomes.includes('stopped')) return 'stopped';
    const seconds = (performance.now() - start) / 1000;
    emit({ type: 'comparisonCompleted', comparison, seconds });
    return outcomes.every((outcome) => outcome === 'completed') ? 'completed' : 'failed';
  } finally {
    await journal.close();
  }
}

async function requireUnused({ path, events }: ComparisonFolder): Promise<void> {
  const isUsed = await access(events).then(
    () => true,
    () => false,
  );
  if (isUsed) {
    throw new InputError(`${path} holds a comparison already; name another with --output.`);
  }
}

async function prepare(folder: ComparisonFolder, plan: Plan): Promise<void> {
  try {
    await makeFolder(folder.path);
    await writePlan(folder.plan, plan);
  } catch (error) {
    throw cannotWrite(folder.path, error);
  }
}

/** One worker a core: two half-sized processes train faster than one that uses both cores. */
function layoutOf(
  program: WorkerProgram,
  plan: Plan,
  parallel: number | undefined,
  memory: number,
) {
  const cores = availableParallelism();
  const affordable = Math.max(1, Math.floor(memory / workerMemory));
  const workers = Math.min(parallel ?? Math.min(cores, affordable), plan.runs.length);
  return { workers, threads: program.threaded ? Math.max(1, Math.floor(cores / workers)) : 1 };
}
