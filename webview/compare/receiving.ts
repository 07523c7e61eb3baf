import type { CompareChanges, CompareRun, CompareState, RunEpoch, SentEpoch } from './messages.ts';
import type { Page, PageRun } from './page.ts';
import { runSeries, type RunSeries } from './runSeries.ts';
import type { View } from './view.ts';

/** The page after a state came, which is all that counts from then on. */
export function withState(page: Page | undefined, state: CompareState, view: View): Page {
  const { runs, ...comparison } = state;
  return {
    crosshair: null,
    pointed: null,
    isMenuOpen: false,
    predictions: null,
    images: null,
    refusal: null,
    ...page,
    comparison,
    runs: runs.map((run) => withSteps(run, runSeries(run.totalSteps))),
    view,
  };
}

/** The page after some runs went on. Those that it does not have are passed over. */
export function withChanges(page: Page, { revision, status, runs }: CompareChanges): Page {
  const changed = new Map(runs.map((run) => [run.run, run]));
  return {
    ...page,
    comparison: { ...page.comparison, ...status, revision },
    runs: page.runs.map((run) => {
      const change = changed.get(run.run);
      return change ? withSteps(change, run.series) : run;
    }),
  };
}

function withSteps({ steps, epochs, ...status }: CompareRun, series: RunSeries): PageRun {
  series.add(steps);
  return { ...status, epochs: epochs.map(epochOf), series };
}

const epochOf = ({ epoch, loss, accuracy, learningRate, seconds }: SentEpoch): RunEpoch => ({
  epoch,
  loss: loss ?? NaN,
  accuracy: accuracy ?? NaN,
  learningRate: learningRate ?? NaN,
  seconds: seconds ?? NaN,
});
