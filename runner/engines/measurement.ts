import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparisonFolder } from '../comparison/folder.ts';
import { patienceWith } from '../comparison/silence.ts';
import { startWorker, type Worker } from '../comparison/worker.ts';
import type { RunProgress, TrainRun } from '../comparison/workerMessages.ts';
import { fashionMnist } from '../data/files.ts';
import { writeNoiseData } from '../data/noiseData.ts';
import type { MeasureAnswer, TrainingSettings } from '../protocol.ts';
import { batchesPerEpoch } from '../training/epochs.ts';
import { mostTogether, threadsOf, type ChosenEngine } from './choice.ts';

type Measurement = Omit<MeasureAnswer, 'type' | 'question'>;

/** What is measured runs at least so long once every worker has warmed up. */
const leastSeconds = 3;

/** Evaluating so many images tells how long all of them take, unless that is over in no time. */
const sampledImages = 1000;
const shortEvaluation = 0.3;

/** Runs that are measured in lockstep, on engines that can do that: comparisons mostly have as many. */
const usualRuns = 4;

/** So small that no training diverges. */
const learningRate = 1e-7;

/**
 * How fast an engine trains: as many workers as a long comparison would have train at the same time
 * for some seconds, each for itself; or one worker some runs in lockstep.
 *
 * @param count of the workers, where none trains in lockstep.
 * @param dataFolder of Fashion-MNIST; noise of its shape is trained on where there is none.
 * @param signal aborted to end it at once.
 * @throws Error where a worker does not come up or breaks.
 */
export async function measure(
  engine: ChosenEngine,
  settings: TrainingSettings,
  count: number,
  dataFolder: string | undefined,
  signal: AbortSignal,
): Promise<Measurement> {
  const { program, firstWorker } = engine;
  const threads = threadsOf(program, count);
  const inLockstep = Math.min(usualRuns, mostTogether(engine, settings));
  const started = await Promise.allSettled(
    Array.from({ length: inLockstep > 1 ? 0 : count - 1 }, () =>
      startWorker(program, threads, signal),
    ),
  );
  const others = started.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const workers = [firstWorker, ...others];
  const folder = await mkdtemp(join(tmpdir(), 'anneal-measurement-'));
  const end = (): void => {
    for (const worker of workers) worker.end();
  };
  signal.addEventListener('abort', end);
  try {
    signal.throwIfAborted();
    const failure = started.find((one) => one.status === 'rejected');
    if (failure) throw failure.reason;
    const data = dataFolder ?? (await writeNoiseData(join(folder, 'data')));
    const site = { workers, inLockstep, folder, dataFolder: data };
    const stepsPerSecond = await measureSteps(settings, site);
    const evaluationSeconds = await measureEvaluation(settings, site);
    const { device } = firstWorker;
    return { engine: program.engine, device, stepsPerSecond, evaluationSeconds };
  } finally {
    signal.removeEventListener('abort', end);
    end();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Site {
  readonly workers: readonly Worker[];
  /** Runs that each of them trains at a time. */
  readonly inLockstep: number;
  readonly folder: string;
  readonly dataFolder: string;
}

/** Of all runs together. */
async function measureSteps(settings: TrainingSettings, site: Site): Promise<number> {
  const whole = { ...settings, trainExamples: fashionMnist.train.count, testExamples: 1 };
  const clocks = Array.from({ length: runsAt(site) }, () => ({ begin: 0, end: 0, steps: 0 }));
  const isEnough = (): boolean =>
    clocks.every(({ begin, end }) => begin > 0 && end - begin >= leastSeconds * 1000);
  await trainAll({ ...whole, epochs: 100 }, site, (message, i) => {
    const clock = clocks[i];
    if (message.type !== 'steps' || !clock) return;
    clock.end = performance.now();
    // The first message comes when all is warm.
    if (clock.begin === 0) clock.begin = clock.end;
    else clock.steps += message.losses.length;
    if (isEnough()) for (const worker of site.workers) worker.stop();
  });
  return clocks.reduce((sum, { begin, end, steps }) => sum + (1000 * steps) / (end - begin), 0);
}

/** What one evaluation costs, where as many are made at a time as there are runs. */
async function measureEvaluation(settings: TrainingSettings, site: Site): Promise<number> {
  const { batchSize, testExamples } = settings;
  let seconds = 0;
  for (const images of new Set([Math.min(sampledImages, testExamples), testExamples])) {
    const oneStep = { ...settings, trainExamples: batchSize, testExamples: images };
    let stepSeconds = 0;
    // The second epoch finds everything warm.
    await trainAll({ ...oneStep, epochs: 2 }, site, (message, i) => {
      if (i > 0) return;
      if (message.type === 'steps') stepSeconds = message.losses.length / message.stepsPerSecond;
      else seconds = Math.max(0, message.seconds - stepSeconds) * (testExamples / images);
    });
    if ((seconds * images) / testExamples > shortEvaluation) break;
  }
  return seconds / runsAt(site);
}

const runsAt = ({ workers, inLockstep }: Site): number => workers.length * inLockstep;

/** Lets every worker train the same until it ends or is stopped. */
async function trainAll(
  settings: TrainingSettings,
  { workers, inLockstep, folder, dataFolder }: Site,
  onProgress: (message: RunProgress, run: number) => void,
): Promise<void> {
  const steps = settings.epochs * batchesPerEpoch(settings);
  const learningRates = new Float32Array(steps).fill(learningRate);
  const places = workers.flatMap((worker) => Array<Worker>(inLockstep).fill(worker));
  const ends = places.map((worker, i) => {
    const name = `measured-${i}`;
    const own = comparisonFolder(folder);
    const run: TrainRun = {
      ...{ type: 'train', run: name, mostInLockstep: inLockstep },
      ...{ learningRates, settings, dataFolder },
      checkpointFolder: own.checkpoints(name),
      predictionFolder: own.predictions(name),
      checkpointSeconds: Infinity,
      identities: [],
      engines: [],
    };
    return worker.train(run, patienceWith(settings, inLockstep), (message) => {
      onProgress(message, i);
    });
  });
  for (const end of await Promise.all(ends)) {
    if ('message' in end) throw new Error(end.message);
  }
}
