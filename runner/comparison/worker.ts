import { fork, type ChildProcess } from 'node:child_process';
import type { WorkerProgram } from '../engines/engines.ts';
import { lastWordsOf } from './lastWords.ts';
import { watchForSilence } from './silence.ts';
import type {
  Breakdown,
  FromWorker,
  RunEnd,
  RunProgress,
  SignOfLife,
  ToWorker,
  TrainRun,
} from './workerMessages.ts';

/** A worker process whose engine is ready. It trains one run at a time, or several that are alike. */
export interface Worker {
  readonly device: string;
  readonly version: string;
  /** Where its engine can choose: all on which it could compute. */
  readonly adapters: readonly string[];
  /** Bytes that a tensor may have, where its device has such a limit. */
  readonly largestTensor: number | undefined;
  /** How many it may use. */
  readonly threads: number;
  /**
   * Settles with the last message of the run. A worker that dies is `broken`, and so is one that is
   * silent for longer than can be: that one is ended.
   *
   * @param patience seconds that it may be silent at first.
   */
  readonly train: (
    run: TrainRun,
    patience: number,
    onProgress: (message: RunProgress) => void,
  ) => Promise<RunEnd | Breakdown>;
  /** Asks for the end of a run between two steps; of all where none is named. */
  readonly stop: (run?: string) => void;
  /** Ends the process at once. */
  readonly end: () => void;
  readonly alive: boolean;
}

/** A signal has ended a worker before its engine was ready. */
export class WorkerKilled extends Error {}

/** Loading TensorFlow from a cold disk takes some seconds; what takes longer is broken. */
const startMilliseconds = 120_000;

const children = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts a worker process.
 *
 * @throws Error with the reason where its engine does not come up; that of `signal` when aborted.
 */
export async function startWorker(
  program: WorkerProgram,
  threads: number,
  signal?: AbortSignal,
): Promise<Worker> {
  signal?.throwIfAborted();
  const child = fork(program.script, [], {
    env: { ...process.env, ...program.environment(threads) },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  children.add(child);
  child.once('close', () => children.delete(child));
  const lastWords = lastWordsOf(child);
  const ready = await firstMessage(child, lastWords, signal).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const tell = (message: ToWorker): void => void child.send(message, () => undefined);
  const isAlive = (): boolean =>
    !child.killed && child.exitCode === null && child.signalCode === null && child.connected;

  type Told = RunProgress | RunEnd | SignOfLife | Breakdown;
  const training = new Map<string, (message: Told) => void>();
  let breakdown: Breakdown | undefined;
  const breakDown = (how: Breakdown): void => {
    breakdown ??= how;
    child.kill('SIGKILL');
    for (const tellRun of [...training.values()]) tellRun(breakdown);
  };
  child.on('message', (message: FromWorker) => {
    if ('run' in message) training.get(message.run)?.(message);
    else if (message.type === 'broken' || message.type === 'blocked') breakDown(message);
  });
  const died = (code: number | null, killer: string | null): void => {
    const message = `the worker process ${deathOf(code, killer, lastWords)}`;
    breakDown({ type: 'broken', message });
  };
  child.once('close', died);

  return {
    device: ready.device,
    version: ready.version,
    adapters: ready.adapters,
    largestTensor: ready.largestTensor,
    threads,
    get alive() {
      return isAlive();
    },
    stop: (run) => {
      const named = run === undefined ? [...training.keys()] : [run];
      for (const name of named) tell({ type: 'stop', run: name });
    },
    end: () => child.kill('SIGKILL'),
    train: (run, patience, onProgress) =>
      new Promise((resolve) => {
        const watch = watchForSilence(patience, (seconds) => {
          const message = `the worker process gave no sign of life for ${seconds} s`;
          breakDown({ type: 'broken', message });
        });
        training.set(run.run, (message) => {
          watch.heard();
          if (message.type === 'alive') return;
          if (message.type === 'steps' || message.type === 'epoch') {
            onProgress(message);
            return;
          }
          training.delete(run.run);
          watch.end();
          resolve(message);
        });
        if (isAlive()) tell(run);
        else died(child.exitCode, child.signalCode);
      }),
  };
}

async function firstMessage(
  child: ChildProcess,
  lastWords: () => string,
  signal: AbortSignal | undefined,
) {
  return new Promise<Extract<FromWorker, { type: 'ready' }>>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error(`did not start within ${startMilliseconds / 1000} s`));
    }, startMilliseconds);
    child.once('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    const died = (code: number | null, killer: string | null): void => {
      clearTimeout(late);
      const why = `did not start: it ${deathOf(code, killer, lastWords)}`;
      reject(killer === null ? new Error(why) : new WorkerKilled(why));
    };
    child.once('close', died);
    const aborted = (): void => {
      clearTimeout(late);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', aborted, { once: true });
    child.once('message', (message: FromWorker) => {
      clearTimeout(late);
      signal?.removeEventListener('abort', aborted);
      child
        .off('close', died)
        .removeAllListeners('error')
        .on('error', () => undefined);
      if (message.type === 'ready') resolve(message);
      else reject(new Error(message.type === 'unusable' ? message.message : 'spoke out of turn'));
    });
  });
}

function deathOf(code: number | null, signal: string | null, lastWords: () => string): string {
  if (signal === null) return `ended with exit code ${code ?? '?'}${lastWords()}`;
  const likely = signal === 'SIGKILL' ? '; if memory ran out, try a smaller --parallel' : '';
  return `was ended by ${signal}${likely}`;
}
