import type { FromPreview, PreviewRates, PreviewSamples } from '../messages.ts';
import { hasEveryStep } from './curves.ts';
import type { Answered } from './page.ts';
import { readRate, visible, type Projection } from './projection.ts';
import { lengthOf } from '../shared/plot/stretch.ts';
import { tableSteps } from './table.ts';

/** What the page asks the extension of the schedules, and which answers still count. */
export interface Questions {
  /** Asks for what a picture lacks: finer samples of a stretch, exact rates of some steps. */
  ask(projection: Projection, columns: number): void;
  isAnswer(message: PreviewSamples): boolean;
  /** Undefined where something else was asked since. */
  answered(message: PreviewRates): Answered | undefined;
}

export function questions(send: (message: FromPreview) => void): Questions {
  let count = 0;
  let samples = { key: '', request: 0 };
  let rates = { key: '', request: 0, revision: 0, steps: [] as readonly number[] };
  return {
    ask(projection, columns) {
      const { revision } = projection.state;
      const stretch = stretchToSample(projection, columns);
      const samplesKey = JSON.stringify([revision, stretch]);
      if (stretch && samplesKey !== samples.key) {
        samples = { key: samplesKey, request: ++count };
        send({ type: 'sample', request: count, ...stretch });
      }
      const steps = stepsToRead(projection);
      const ratesKey = JSON.stringify([revision, steps]);
      if (steps.length > 0 && ratesKey !== rates.key) {
        rates = { key: ratesKey, request: ++count, revision, steps };
        send({ type: 'evaluate', request: count, steps });
      }
    },
    isAnswer: ({ request }) => request === samples.request,
    answered: (message) =>
      message.request === rates.request ? { ...rates, rates: message.rates } : undefined,
  };
}

type Stretch = Omit<Extract<FromPreview, { type: 'sample' }>, 'type' | 'request'>;

/** The stretch in view with as much again around it, so that it can be moved; of coarse curves. */
function stretchToSample(projection: Projection, columns: number): Stretch | null {
  const { stretch, allSteps, view } = projection;
  if (view.stretch === null) return null;
  const margin = lengthOf(stretch) / 2;
  const from = Math.max(allSteps[0], Math.floor(stretch[0] - margin));
  const to = Math.min(allSteps[1], Math.ceil(stretch[1] + margin));
  const coarse = visible(projection).filter(
    ({ shownCurve }) => !hasEveryStep(shownCurve, from, to),
  );
  if (coarse.length === 0) return null;
  return { schedules: coarse.map(({ name }) => name), from, to, columns: 2 * columns };
}

/** The steps that are read, where not all rates of them are known exactly. */
function stepsToRead(projection: Projection): readonly number[] {
  const { view, crosshair } = projection;
  const read = view.shows === 'table' ? tableSteps(projection) : [crosshair ?? []].flat();
  const isKnown = visible(projection).every((schedule) =>
    read.every((step) => readRate(projection, schedule, step)?.isExact),
  );
  return isKnown ? [] : read;
}
