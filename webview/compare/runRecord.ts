import type { ComparisonEvent, RunSummary, StepsCompleted } from '../../runner/protocol.ts';
import { growingFloats } from './growingFloats.ts';
import type { CompareRun, RunStatus } from './messages.ts';
import { stepClock } from './stepClock.ts';

export type RunEvent = Extract<ComparisonEvent, { readonly run: string }>;

/** A run as its events tell it. */
export interface RunRecord {
  readonly status: RunStatus;
  tell(event: RunEvent): void;
  /** The comparison goes on: what is not through waits again, or only those named. */
  resume(only?: readonly string[]): void;
  /** With all of its steps. */
  whole(): CompareRun;
  /** With the steps since it was asked last; undefined where nothing has changed. */
  news(): CompareRun | undefined;
}

export function runRecord(
  { run, schedule, seed, ...summary }: RunSummary,
  color: number,
): RunRecord {
  const losses = growingFloats(summary.totalSteps);
  const learningRates = growingFloats(summary.totalSteps);
  const clock = stepClock();
  /** How many steps were given away, and whether anything has changed since. */
  let given = 0;
  let isNews = true;
  let status: RunStatus = {
    ...{ run, schedule, seed, color },
    function: summary.function,
    totalSteps: summary.totalSteps,
    status: 'waiting',
    isDiverged: false,
    isReused: false,
    message: null,
    epochs: [],
    stepsDone: 0,
    stepsPerSecond: null,
    hasSource: summary.source !== undefined,
  };
  const change = (part: Partial<RunStatus>): void => {
    status = { ...status, ...part };
    isNews = true;
  };

  const addSteps = (event: StepsCompleted): void => {
    // Each follows those before it; whatever does not is out of order.
    if (event.firstStep !== losses.length) return;
    const speed = event.stepsPerSecond > 0 ? event.stepsPerSecond : status.stepsPerSecond;
    const count = Math.min(event.losses.length, event.learningRates.length);
    losses.add(firstOf(event.losses, count));
    learningRates.add(firstOf(event.learningRates, count));
    clock.run(count, speed === null ? 0 : 1 / speed);
    change({ stepsDone: losses.length, stepsPerSecond: speed });
  };

  const start = (step: number, epoch: number): void => {
    for (const part of [losses, learningRates, clock]) part.cut(step);
    given = Math.min(given, losses.length);
    change({
      status: 'training',
      stepsDone: losses.length,
      epochs: status.epochs.filter((one) => one.epoch < epoch),
    });
  };

  const steps = (firstStep: number): CompareRun['steps'] => ({
    firstStep,
    losses: losses.from(firstStep),
    learningRates: learningRates.from(firstStep),
    clock: clock.from(firstStep),
  });
  const give = (firstStep: number): CompareRun => {
    given = losses.length;
    isNews = false;
    return { ...status, steps: steps(firstStep) };
  };

  return {
    get status() {
      return status;
    },
    tell(event) {
      switch (event.type) {
        case 'runStarted':
          start(event.fromStep, event.fromEpoch);
          break;
        case 'stepsCompleted':
          addSteps(event);
          break;
        case 'epochCompleted': {
          const { epoch, loss, accuracy, learningRate, seconds } = event;
          if (epoch <= (status.epochs.at(-1)?.epoch ?? 0)) break;
          const next = { epoch, loss, accuracy, learningRate, seconds };
          change({ epochs: [...status.epochs, next] });
          break;
        }
        case 'runCompleted':
          change({ status: 'completed', isReused: event.reused, message: null });
          break;
        case 'runInterrupted':
          change({ status: 'waiting', message: event.message });
          break;
        case 'runStopped':
          change({ status: 'stopped' });
          break;
        case 'runFailed':
          change({ status: 'failed', isDiverged: event.diverged, message: event.message });
      }
    },
    resume(only) {
      if (status.status === 'completed' || status.isDiverged) return;
      const isChosen = only?.includes(status.run) ?? true;
      if (isChosen) change({ status: 'waiting', message: null });
      else if (status.status !== 'failed') change({ status: 'stopped' });
    },
    whole: () => give(0),
    news: () => (isNews ? give(given) : undefined),
  };
}

/** Nearly always all of them, which are not copied. */
const firstOf = (figures: readonly number[], count: number): readonly number[] =>
  figures.length === count ? figures : figures.slice(0, count);
