import { growingFloats, type GrowingFloats } from './growingFloats.ts';
import type { RunSteps } from './messages.ts';
import { stepClock } from './stepClock.ts';

/** The steps of a run as they came so far. It grows in place: a copy of all of them each time is too slow. */
export interface RunSeries {
  readonly losses: GrowingFloats;
  readonly learningRates: GrowingFloats;
  /** Of training, until the end of each step; worked out when they are asked for. */
  readonly seconds: GrowingFloats;
  /** How often steps became void: what was made of the first ones holds as long as it is the same. */
  readonly cuts: number;
  /** Steps that do not follow those before them are passed over. */
  add(steps: RunSteps): void;
}

/** @param totalSteps how many it will have in the end. */
export function runSeries(totalSteps: number): RunSeries {
  const losses = growingFloats(totalSteps);
  const learningRates = growingFloats(totalSteps);
  const seconds = growingFloats();
  const clock = stepClock();
  let cuts = 0;
  return {
    losses,
    learningRates,
    get seconds() {
      clock.fill(seconds, losses.length);
      return seconds;
    },
    get cuts() {
      return cuts;
    },
    add(steps) {
      if (steps.firstStep > losses.length) return;
      if (steps.firstStep < losses.length) cuts++;
      for (const part of [losses, learningRates, seconds, clock]) part.cut(steps.firstStep);
      losses.add(steps.losses);
      learningRates.add(steps.learningRates);
      clock.add(steps.clock);
    },
  };
}
