import { mostTogether, threadsOf, type ChosenEngine } from '../engines/choice.ts';
import type { TrainingSettings } from '../protocol.ts';
import { engineClass } from './identity.ts';
import { lockstepKind } from './lockstep.ts';
import { startWorker, type Worker } from './worker.ts';
import type { Breakdown, RunEnd } from './workerMessages.ts';

/** Worker processes of one engine, to be taken for a run and given back. */
export interface WorkerPool {
  /** The class of the engine. */
  readonly engineClass: string;
  /** How many runs with such settings are trained in lockstep at the most. */
  mostInLockstep(settings: TrainingSettings): number;
  /**
   * A worker that is ready: one that trains runs with such settings and has a place in their lockstep,
   * one that was given back, or a new one.
   *
   * @throws Error with the reason where its engine does not come up.
   */
  take(settings: TrainingSettings): Promise<Worker>;
  /**
   * Gives back a worker, with how the run has ended. When the last of its runs does so, one that is not
   * needed any more is ended.
   *
   * @returns whether it broke because it had too many runs: fewer are trained in lockstep from then on.
   */
  giveBack(worker: Worker, end?: RunEnd | Breakdown): boolean;
  /** Changes how many workers share the computer, and so how many threads each may use. */
  resize(workers: number): void;
  /** Ends all workers that nobody has taken. */
  end(): void;
}

/** A worker that runs of a kind have taken. */
interface TakenWorker {
  readonly kind: string;
  readonly started: Promise<Worker>;
  /** It, once it has started. */
  worker?: Worker;
  runs: number;
  /** How many runs it has had at a time. */
  most: number;
}

/** Where memory runs out, so many times fewer runs are trained in lockstep. */
const reduction = 4;

/**
 * @param size how many workers there are to be.
 * @param signal aborted to start no more of them.
 */
export function workerPool(engine: ChosenEngine, size: number, signal: AbortSignal): WorkerPool {
  const { program, firstWorker } = engine;
  const idle = [firstWorker];
  const taken = new Set<TakenWorker>();
  /** How many at a time the memory has turned out to suffice for. */
  let affordable = Infinity;

  const start = async (): Promise<Worker> => {
    const threads = threadsOf(program, size);
    for (let worker = idle.pop(); worker; worker = idle.pop()) {
      if (worker.alive && worker.threads === threads) return worker;
      worker.end();
    }
    return startWorker(program, threads, signal);
  };

  const mostInLockstep = (settings: TrainingSettings): number =>
    Math.min(affordable, mostTogether(engine, settings));

  const leave = (one: TakenWorker): void => {
    if (--one.runs === 0) taken.delete(one);
  };

  return {
    engineClass: engineClass(program.engine, firstWorker.device),
    mostInLockstep,
    async take(settings) {
      const kind = lockstepKind(settings);
      const places = mostInLockstep(settings);
      const alike = [...taken].find(
        (one) => one.kind === kind && one.runs < places && one.worker?.alive !== false,
      );
      const one: TakenWorker = alike ?? { kind, started: start(), runs: 0, most: 0 };
      one.most = Math.max(one.most, ++one.runs);
      taken.add(one);
      try {
        return (one.worker = await one.started);
      } catch (error) {
        leave(one);
        throw error;
      }
    },
    giveBack(worker, end) {
      const one = [...taken].find((other) => other.worker === worker);
      if (!one) return false;
      leave(one);
      if (one.runs === 0) {
        if (worker.alive && taken.size + idle.length < size) idle.push(worker);
        else worker.end();
      }
      const isCrowded = end?.type === 'broken' && end.outOfMemory === true && one.most > 1;
      if (isCrowded) affordable = Math.min(affordable, Math.ceil(one.most / reduction));
      return isCrowded;
    },
    resize(workers) {
      size = workers;
    },
    end() {
      for (const worker of idle) worker.end();
    },
  };
}
