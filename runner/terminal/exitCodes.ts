import type { ComparisonOutcome } from '../comparison/session.ts';

/** The exit codes of `anneal`. */
export const exitCodes = { done: 0, failed: 1, wrongUsage: 2, stopped: 130 } as const;

/** Of `anneal compare`. */
export const exitCodeOf: Readonly<Record<ComparisonOutcome, number>> = {
  completed: exitCodes.done,
  failed: exitCodes.failed,
  stopped: exitCodes.stopped,
};
