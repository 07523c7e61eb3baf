import { encodeEvent, type StepsCompleted } from '../protocol.ts';
import type { Float32Steps, PastEvent } from './stepsLine.ts';

/** Tells events of the past in fewer lines, whose reader has the same steps and all other events. */
export interface PastLines {
  /** Lines that are due with more events; the steps of the last ones may wait for more of them. */
  add(events: readonly PastEvent[]): string;
  /** Lines of all that waits. */
  rest(): string;
}

/** More make a line long, and fewer of them no faster. */
const mostSteps = 8192;

/** Packs the steps of a run between two other events, of any run, into a line or a few. */
export function pastLines(): PastLines {
  const waiting = new Map<string, Gathered>();
  /** Arrays that take no steps at present: making them takes longer than filling them. */
  const free: Gathered[] = [];

  const told = (steps: Gathered): string => {
    waiting.delete(steps.run);
    free.push(steps);
    return lineOf(steps);
  };
  const begun = (run: string, firstStep: number): Gathered => {
    const steps = free.pop() ?? emptyGathered();
    Object.assign(steps, { run, firstStep, count: 0, seconds: 0 });
    waiting.set(run, steps);
    return steps;
  };
  const addSteps = (event: StepsCompleted | Float32Steps): string => {
    const { run, firstStep, losses } = event;
    let lines = '';
    let steps = waiting.get(run);
    for (let from = 0; from < losses.length;) {
      if (steps && (steps.firstStep + steps.count !== firstStep + from || isFull(steps))) {
        lines += told(steps);
        steps = undefined;
      }
      steps ??= begun(run, firstStep + from);
      from += gather(steps, event, from);
    }
    return lines;
  };
  const rest = (): string => Array.from(waiting.values(), told).join('');
  const add = (event: PastEvent): string =>
    event.type === 'stepsCompleted' || event.type === 'float32Steps'
      ? addSteps(event)
      : `${rest()}${encodeEvent(event)}\n`;
  return { rest, add: (events) => events.map(add).join('') };
}

/** Steps of a run that follow each other. */
interface Gathered {
  run: string;
  firstStep: number;
  count: number;
  seconds: number;
  readonly losses: Float32Array<ArrayBuffer>;
  readonly learningRates: Float32Array<ArrayBuffer>;
}

const emptyGathered = (): Gathered => ({
  ...{ run: '', firstStep: 0, count: 0, seconds: 0 },
  losses: new Float32Array(mostSteps),
  learningRates: new Float32Array(mostSteps),
});

const isFull = ({ count }: Gathered): boolean => count === mostSteps;

/** Takes steps of an event from one of them on. @returns how many: those that there is room for. */
function gather(steps: Gathered, event: StepsCompleted | Float32Steps, from: number): number {
  const { count } = steps;
  const taken = Math.min(event.losses.length - from, mostSteps - count);
  // Of a few steps, `set` takes longer.
  for (let i = 0; i < taken; i++) {
    steps.losses[count + i] = event.losses[from + i] ?? NaN;
    steps.learningRates[count + i] = event.learningRates[from + i] ?? NaN;
  }
  steps.count += taken;
  steps.seconds += taken / event.stepsPerSecond;
  return taken;
}

function lineOf({ run, firstStep, count, losses, learningRates, seconds }: Gathered): string {
  const line = encodeEvent({
    type: 'packedSteps',
    ...{ run, firstStep },
    losses: base64Of(losses, count),
    learningRates: base64Of(learningRates, count),
    stepsPerSecond: seconds > 0 ? count / seconds : 0,
  });
  return `${line}\n`;
}

/** The first of them: float32, little-endian. */
const base64Of = (figures: Float32Array<ArrayBuffer>, count: number): string =>
  Buffer.from(figures.buffer, 0, count * figures.BYTES_PER_ELEMENT).toString('base64');
