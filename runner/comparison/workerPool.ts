import { threadsOf, type ChosenEngine } from '../engines/choice.ts';
import { engineClass } from './identity.ts';
import { startWorker, type Worker } from './worker.ts';

/** Worker processes of one engine, to be taken for a run and given back. */
export interface WorkerPool {
  /** The class of the engine. */
  readonly engineClass: string;
  /**
   * A worker that is ready: one that was given back, or a new one.
   *
   * @throws Error with the reason where its engine does not come up.
   */
  take(): Promise<Worker>;
  /** Gives back a worker; one that is not needed any more, or is not to be trusted, is ended. */
  giveBack(worker: Worker): void;
  /** Changes how many workers share the computer, and so how many threads each may use. */
  resize(workers: number): void;
  /** Ends all workers that nobody has taken. */
  end(): void;
}

/**
 * @param size how many workers there are to be.
 * @param signal aborted to start no more of them.
 */
export function workerPool(
  { program, firstWorker }: ChosenEngine,
  size: number,
  signal: AbortSignal,
): WorkerPool {
  const idle = [firstWorker];
  let taken = 0;
  return {
    engineClass: engineClass(program.engine, firstWorker.device),
    async take() {
      const threads = threadsOf(program, size);
      taken++;
      try {
        for (let worker = idle.pop(); worker; worker = idle.pop()) {
          if (worker.alive && worker.threads === threads) return worker;
          worker.end();
        }
        return await startWorker(program, threads, signal);
      } catch (error) {
        taken--;
        throw error;
      }
    },
    giveBack(worker) {
      taken--;
      if (worker.alive && taken + idle.length < size) idle.push(worker);
      else worker.end();
    },
    resize(workers) {
      size = workers;
    },
    end() {
      for (const worker of idle) worker.end();
    },
  };
}
