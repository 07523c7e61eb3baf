import type { CompareRun } from '../../webview/messages.ts';

/**
 * The same runs with the steps of all of them in one buffer: VS Code counts the buffers of a message in
 * a byte, and a message with more than 250 is lost.
 */
export function withOneBuffer(runs: readonly CompareRun[]): readonly CompareRun[] {
  const total = runs.reduce(
    (sum, { steps }) => sum + 2 * steps.losses.length + steps.clock.length,
    0,
  );
  const all = new Float32Array(total);
  let used = 0;
  const moved = (floats: Float32Array): Float32Array => {
    all.set(floats, used);
    used += floats.length;
    return all.subarray(used - floats.length, used);
  };
  return runs.map(({ steps, ...run }) => ({
    ...run,
    steps: {
      firstStep: steps.firstStep,
      losses: moved(steps.losses),
      learningRates: moved(steps.learningRates),
      clock: moved(steps.clock),
    },
  }));
}
