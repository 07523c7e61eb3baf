import { fork, type ChildProcess } from 'node:child_process';
import type { WorkerProgram } from '../engines/engines.ts';
import type { FromWorker, RunMessage, ToWorker, TrainRun } from './workerMessages.ts';

/** A worker process whose engine is ready. It trains one run at a time. */
export interface Worker {
  readonly device: string;
  readonly version: string;
  /** Settles with the last message of the run; a worker that dies is a failed run. */
  train(run: TrainRun, onProgress: (message: RunMessage) => void): Promise<RunMessage>;
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
 * @throws Error with the reason where its engine does not come up.
 */
export async function startWorker(program: WorkerProgram, threads: number): Promise<Worker> {
  const child = fork(program.script, [], {
    env: { ...process.env, ...program.environment(threads) },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  });
  const lastWords = tailOf(child);
  const ready = await firstMessage(child, lastWords).catch((error: unknown) => {
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
        const settle = (message: RunMessage): void => {
          child.off('message', listen).off('exit', died);
          resolve(message);
        };
        const listen = (message: RunMessage): void => {
          if (message.type === 'steps' || message.type === 'epoch') onProgress(message);
          else settle(message);
        };
        const died = (code: number | null, signal: string | null): void => {
          const message = `the worker process ${deathOf(code, signal)}${lastWords()}`;
          settle({ type: 'failed', message });
        };
        child.on('message', listen).once('exit', died);
        tell(run);
      }),
  };
}

async function firstMessage(child: ChildProcess, lastWords: () => string) {
  return new Promise<Extract<FromWorker, { type: 'ready' }>>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new Error(`did not start within ${startMilliseconds / 1000} s`));
    }, startMilliseconds);
    child.once('error', (error) => {
      clearTimeout(late);
      reject(error);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(late);
      reject(new Error(`${deathOf(code, signal)} while it started${lastWords()}`));
    });
    child.once('message', (message: FromWorker) => {
      clearTimeout(late);
      child
        .removeAllListeners('exit')
        .removeAllListeners('error')
        .on('error', () => undefined);
      if (message.type === 'ready') resolve(message);
      else reject(new Error(message.type === 'unusable' ? message.message : 'spoke out of turn'));
    });
  });
}

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
      .findLast((text) => /error|cannot|fail/i.test(text));
    return line === undefined ? '' : `: ${line}`;
  };
}

function deathOf(code: number | null, signal: string | null): string {
  return signal === null ? `ended with exit code ${code ?? '?'}` : `was ended by ${signal}`;
}
