import type { SteeringRequest } from '../protocol.ts';
import { workersNeeded } from './lockstep.ts';
import { settingsOfRun, type PlannedRun } from './plan.ts';
import { liveRun, type Training } from './runLife.ts';
import { canGoOn } from './runStates.ts';

export interface Supervision extends Training {
  /** The runs to train, in this order. */
  readonly runs: readonly PlannedRun[];
  /** Those of them that are trained unless more is asked; all where it is not given. */
  readonly only?: readonly string[] | undefined;
  /** Runs that train at a time, from 1 on; as many as the workers can train where it is not given. */
  readonly parallel?: number | undefined;
  /** How many workers there are to be, and how many there may be where more runs are asked for. */
  readonly workers: number;
  readonly mostWorkers: number;
  /** Aborted to stop all. */
  readonly signal: AbortSignal;
  /** What is asked while they train. */
  readonly requests?: AsyncIterable<SteeringRequest> | undefined;
}

/**
 * Trains runs, as many at a time as some workers can, and does what it is asked meanwhile. A run that
 * fails does not stop the others.
 *
 * @throws InputError for what hinders every run, once those that train are stopped.
 */
export async function trainAll(supervision: Supervision): Promise<void> {
  const { plan, pool, emit, report, stateOf } = supervision;
  const { comparison } = plan;
  const ending = new AbortController();
  const signal = AbortSignal.any([supervision.signal, ending.signal]);
  let { parallel = Infinity, workers, mostWorkers, runs: order } = supervision;
  let paused = false;
  const hindrances: Error[] = [];
  const waiting = new Set(order.filter(({ run }) => supervision.only?.includes(run) ?? true));
  const training = new Map<PlannedRun, AbortController>();
  /** Of those that train, the ones that wait again once they have stopped. */
  const returning = new Set<PlannedRun>();
  let finish: () => void = () => undefined;
  const finished = new Promise<void>((resolve) => (finish = resolve));

  const settings = new Map(order.map((run) => [run, settingsOfRun(plan, run)]));
  const workersFor = (runs: Iterable<PlannedRun>): number =>
    workersNeeded(
      [...runs].flatMap((run) => settings.get(run) ?? []),
      (one) => pool.mostInLockstep(one),
    );

  const hasRoom = (run: PlannedRun): boolean =>
    training.size < parallel && workersFor([...training.keys(), run]) <= workers;

  /** Begins as many runs as may train, and sees whether all is done. */
  const proceed = (): void => {
    for (const run of signal.aborted || paused ? [] : order) {
      if (!waiting.has(run)) continue;
      // Those after it have no claim to what it waits for.
      if (!hasRoom(run)) break;
      waiting.delete(run);
      void live(run);
    }
    if (training.size === 0 && (signal.aborted || waiting.size === 0)) finish();
  };

  const live = async (run: PlannedRun): Promise<void> => {
    const stopping = new AbortController();
    training.set(run, stopping);
    try {
      const stop = AbortSignal.any([signal, stopping.signal]);
      const outcome = await liveRun(run, supervision, stop);
      const waitsAgain = outcome === 'stopped' && returning.has(run);
      if (waitsAgain || outcome === 'crowded') waiting.add(run);
    } catch (error) {
      hindrances.push(error instanceof Error ? error : new Error(String(error)));
      ending.abort();
    }
    returning.delete(run);
    training.delete(run);
    proceed();
  };

  const putBack = (run: PlannedRun): void => {
    if (training.get(run)?.signal.aborted) return;
    returning.add(run);
    training.get(run)?.abort();
  };

  const stopRun = (run: PlannedRun): void => {
    returning.delete(run);
    if (training.has(run)) training.get(run)?.abort();
    else if (waiting.delete(run)) emit({ type: 'runStopped', run: run.run });
    else report(`Run '${run.run}' is ${stateOf(run.run).status}: there is nothing to stop.`);
  };

  const resize = (count: number): void => {
    workers = count;
    pool.resize(count);
  };

  const continueRun = (run: PlannedRun): void => {
    const state = stateOf(run.run);
    if (training.get(run)?.signal.aborted) returning.add(run);
    else if (!training.has(run) && canGoOn(state)) {
      waiting.add(run);
      const wanted = Math.min(workersFor([...training.keys(), ...waiting]), mostWorkers);
      if (wanted > workers) resize(wanted);
    } else report(`Run '${run.run}' is ${state.status}: only one that was stopped can go on.`);
  };

  /** Does something with the run that a request names. */
  const withRun = (name: string, act: (run: PlannedRun) => void): void => {
    const run = order.find((one) => one.run === name);
    if (run) act(run);
    else report(`There is no run '${name}' in what is trained now.`);
  };

  const obey = (request: SteeringRequest): void => {
    switch (request.type) {
      case 'stop':
        if (request.run === undefined) ending.abort();
        else withRun(request.run, stopRun);
        break;
      case 'pause':
        if (!paused) emit({ type: 'comparisonPaused', comparison });
        paused = true;
        for (const run of training.keys()) putBack(run);
        break;
      case 'continue':
        if (request.run !== undefined) {
          withRun(request.run, continueRun);
        } else {
          if (paused) emit({ type: 'comparisonContinued', comparison });
          paused = false;
        }
        break;
      case 'parallel': {
        parallel = mostWorkers = request.parallel;
        resize(parallel);
        const stay = [...training.keys()].filter((run) => !returning.has(run));
        for (const run of stay.slice(parallel)) putBack(run);
        break;
      }
      case 'reorder': {
        for (const name of request.runs) withRun(name, () => undefined);
        const place = ({ run }: PlannedRun): number =>
          request.runs.includes(run) ? request.runs.indexOf(run) : request.runs.length;
        order = order.toSorted((a, b) => place(a) - place(b));
      }
    }
    proceed();
  };

  const listen = async (): Promise<void> => {
    for await (const request of supervision.requests ?? []) obey(request);
  };

  signal.addEventListener('abort', proceed);
  void listen();
  proceed();
  await finished;
  signal.removeEventListener('abort', proceed);
  const [hindrance] = hindrances;
  if (hindrance) throw hindrance;
}
