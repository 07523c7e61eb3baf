import type { PrintedRun } from '../../../runner/protocol.ts';
import { growingFloats, type GrowingFloats } from '../growingFloats.ts';
import type { Projection, ShownRun } from '../projection.ts';
import type { RunSeries } from '../runSeries.ts';
import type { ChartName } from '../view.ts';
import type { Line } from './columns.ts';

type Along = Pick<Projection, 'view' | 'stepsPerEpoch'>;

/** Where on the axis the end of a step lies: on an axis of epochs, behind the step. */
export function offsetOf({ view }: Along): number {
  return view.across === 'epoch' ? 1 : 0;
}

export const isPerStep: Readonly<Record<ChartName, boolean>> = {
  accuracy: false,
  loss: true,
  epochLoss: false,
  learningRate: true,
};

/** What a chart shows of a run. */
export function lineOf(chart: ChartName, run: ShownRun, along: Along): Line {
  switch (chart) {
    case 'loss':
      return stepLine(run.series, run.series.losses, along);
    case 'learningRate':
      return stepLine(run.series, run.series.learningRates, along);
    case 'accuracy':
      return epochLine(
        run,
        run.epochs.map(({ accuracy }) => accuracy),
        along,
      );
    case 'epochLoss':
      return epochLine(
        run,
        run.epochs.map(({ loss }) => loss),
        along,
      );
  }
}

/** The tutorial's figures for a run, where its own run has come to. */
export function printedLine(
  chart: ChartName,
  run: ShownRun,
  printed: PrintedRun,
  along: Along,
): Line | null {
  if (chart === 'accuracy') return epochLine(run, printed.accuracies, along);
  return chart === 'epochLoss' ? epochLine(run, printed.losses, along) : null;
}

/** The losses of a run's steps, smoothed. */
export function smoothedLine(run: ShownRun, along: Along): Line {
  return stepLine(run.series, smoothed(run.series, along.view.smoothing), along);
}

function stepLine(series: RunSeries, ys: GrowingFloats, along: Along): Line {
  return along.view.across === 'time'
    ? { xs: series.seconds.view(), offset: 0, ys: ys.view() }
    : { xs: null, offset: offsetOf(along), ys: ys.view() };
}

/** Figures of the ends of epochs: at the last step of each. */
function epochLine(run: ShownRun, ys: readonly number[], along: Along): Line {
  const { stepsPerEpoch, view } = along;
  const ends = ys.map((_, i) => (run.epochs[i]?.epoch ?? i + 1) * stepsPerEpoch - 1);
  if (view.across !== 'time') return { xs: ends, offset: offsetOf(along), ys };
  let trained = 0;
  const seconds = ends.map((step, i) => {
    trained += run.epochs[i]?.seconds ?? NaN;
    return run.series.seconds.at(step) ?? trained;
  });
  return { xs: seconds, offset: 0, ys };
}

interface Smoothing {
  readonly weight: number;
  readonly cuts: number;
  readonly figures: GrowingFloats;
  /** The mean so far, and the weights that it has. */
  mean: number;
  weights: number;
}

const smoothings = new WeakMap<RunSeries, Smoothing>();

/**
 * A mean over the steps so far in which each step before counts `weight` times less, without the
 * bias of its beginning (as Adam corrects it: Kingma & Ba, 2015). Steps without a loss stay gaps.
 */
function smoothed(series: RunSeries, weight: number): GrowingFloats {
  let made = smoothings.get(series);
  if (made?.weight !== weight || made.cuts !== series.cuts) {
    made = { weight, cuts: series.cuts, figures: growingFloats(), mean: 0, weights: 0 };
    smoothings.set(series, made);
  }
  const losses = series.losses.view();
  const { figures } = made;
  const next = new Float32Array(losses.length - figures.length);
  for (let i = figures.length; i < losses.length; i++) {
    const loss = losses[i] ?? NaN;
    if (Number.isFinite(loss)) {
      made.mean = weight * made.mean + (1 - weight) * loss;
      made.weights = weight * made.weights + (1 - weight);
    }
    next[i - figures.length] = Number.isFinite(loss) ? made.mean / made.weights : NaN;
  }
  figures.add(next);
  return figures;
}
