import type { ComparisonEvent, ComparisonStarted, EpochCompleted } from '../protocol.ts';

/** What has become of a run so far. */
export interface RunState {
  readonly run: string;
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
  readonly message?: string;
}

/** A comparison as its events tell it. */
export interface ComparisonState {
  readonly started: ComparisonStarted;
  readonly runs: ReadonlyMap<string, RunState>;
  readonly seconds?: number;
}

/** The state after one more event; events before `comparisonStarted` are passed over. */
export function afterEvent(
  state: ComparisonState | undefined,
  event: ComparisonEvent,
): ComparisonState | undefined {
  if (event.type === 'comparisonStarted') {
    const runs = event.runs.map((summary): [string, RunState] => [
      summary.run,
      { ...summary, status: 'waiting', epochs: [], steps: 0 },
    ]);
    return { started: event, runs: new Map(runs) };
  }
  if (!state) return state;
  if (event.type === 'comparisonCompleted') return { ...state, seconds: event.seconds };
  const run = state.runs.get(event.run);
  if (!run) return state;
  return { ...state, runs: new Map(state.runs).set(event.run, runAfter(run, event)) };
}

type RunEvent = Exclude<ComparisonEvent, { type: 'comparisonStarted' | 'comparisonCompleted' }>;

function runAfter(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'runStarted':
      return { ...state, status: 'training' };
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
      return { ...state, status: 'completed', seconds: event.seconds };
    case 'runStopped':
      return { ...state, status: 'stopped' };
    case 'runFailed':
      return { ...state, status: 'failed', message: event.message };
  }
}

/** Runs in the order of their final accuracy, the best first; those without one at the end. */
export function byFinalAccuracy(state: ComparisonState): readonly RunState[] {
  const accuracy = ({ epochs, status }: RunState): number =>
    status === 'failed' ? -1 : (epochs.at(-1)?.accuracy ?? -1);
  return [...state.runs.values()].sort((a, b) => accuracy(b) - accuracy(a));
}

/** The epoch after which a run was most accurate; the first of equals. */
export function bestEpoch({ epochs }: RunState): EpochCompleted | undefined {
  return epochs.reduce<EpochCompleted | undefined>(
    (best, epoch) => (best && best.accuracy >= epoch.accuracy ? best : epoch),
    undefined,
  );
}
