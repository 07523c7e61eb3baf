import type { TrainingSettings } from '../../protocol.ts';
import { parameterShapes } from '../../training/parameters.ts';
import { side } from './kernels/kernel.ts';

/** Optimizers whose update is one kernel, which can serve the weights of many runs. */
export const fusedOptimizers = ['sgd', 'adam', 'nadam', 'adamw', 'lion'] as const;
export type FusedOptimizer = (typeof fusedOptimizers)[number];

/** As many as keep a large GPU busy. */
const most = 16;

/** The largest stack is that of the first features; all others together are some four times that. */
const largestStack = 512 * 2 ** 20;

/**
 * How many runs with such settings are trained in lockstep, each kernel serving all of them.
 *
 * @param largestTensor bytes, where the device has such a limit.
 */
export function mostInLockstep(
  { optimizer, batchSize }: TrainingSettings,
  largestTensor = largestStack,
): number {
  const isFused = fusedOptimizers.some((name) => name === optimizer.name);
  // The norm that gradients are clipped by is that of one run.
  if (!isFused || optimizer.clipByGlobalNorm !== null) return 1;
  const features = parameterShapes['CONV1/kernel'][3];
  const bytes = 4 * side * side * features * batchSize;
  return Math.max(1, Math.min(most, Math.floor(Math.min(largestTensor, largestStack) / bytes)));
}
