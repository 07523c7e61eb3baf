import { fork, type ChildProcess } from 'node:child_process';
import type { WorkerProgram } from '../engines/engines.ts';
import { lastWordsOf } from './lastWords.ts';
import { watchForSilence } from './silence.ts';
import type { FromWorker, RunEnd, RunProgress, ToWorker, TrainRun } from './workerMessages.ts';

/** A worker process whose engine is ready. It trains one run at a time. */
export interface Worker {
  readonly device: string;
  readonly version: string;
  /** Where its engine can choose: all on which it could compute. */
  readonly adapters: readonly string[];
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
  ) => Promise<RunEnd>;
  /** Asks for the end of the run between two steps. */
  readonly stop: () => void;
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

  return {
    device: ready.device,
    version: ready.version,
    adapters: ready.adapters,
    threads,
    get alive() {
      return isAlive();
    },
    stop: () => {
      tell({ type: 'stop' });
    },
    end: () => child.kill('SIGKILL'),
    train: (run, patience, onProgress) =>
      new Promise((resolve) => {
        let silence = '';
        const settle = (message: RunEnd): void => {
          child.off('message', listen).off('close', died);
          watch.end();
          resolve(message);
        };
        const listen = (message: RunProgress | RunEnd): void => {
          watch.heard();
          if (message.type === 'steps' || message.type === 'epoch') onProgress(message);
          else settle(message);
        };
        const died = (code: number | null, killer: string | null): void => {
          const message = `the worker process ${silence || deathOf(code, killer, lastWords)}`;
          settle({ type: 'broken', message });
        };
        const watch = watchForSilence(patience, (seconds) => {
          silence = `gave no sign of life for ${seconds} s`;
          child.kill('SIGKILL');
        });
        child.on('message', listen).once('close', died);
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
