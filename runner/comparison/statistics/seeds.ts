import { studentQuantile, studentTails } from './studentT.ts';

/** What repeated runs say of a figure. */
export interface Estimate {
  readonly mean: number;
  /** The 95 % interval of the mean is `mean - margin` to `mean + margin`; a single run has none. */
  readonly margin: number | undefined;
}

/** Mean and its 95 % interval by Student's t, from at least one value. */
export function estimate(values: readonly number[]): Estimate {
  const { mean, variance } = moments(values);
  const count = values.length;
  if (count < 2) return { mean, margin: undefined };
  return { mean, margin: studentQuantile(0.05, count - 1) * Math.sqrt(variance / count) };
}

/**
 * The paired t-test: the two-sided p-value of at least two differences having the mean 0.
 *
 * Two runs of one seed begin with the same weights and see the same batches, so they are compared
 * seed by seed. Wilcoxon's signed-rank test would need no normal distribution, but with five seeds
 * its p-value cannot be below 2 / 2^5 = 0.0625: it would never find anything.
 * Source: Student, Biometrika 6 (1908); tests over seeds are compared in Colas et al., "A
 * Hitchhiker's Guide to Statistical Comparisons of Reinforcement Learning Algorithms", 2019.
 *
 * @param leastVariance what the differences vary by at least, where all happen to be equal, say.
 */
export function pairedTTest(differences: readonly number[], leastVariance = 0): number {
  const { mean, variance } = moments(differences);
  if (mean === 0) return 1;
  const count = differences.length;
  const t = mean / Math.sqrt(Math.max(variance, leastVariance) / count);
  return studentTails(t, count - 1);
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const mean = sum(values) / values.length;
  const variance = sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
  return { mean, variance };
}
