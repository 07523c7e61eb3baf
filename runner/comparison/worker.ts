import { fork, type ChildProcess } from 'node:child_process';
import type { WorkerProgram } from '../engines/engines.ts';
import type { FromWorker, RunEnd, RunProgress, ToWorker, TrainRun } from './workerMessages.ts';

/** A worker process whose engine is ready. It trains one run at a time. */
export interface Worker {
  readonly device: string;
  readonly version: string;
  /** Settles with the last message of the run; a worker that dies is a failed run. */
  train(run: TrainRun, onProgress: (message: RunProgress) => void): Promise<RunEnd>;
  /** Asks for the end of the run between two steps. */
  stop(): void;
  /** Ends the process at once. */
  end(): void;
  readonly alive: boolean;
}

/** Loading TensorFlow from a cold disk takes some seconds; what takes longer is broken. */
const startMilliseconds = 120_000;

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
  const lastWords = tailOf(child);
  const ready = await firstMessage(child, lastWords, signal).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw error;
  });
  const tell = (message: ToWorker): void => void child.send(message, () => undefined);

  return {
    device: ready.device,
    version: ready.version,
    get alive() {
      return child.exitCode === null && child.signalCode === null && child.connected;
    },
    stop: () => {
      tell({ type: 'stop' });
    },
    end: () => child.kill('SIGKILL'),
    train: (run, onProgress) =>
      new Promise((resolve) => {
        const settle = (message: RunEnd): void => {
          child.off('message', listen).off('close', died);
          resolve(message);
        };
        const listen = (message: RunProgress | RunEnd): void => {
          if (message.type === 'steps' || message.type === 'epoch') onProgress(message);
          else settle(message);
        };
        const died = (code: number | null, signal: string | null): void => {
          const message = `the worker process ${deathOf(code, signal, lastWords)}`;
          settle({ type: 'failed', message });
        };
        child.on('message', listen).once('close', died);
        tell(run);
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
    child.once('close', (code, killer) => {
      clearTimeout(late);
      reject(new Error(`did not start: it ${deathOf(code, killer, lastWords)}`));
    });
    const aborted = (): void => {
      clearTimeout(late);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', aborted, { once: true });
    child.once('message', (message: FromWorker) => {
      clearTimeout(late);
      child
        .removeAllListeners('close')
        .removeAllListeners('error')
        .on('error', () => undefined);
      if (message.type === 'ready') resolve(message);
      else reject(new Error(message.type === 'unusable' ? message.message : 'spoke out of turn'));
    });
  });
}

/** A line of TensorFlow's log that is information or a warning. */
const noError = /^[IW]\d{4} |: [IW] /;

/** Keeps the last line that a process writes to stderr, for the error that it ends with. */
function tailOf(child: ChildProcess): () => string {
  let tail = '';
  child.stderr
    ?.setEncoding('utf8')
    .on('data', (text: string) => (tail = (tail + text).slice(-2000)));
  return () => {
    const line = tail
      .split('\n')
      .map((text) => text.trim())
      .findLast((text) => /error|cannot|fail/i.test(text) && !noError.test(text));
    return line === undefined ? '' : `: ${line}`;
  };
}

function deathOf(code: number | null, signal: string | null, lastWords: () => string): string {
  if (signal === null) return `ended with exit code ${code ?? '?'}${lastWords()}`;
  const likely = signal === 'SIGKILL' ? '; if memory ran out, try a smaller --parallel' : '';
  return `was ended by ${signal}${likely}`;
}
