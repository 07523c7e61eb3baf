import { availableParallelism } from 'node:os';
import { startWorker, WorkerKilled, type Worker } from '../comparison/worker.ts';
import { findEngine, type EngineName, type WorkerProgram } from './engines.ts';
import { messageOf } from '../inputError.ts';

/** An engine that is up: its first worker has started. */
export interface ChosenEngine {
  readonly program: WorkerProgram;
  readonly firstWorker: Worker;
}

/** How often the first worker of an engine is started where something kills it. */
const mostAttempts = 3;

/** How many threads each of some workers of an engine may use, so that together they use all cores. */
export function threadsOf({ threaded }: WorkerProgram, workers: number): number {
  return threaded ? Math.max(1, Math.floor(availableParallelism() / workers)) : 1;
}

/**
 * Starts the first of some engines that comes up. Why another was not taken is reported in a line
 * each.
 *
 * @param workers that are to share the computer.
 * @throws Error where none of them comes up.
 */
export async function chooseEngine(
  candidates: readonly EngineName[],
  workers: number,
  report: (message: string) => void,
  signal?: AbortSignal,
): Promise<ChosenEngine> {
  const failures: string[] = [];
  for (const name of candidates) {
    const engine = await findEngine(name);
    if (engine.state === 'missing') {
      failures.push(`Engine ${name} is not used: ${engine.why} ${engine.howToGet}`);
      continue;
    }
    try {
      const { program } = engine;
      const firstWorker = await startFirst(program, threadsOf(program, workers), signal);
      failures.forEach(report);
      return { program, firstWorker };
    } catch (error) {
      signal?.throwIfAborted();
      const reason = messageOf(error);
      failures.push(`Engine ${name} is not used: its worker ${reason}.`);
    }
  }
  throw new Error(failures.join('\n'));
}

/** What kills a worker, such as memory that runs out for a moment, says nothing about its engine. */
async function startFirst(
  program: WorkerProgram,
  threads: number,
  signal: AbortSignal | undefined,
): Promise<Worker> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startWorker(program, threads, signal);
    } catch (error) {
      if (!(error instanceof WorkerKilled) || attempt === mostAttempts) throw error;
    }
  }
}
