import type { ComparisonEvent } from '../protocol.ts';

/** The steps of a run, those left out that were void: what it went on from was before them. */
export interface RunSteps {
  readonly losses: number[];
  readonly learningRates: number[];
  /** Seconds that each took. */
  readonly seconds: number[];
}

/** The steps of all runs that events tell of. */
export async function collectSteps(
  events: AsyncIterable<ComparisonEvent>,
): Promise<ReadonlyMap<string, RunSteps>> {
  const runs = new Map<string, RunSteps>();
  for await (const event of events) {
    if (event.type === 'comparisonStarted') {
      for (const { run } of event.runs) {
        runs.set(run, { losses: [], learningRates: [], seconds: [] });
      }
    } else if (event.type === 'runStarted') {
      cut(runs.get(event.run), event.fromStep);
    } else if (event.type === 'stepsCompleted') {
      const { run, firstStep, losses, learningRates, stepsPerSecond } = event;
      const steps = runs.get(run);
      cut(steps, firstStep);
      losses.forEach((loss, i) => {
        steps?.losses.push(loss);
        steps?.learningRates.push(learningRates[i] ?? NaN);
        steps?.seconds.push(1 / stepsPerSecond);
      });
    }
  }
  return runs;
}

function cut(steps: RunSteps | undefined, length: number): void {
  for (const figures of steps ? [steps.losses, steps.learningRates, steps.seconds] : []) {
    figures.length = Math.min(figures.length, length);
  }
}
