import { InputError, messageOf } from '../inputError.ts';
import { batchesPerEpoch } from '../training/epochs.ts';
import type { ComparisonFolder } from './folder.ts';
import { identities } from './identity.ts';
import { settingsOfRun, type Plan, type PlannedRun } from './plan.ts';
import { adoptEpochs, type TrainedRuns } from './reuse.ts';
import type { LaterEvent, RunState } from './runStates.ts';
import { patienceWith } from './silence.ts';
import { removeLeftovers, standingOf, type Standing } from './standing.ts';
import type { Breakdown, RunEnd, RunProgress } from './workerMessages.ts';
import type { WorkerPool } from './workerPool.ts';

/** What the runs of a plan are trained with. */
export interface Training {
  readonly plan: Plan;
  readonly folder: ComparisonFolder;
  readonly dataFolder: string;
  readonly pool: WorkerPool;
  /** What other comparisons have trained. */
  readonly trained: TrainedRuns;
  /** Within an epoch there is a checkpoint about this often. */
  readonly checkpointSeconds: number;
  /** Seconds that a worker may be silent, where that is not reckoned from the settings. */
  readonly patience?: number | undefined;
  readonly emit: (event: LaterEvent) => void;
  readonly report: (message: string) => void;
  /** What the events so far have made of a run. */
  readonly stateOf: (run: string) => RunState;
}

/** `crowded`: its worker had too many runs; it is to wait until there is room for it. */
export type RunOutcome = 'completed' | 'failed' | 'stopped' | 'crowded';

/** That a worker broke that had too many runs. */
interface Crowded {
  readonly type: 'crowded';
  readonly message: string;
}

/** How often the worker of a run is replaced. */
const mostReplacements = 3;

/**
 * Trains a run from where it stands to its end and tells its events. Where its worker dies, another
 * one goes on from the last checkpoint, some times. What another comparison has trained is not trained
 * again.
 *
 * @param signal aborted to stop between two steps.
 * @throws InputError for what hinders every run, such as a full disk.
 */
export async function liveRun(
  planned: PlannedRun,
  training: Training,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { emit } = training;
  const { run } = planned;
  for (let replacements = 0; ; replacements++) {
    const end = await trainOn(planned, training, signal);
    switch (end.type) {
      case 'completed':
        return 'completed';
      case 'stopped':
        emit({ type: 'runStopped', run });
        return 'stopped';
      case 'diverged':
        emit({ type: 'runFailed', run, message: end.message, diverged: true });
        return 'failed';
      case 'blocked':
        emit({ type: 'runStopped', run });
        throw new InputError(end.message);
      case 'crowded':
      case 'broken':
        if (signal.aborted) {
          emit({ type: 'runStopped', run });
          return 'stopped';
        }
        if (end.type === 'broken' && replacements === mostReplacements) {
          emit({ type: 'runFailed', run, message: end.message, diverged: false });
          return 'failed';
        }
        emit({ type: 'runInterrupted', run, message: end.message });
        if (end.type === 'crowded') return 'crowded';
    }
  }
}

/** Trains a run from where it stands, until it ends in one way or another. */
async function trainOn(
  planned: PlannedRun,
  training: Training,
  signal: AbortSignal,
): Promise<RunEnd | Breakdown | Crowded> {
  const { emit, stateOf } = training;
  const { run, learningRates } = planned;
  const standing = await findStanding(planned, training);
  for (const event of standing.untold) emit(event);

  const before = stateOf(run).epochs.reduce((sum, { seconds }) => sum + seconds, 0);
  const begin = performance.now();
  const isWhole = standing.step === learningRates.length;
  const end = isWhole
    ? ({ type: 'completed' } as const)
    : await trainFrom(standing, planned, training, signal);
  if (end.type === 'completed') {
    const { epochs, wasTrained } = stateOf(run);
    const accuracy = epochs.at(-1)?.accuracy ?? NaN;
    const seconds = before + (performance.now() - begin) / 1000;
    emit({ type: 'runCompleted', run, accuracy, seconds, reused: !wasTrained });
  }
  return end;
}

/** Where a run stands; one that has nothing yet is given what another comparison has trained of it. */
async function findStanding(
  planned: PlannedRun,
  { plan, folder, pool, trained, stateOf, report }: Training,
): Promise<Standing> {
  const { run, learningRates } = planned;
  const { epochs, steps } = stateOf(run);
  const [checkpoints, predictions] = [folder.checkpoints(run), folder.predictions(run)];
  const options = {
    run,
    learningRates,
    identities: identities(plan, planned),
    folder: checkpoints,
    told: { epochs: epochs.length, steps },
    report,
  };
  await removeLeftovers(checkpoints);
  const own = await standingOf(options);
  if (own.step > 0) return own;
  const adopted = await adoptEpochs(
    { checkpoints, predictions },
    options.identities,
    pool.engineClass,
    trained,
    report,
  );
  return adopted > 0 ? standingOf(options) : own;
}

async function trainFrom(
  { step, path, engines }: Standing,
  planned: PlannedRun,
  { plan, folder, dataFolder, pool, checkpointSeconds, emit, ...training }: Training,
  signal: AbortSignal,
): Promise<RunEnd | Breakdown | Crowded> {
  const { run, learningRates, perturbation } = planned;
  const settings = settingsOfRun(plan, planned);
  const batches = batchesPerEpoch(settings);
  const onProgress = (message: RunProgress): void => {
    if (message.type === 'steps') {
      const { firstStep, losses, stepsPerSecond } = message;
      const rates = Array.from(learningRates.subarray(firstStep, firstStep + losses.length));
      const steps = { firstStep, losses, learningRates: rates, stepsPerSecond };
      emit({ type: 'stepsCompleted', run, ...steps });
    } else {
      const { epoch, loss, accuracy, seconds } = message;
      const learningRate = learningRates[epoch * batches - 1] ?? NaN;
      emit({ type: 'epochCompleted', run, epoch, loss, accuracy, learningRate, seconds });
    }
  };

  let worker;
  try {
    worker = await pool.take(settings);
  } catch (error) {
    return { type: 'broken', message: `its worker process ${messageOf(error)}` };
  }
  if (signal.aborted) {
    pool.giveBack(worker);
    return { type: 'stopped' };
  }
  const stop = (): void => {
    worker.stop(run);
  };
  signal.addEventListener('abort', stop);
  emit({ type: 'runStarted', run, fromEpoch: Math.floor(step / batches) + 1, fromStep: step });
  const end = await worker.train(
    {
      type: 'train',
      run,
      learningRates,
      perturbation,
      settings,
      dataFolder,
      checkpointFolder: folder.checkpoints(run),
      predictionFolder: folder.predictions(run),
      checkpoint: path,
      checkpointSeconds,
      mostInLockstep: pool.mostInLockstep(settings),
      identities: identities(plan, planned),
      engines: [...new Set([...engines, pool.engineClass])],
    },
    training.patience ?? patienceWith(settings, pool.mostInLockstep(settings)),
    onProgress,
  );
  signal.removeEventListener('abort', stop);
  const isCrowded = pool.giveBack(worker, end);
  return isCrowded && 'message' in end ? { type: 'crowded', message: end.message } : end;
}
