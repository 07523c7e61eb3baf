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
    if (before && gather(before, event)) return '';
    waiting.set(event.run, gathered(event));
    return before ? lineOf(before) : '';
  };
  return { rest, add: (events) => events.map(add).join('') };
}

interface Gathered {
  readonly run: string;
  readonly firstStep: number;
  /** Of these, the first `count` are steps. */
  readonly losses: Float32Array;
  readonly learningRates: Float32Array;
  count: number;
  seconds: number;
}

function gathered(event: StepsCompleted): Gathered {
  const { run, firstStep } = event;
  const room = Math.max(mostSteps, event.losses.length);
  const [losses, learningRates] = [new Float32Array(room), new Float32Array(room)];
  const empty: Gathered = { run, firstStep, losses, learningRates, count: 0, seconds: 0 };
  gather(empty, event);
  return empty;
}

/** Adds steps to those before them; false where they do not follow those, or there is no room. */
function gather(steps: Gathered, event: StepsCompleted): boolean {
  const { firstStep, losses, learningRates, stepsPerSecond } = event;
  const { count } = steps;
  const isNext = firstStep === steps.firstStep + count;
  if (!isNext || count + losses.length > steps.losses.length) return false;
  for (let i = 0; i < losses.length; i++) {
    steps.losses[count + i] = losses[i] ?? NaN;
    steps.learningRates[count + i] = learningRates[i] ?? NaN;
  }
  steps.count += losses.length;
  steps.seconds += losses.length / stepsPerSecond;
  return true;
}

function lineOf({ run, firstStep, losses, learningRates, count, seconds }: Gathered): string {
  const line = encodeEvent({
    type: 'packedSteps',
    run,
    firstStep,
    losses: base64Of(losses.subarray(0, count)),
    learningRates: base64Of(learningRates.subarray(0, count)),
    stepsPerSecond: seconds > 0 ? count / seconds : 0,
  });
  return `${line}\n`;
}

/** Float32, little-endian. */
const base64Of = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');
