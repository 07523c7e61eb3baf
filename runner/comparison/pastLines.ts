import { encodeEvent, type ComparisonEvent, type StepsCompleted } from '../protocol.ts';

/** Tells events of the past in fewer lines, whose reader has the same steps and all other events. */
export interface PastLines {
  /** Lines that are due with more events; the steps of the last ones may wait for more of them. */
  add(events: readonly ComparisonEvent[]): string;
  /** Lines of all that waits. */
  rest(): string;
}

/** More make a line long, and fewer of them no faster. */
const mostSteps = 8192;

/** Packs the steps of a run between two other events, of any run, into a line or a few. */
export function pastLines(): PastLines {
  const waiting = new Map<string, Gathered>();
  const rest = (): string => {
    const lines = [...waiting.values()].map(lineOf);
    waiting.clear();
    return lines.join('');
  };
  const add = (event: ComparisonEvent): string => {
    if (event.type !== 'stepsCompleted') return `${rest()}${encodeEvent(event)}\n`;
    const before = waiting.get(event.run);
    if (before && before.firstStep + before.losses.length === event.firstStep) {
      gather(before, event);
      if (before.losses.length < mostSteps) return '';
      waiting.delete(event.run);
      return lineOf(before);
    }
    waiting.set(event.run, gathered(event));
    return before ? lineOf(before) : '';
  };
  return { rest, add: (events) => events.map(add).join('') };
}

interface Gathered {
  readonly run: string;
  readonly firstStep: number;
  readonly losses: number[];
  readonly learningRates: number[];
  seconds: number;
}

function gathered(event: StepsCompleted): Gathered {
  const { run, firstStep } = event;
  const empty: Gathered = { run, firstStep, losses: [], learningRates: [], seconds: 0 };
  gather(empty, event);
  return empty;
}

function gather(steps: Gathered, { losses, learningRates, stepsPerSecond }: StepsCompleted): void {
  // Spread into a call, many are too many.
  losses.forEach((loss, i) => {
    steps.losses.push(loss);
    steps.learningRates.push(learningRates[i] ?? NaN);
  });
  steps.seconds += losses.length / stepsPerSecond;
}

function lineOf({ run, firstStep, losses, learningRates, seconds }: Gathered): string {
  const line = encodeEvent({
    type: 'packedSteps',
    run,
    firstStep,
    losses: base64Of(losses),
    learningRates: base64Of(learningRates),
    stepsPerSecond: seconds > 0 ? losses.length / seconds : 0,
  });
  return `${line}\n`;
}

/** Float32, little-endian. */
const base64Of = (figures: readonly number[]): string =>
  Buffer.from(Float32Array.from(figures).buffer).toString('base64');
