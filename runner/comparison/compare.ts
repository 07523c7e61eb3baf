import { access, mkdir } from 'node:fs/promises';
import { availableParallelism, freemem } from 'node:os';
import { chooseEngine, type ChosenEngine, type Layout } from '../engines/choice.ts';
import type { EngineName, WorkerProgram } from '../engines/engines.ts';
import { InputError, systemErrorCode } from '../inputError.ts';
import type { ComparisonEvent } from '../protocol.ts';
import { comparisonFolder, type ComparisonFolder } from './folder.ts';
import { openJournal } from './journal.ts';
import { summaryOf, writePlan, type Plan, type PlannedRun } from './plan.ts';
import { startWorker, type Worker } from './worker.ts';
import type { RunMessage } from './workerMessages.ts';

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
  const memory = freemem();
  const layout = (program: WorkerProgram) => layoutOf(program, plan, options.parallel, memory);
  const engine = await chooseEngine(options.engine, layout, report);
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
    if (stop.aborted) return 'stopped';
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
    await mkdir(folder.path, { recursive: true });
    await writePlan(folder.plan, plan);
  } catch (error) {
    const reason = systemErrorCode(error) ?? String(error);
    const help = reason === 'ENOSPC' ? 'the disk is full' : reason;
    throw new InputError(
      `${folder.path} cannot be written (${help}); name another folder with --output.`,
    );
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

interface Supervision extends Omit<ComparisonOptions, 'folder'> {
  readonly folder: ComparisonFolder;
  readonly emit: (event: ComparisonEvent) => void;
}

type RunOutcome = 'completed' | 'failed' | 'stopped';

async function trainAll(
  supervision: Supervision,
  { program, firstWorker }: ChosenEngine,
  layout: Layout,
): Promise<readonly RunOutcome[]> {
  const { plan, signal } = supervision;
  const { workers, threads } = layout(program);
  const waiting = [...plan.runs];
  const outcomes: RunOutcome[] = [];
  let lastReason = '';

  // A function, since a stop may come while a worker starts.
  const stopped = (): boolean => signal.aborted;

  /** A worker that trains one run after the other, and is replaced where it has died. */
  const lane = async (first?: Worker): Promise<void> => {
    let worker = first;
    try {
      for (let run = waiting.shift(); run && !stopped(); run = waiting.shift()) {
        try {
          if (!worker?.alive) worker = await startWorker(program, threads);
        } catch (error) {
          // The other workers train what this one would have.
          lastReason = error instanceof Error ? error.message : String(error);
          waiting.unshift(run);
          return;
        }
        if (!stopped()) outcomes.push(await trainOne(run, worker, supervision));
      }
    } finally {
      worker?.end();
    }
  };
  await Promise.all(
    Array.from({ length: workers }, (_, i) => lane(i === 0 ? firstWorker : undefined)),
  );
  for (const { run } of stopped() ? [] : waiting) {
    supervision.emit({ type: 'runFailed', run, message: `its worker process ${lastReason}` });
    outcomes.push('failed');
  }
  return outcomes;
}

async function trainOne(
  { run, learningRates, perturbation }: PlannedRun,
  worker: Worker,
  { plan, folder, dataFolder, signal, emit }: Supervision,
): Promise<RunOutcome> {
  const start = performance.now();
  let accuracy = NaN;
  const onProgress = (message: RunMessage): void => {
    if (message.type === 'steps') {
      const { firstStep, losses, stepsPerSecond } = message;
      const rates = Array.from(learningRates.subarray(firstStep, firstStep + losses.length));
      emit({
        type: 'stepsCompleted',
        run,
        firstStep,
        losses,
        learningRates: rates,
        stepsPerSecond,
      });
    } else if (message.type === 'epoch') {
      const lastStep = (learningRates.length / plan.settings.epochs) * message.epoch - 1;
      accuracy = message.accuracy;
      emit({
        ...message,
        type: 'epochCompleted',
        run,
        learningRate: learningRates[lastStep] ?? NaN,
      });
    }
  };

  emit({ type: 'runStarted', run, fromEpoch: 1 });
  const stop = (): void => {
    worker.stop();
  };
  signal.addEventListener('abort', stop);
  const assignment = {
    type: 'train',
    run,
    learningRates,
    perturbation,
    settings: plan.settings,
    dataFolder,
    checkpointFolder: folder.checkpoints(run),
    predictionFolder: folder.predictions(run),
  } as const;
  const end = await worker.train(assignment, onProgress);
  signal.removeEventListener('abort', stop);

  switch (end.type) {
    case 'completed': {
      const seconds = (performance.now() - start) / 1000;
      emit({ type: 'runCompleted', run, accuracy, seconds, reused: false });
      return 'completed';
    }
    case 'stopped':
      emit({ type: 'runStopped', run });
      return 'stopped';
    case 'failed':
      emit({ type: 'runFailed', run, message: end.message });
      return 'failed';
    case 'steps':
    case 'epoch':
      throw new Error(`A worker ended its run with ${end.type}.`);
  }
}
