import type {
  ComparisonEvent,
  ComparisonResumed,
  ComparisonStarted,
  EpochCompleted,
} from '../protocol.ts';

/** What has become of a run so far. */
export interface RunState {
  readonly run: string;
  readonly schedule: string;
  readonly seed: number;
  readonly function: string;
  readonly totalSteps: number;
  readonly status: 'waiting' | 'training' | 'completed' | 'stopped' | 'failed';
  readonly epochs: readonly EpochCompleted[];
  /** Steps done, and the last one's figures. */
  readonly steps: number;
  readonly loss?: number;
  readonly learningRate?: number;
  readonly stepsPerSecond?: number;
  readonly seconds?: number;
  /** Why it failed. */
  readonly message?: string;
  /** It fails again however often it is trained. */
  readonly diverged?: boolean;
  /** Whether this comparison has trained some of it. */
  readonly wasTrained: boolean;
  /** All of it was trained by another comparison. */
  readonly reused?: boolean;
}

/** A comparison as its events tell it. */
export interface ComparisonState {
  readonly started: ComparisonStarted;
  readonly runs: ReadonlyMap<string, RunState>;
  /** Of the whole comparison, once it is completed. */
  readonly seconds?: number;
  /** Seconds that were spent on it until it was stopped the last time. */
  readonly secondsBefore: number;
  readonly paused: boolean;
}

/** The state after one more event; events before `comparisonStarted` are passed over. */
export function afterEvent(
  state: ComparisonState | undefined,
  event: ComparisonEvent,
): ComparisonState | undefined {
  if (event.type === 'comparisonStarted') return stateAtStart(event);
  return state && stateAfter(state, event);
}

/** The state in which nothing is trained yet. */
export function stateAtStart(started: ComparisonStarted): ComparisonState {
  const runs = started.runs.map((summary): [string, RunState] => [
    summary.run,
    { ...summary, status: 'waiting', epochs: [], steps: 0, wasTrained: false },
  ]);
  return { started, runs: new Map(runs), secondsBefore: 0, paused: false };
}

/** The state after an event that is no start. */
export function stateAfter(state: ComparisonState, event: LaterEvent): ComparisonState {
  if (!('run' in event)) return comparisonAfter(state, event);
  const run = state.runs.get(event.run);
  if (!run) return state;
  return { ...state, runs: new Map(state.runs).set(event.run, runAfter(run, event)) };
}

export type LaterEvent = Exclude<ComparisonEvent, ComparisonStarted>;
type RunEvent = Extract<ComparisonEvent, { readonly run: string }>;
type WholeEvent = Exclude<LaterEvent, RunEvent>;

function comparisonAfter(state: ComparisonState, event: WholeEvent): ComparisonState {
  switch (event.type) {
    case 'comparisonResumed':
      return {
        ...withoutEnd(state),
        started: { ...state.started, ...enginesAfter(state.started, event) },
        runs: new Map([...state.runs].map(([name, run]) => [name, resumed(run, event)])),
        paused: false,
      };
    case 'comparisonPaused':
      return { ...state, paused: true };
    case 'comparisonContinued':
      return { ...state, paused: false };
    case 'comparisonStopped':
      return { ...state, secondsBefore: event.seconds };
    case 'comparisonCompleted':
      return { ...state, seconds: event.seconds, secondsBefore: event.seconds };
  }
}

function withoutEnd({ seconds: _, ...state }: ComparisonState): ComparisonState {
  return state;
}

/** What trained a comparison: "tensorflow, then wasm". */
function enginesAfter(
  { engine, device }: ComparisonStarted,
  next: ComparisonResumed,
): Pick<ComparisonStarted, 'engine' | 'device'> {
  const same = engine.split(', then ').at(-1) === next.engine;
  return same
    ? { engine, device }
    : { engine: `${engine}, then ${next.engine}`, device: `${device}, then ${next.device}` };
}

/** @throws RangeError for a run that the comparison does not have. */
export function runOf({ runs }: ComparisonState, name: string): RunState {
  const run = runs.get(name);
  if (!run) throw new RangeError(`The comparison has no run '${name}'.`);
  return run;
}

/** Whether nothing is left to train of a run. */
export function isThrough({ status, diverged }: RunState): boolean {
  return status === 'completed' || (status === 'failed' && diverged === true);
}

/** Whether a run that does not train, and does not wait for it, can. */
export function canGoOn(run: RunState): boolean {
  return run.status === 'stopped' || (run.status === 'failed' && !isThrough(run));
}

function resumed(run: RunState, { only }: ComparisonResumed): RunState {
  if (isThrough(run)) return run;
  if (!only || only.includes(run.run)) return { ...run, status: 'waiting' };
  return run.status === 'failed' ? run : { ...run, status: 'stopped' };
}

function runAfter(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'runStarted':
      return {
        ...state,
        status: 'training',
        wasTrained: true,
        steps: event.fromStep,
        epochs: state.epochs.filter(({ epoch }) => epoch < event.fromEpoch),
      };
    case 'stepsCompleted': {
      const { firstStep, losses, learningRates, stepsPerSecond } = event;
      return {
        ...state,
        steps: firstStep + losses.length,
        loss: losses.at(-1) ?? NaN,
        learningRate: learningRates.at(-1) ?? NaN,
        stepsPerSecond,
      };
    }
    case 'epochCompleted':
      return { ...state, epochs: [...state.epochs, event] };
    case 'runCompleted':
      return { ...state, status: 'completed', seconds: event.seconds, reused: event.reused };
    case 'runInterrupted':
      return { ...state, status: 'waiting' };
    case 'runStopped':
      return { ...state, status: 'stopped' };
    case 'runFailed':
      return { ...state, status: 'failed', message: event.message, diverged: event.diverged };
  }
}

/** The epoch after which a run was most accurate; the first of equals. */
export function bestEpoch({ epochs }: RunState): EpochCompleted | undefined {
  return epochs.reduce<EpochCompleted | undefined>(
    (best, epoch) => (best && best.accuracy >= epoch.accuracy ? best : epoch),
    undefined,
  );
}
