import type { TrainingSettings } from '../protocol.ts';

/** Listens for a process that should speak now and then. */
export interface SilenceWatch {
  readonly heard: () => void;
  readonly end: () => void;
}

/** So many images are tested before the next sign of life. */
const testBatch = 1000;

/** What is so many times as long as the longest silence before it is suspicious. */
const suspicious = 10;

/**
 * Calls `onSilence` once where nothing is heard for longer than can be: for `patience` seconds, or
 * many times the longest silence so far where that is more. Counts the seconds in which this process
 * runs too, so that a computer may sleep and its clock may be set.
 */
export function watchForSilence(
  patience: number,
  onSilence: (seconds: number) => void,
): SilenceWatch {
  let silent = 0;
  let limit = patience;
  const ticks = setInterval(() => {
    silent++;
    if (silent < limit) return;
    clearInterval(ticks);
    onSilence(silent);
  }, 1000);
  return {
    heard() {
      limit = Math.max(limit, suspicious * silent);
      silent = 0;
    },
    end: () => {
      clearInterval(ticks);
    },
  };
}

/**
 * Seconds that a worker may well be silent: it loads the data and makes its kernels ready, and between
 * two messages it may take a step, or test the network on some images. A step of WebAssembly takes 3 ms an
 * image on a usual computer, so maybe ten times that on a busy one.
 *
 * @param inLockstep how many runs may do that together.
 */
export function patienceWith({ batchSize }: TrainingSettings, inLockstep: number): number {
  return 120 + 0.03 * (inLockstep * batchSize + testBatch);
}
