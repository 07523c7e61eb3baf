import { atNextFrame } from '../../shared/frames.ts';
import type { Theme } from '../../shared/theme.ts';
import type { Act } from '../page.ts';
import type { Projection } from '../projection.ts';
import { chartNames } from '../view.ts';
import { chartPlot, type ChartPlot } from './chartPlot.ts';

/** The charts, which share their axis and their crosshair. */
export interface Charts {
  readonly plots: readonly ChartPlot[];
  /** Draws what has changed: all at once, or as much as a frame has time for and the rest later. */
  draw(projection: Projection, theme: Theme, how: 'at once' | 'in time'): void;
}

/** Milliseconds of a frame that charts may take: at 30 frames a second there are 33 for everything. */
const frameBudget = 10;

/**
 * @param drawn is told when all of them show the newest projection.
 */
export function createCharts(
  latest: () => Projection | undefined,
  act: Act,
  resized: () => void,
  drawn: (projection: Projection) => void,
): Charts {
  const plots = chartNames.map((name) => chartPlot(name, latest, act, resized));
  let waiting: readonly ChartPlot[] = [];
  let now: { readonly projection: Projection; readonly theme: Theme } | undefined;

  const work = (until: number): void => {
    if (!now) return;
    const { projection, theme } = now;
    while (waiting[0] && performance.now() < until) {
      const [plot, ...others] = waiting;
      waiting = others;
      if (!plot.element.isConnected) continue;
      plot.draw(projection, theme);
      plot.overlay(projection);
    }
    if (waiting.length === 0) drawn(projection);
    else workSoon();
  };
  const workSoon = atNextFrame(() => {
    work(performance.now() + frameBudget);
  });

  return {
    plots,
    draw(projection, theme, how) {
      const before = now;
      now = { projection, theme };
      if (before?.theme === theme && hasSameCharts(before.projection, projection)) {
        for (const plot of plots) plot.overlay(projection);
        if (waiting.length === 0) drawn(projection);
        return;
      }
      // Those that were left over come first, so that none waits forever.
      waiting = [...waiting, ...plots.filter((plot) => !waiting.includes(plot))];
      // Before the first picture there is none that would wait for it.
      work(how === 'at once' || !before ? Infinity : performance.now() + frameBudget);
    },
  };
}

function hasSameCharts(a: Projection, b: Projection): boolean {
  return (
    a.pageRuns === b.pageRuns &&
    a.view === b.view &&
    a.pointed === b.pointed &&
    a.comparison.status === b.comparison.status &&
    a.comparison.results?.printed === b.comparison.results?.printed
  );
}
