import { availableParallelism } from 'node:os';
import { startWorker, WorkerKilled, type Worker } from '../comparison/worker.ts';
import { findEngine, isGpu, type EngineName, type WorkerProgram } from './engines.ts';
import { messageOf } from '../inputError.ts';
import type { TrainingSettings } from '../protocol.ts';

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

/** How many runs with such settings a worker of an engine trains in lockstep, on the device that it has. */
export function mostTogether(
  { program, firstWorker }: ChosenEngine,
  settings: TrainingSettings,
): number {
  return program.mostInLockstep(settings, firstWorker.largestTensor);
}

/** An engine that may be taken. */
export interface Candidate {
  readonly name: EngineName;
  /** Whether it is taken only where it computes on a GPU. */
  readonly onGpu: boolean;
}

/** What may be taken where an engine is asked for: the fastest first. */
export function candidatesFor(asked: EngineName | 'auto'): readonly Candidate[] {
  if (asked !== 'auto') return [{ name: asked, onGpu: false }];
  return [
    { name: 'tensorflow', onGpu: true },
    { name: 'webgpu', onGpu: true },
    { name: 'tensorflow', onGpu: false },
    { name: 'wasm', onGpu: false },
  ];
}

/**
 * Starts the first of some engines that comes up. Why another was not taken is reported in a line
 * each.
 *
 * @param workers that are to share the computer.
 * @throws Error where none of them comes up.
 */
export async function chooseEngine(
  candidates: readonly Candidate[],
  workers: number,
  report: (message: string) => void,
  signal?: AbortSignal,
): Promise<ChosenEngine> {
  const tried = new Map<EngineName, ChosenEngine | string>();
  let chosen: ChosenEngine | undefined;
  for (const { name, onGpu } of candidates) {
    const engine = tried.get(name) ?? (await startedEngine(name, workers, signal));
    tried.set(name, engine);
    if (typeof engine === 'string') continue;
    if (!onGpu || isGpu(engine.firstWorker.device)) {
      chosen = engine;
      break;
    }
  }
  const failures: string[] = [];
  for (const [name, engine] of tried) {
    if (engine === chosen) continue;
    if (typeof engine !== 'string') engine.firstWorker.end();
    const why = typeof engine === 'string' ? engine : engine.program.whyNoGpu();
    failures.push(`Engine ${name} is not used: ${why}`);
  }
  if (!chosen) throw new Error(failures.join('\n'));
  failures.forEach(report);
  return chosen;
}

/** An engine that is up, or a sentence that says why it is not. */
async function startedEngine(
  name: EngineName,
  workers: number,
  signal: AbortSignal | undefined,
): Promise<ChosenEngine | string> {
  const engine = await findEngine(name);
  if (engine.state === 'missing') return `${engine.why} ${engine.howToGet}`;
  try {
    const { program } = engine;
    return { program, firstWorker: await startFirst(program, threadsOf(program, workers), signal) };
  } catch (error) {
    signal?.throwIfAborted();
    return `its worker ${messageOf(error)}.`;
  }
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
