import type { ChosenEngine, Layout } from '../engines/choice.ts';
import type { ComparisonEvent } from '../protocol.ts';
import type { ComparisonFolder } from './folder.ts';
import type { Plan, PlannedRun } from './plan.ts';
import { startWorker, type Worker } from './worker.ts';
import type { RunProgress } from './workerMessages.ts';
import { messageOf } from '../inputError.ts';

/** What the runs of a plan are trained with. */
export interface Supervision {
  readonly plan: Plan;
  readonly folder: ComparisonFolder;
  readonly dataFolder: string;
  readonly signal: AbortSignal;
  readonly emit: (event: ComparisonEvent) => void;
}

export type RunOutcome = 'completed' | 'failed' | 'stopped';

/**
 * Trains all runs, each worker one at a time, and tells their events. A run that fails does not
 * stop the others. After a stop the runs that were not begun have no outcome.
 */
export async function trainAll(
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
      while (waiting.length > 0 && !stopped()) {
        try {
          if (!worker?.alive) worker = await startWorker(program, threads, signal);
        } catch (error) {
          // The other workers train what this one would have.
          lastReason = messageOf(error);
          return;
        }
        const run = stopped() ? undefined : waiting.shift();
        if (run) outcomes.push(await trainOne(run, worker, supervision));
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
  { run, learningRates, optimizer, perturbation }: PlannedRun,
  worker: Worker,
  { plan, folder, dataFolder, signal, emit }: Supervision,
): Promise<RunOutcome> {
  const start = performance.now();
  let accuracy = NaN;
  const onProgress = (message: RunProgress): void => {
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
    } else {
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
    settings: optimizer ? { ...plan.settings, optimizer } : plan.settings,
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
  }
}
