import { startWorker, type Worker } from '../comparison/worker.ts';
import { engineNames, findEngine, type EngineName, type WorkerProgram } from './engines.ts';
import { messageOf } from '../inputError.ts';

/** An engine that is up: its first worker has started. */
export interface ChosenEngine {
  readonly program: WorkerProgram;
  readonly firstWorker: Worker;
}

/** How many workers of an engine run at a time, and how many threads each may use. */
export type Layout = (program: WorkerProgram) => {
  readonly workers: number;
  readonly threads: number;
};

/**
 * Starts the engine that the user names, or of `auto` the first that comes up. Why another was not
 * taken is reported in a line each.
 *
 * @throws Error where the named engine, or every engine, does not come up.
 */
export async function chooseEngine(
  requested: EngineName | 'auto',
  layout: Layout,
  report: (message: string) => void,
  signal?: AbortSignal,
): Promise<ChosenEngine> {
  const candidates = requested === 'auto' ? engineNames : [requested];
  const failures: string[] = [];
  for (const name of candidates) {
    const engine = await findEngine(name);
    if (engine.state === 'missing') {
      failures.push(`Engine ${name} is not used: ${engine.why} ${engine.howToGet}`);
      continue;
    }
    try {
      const { program } = engine;
      const firstWorker = await startWorker(program, layout(program).threads, signal);
      if (requested === 'auto') failures.forEach(report);
      return { program, firstWorker };
    } catch (error) {
      signal?.throwIfAborted();
      const reason = messageOf(error);
      failures.push(`Engine ${name} is not used: its worker ${reason}.`);
    }
  }
  throw new Error(failures.join('\n'));
}
