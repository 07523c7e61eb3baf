import { figure } from './figures.ts';
import type { Trap } from './trap.ts';

interface Cycle {
  readonly transitionSteps: number;
  readonly peakValue: number;
  readonly pctStart: number;
  /** Of the linear one only: the cosine one has no phase after its fall. */
  readonly pctFinal?: number;
  readonly divFactor: number;
  readonly finalDivFactor: number;
}

/**
 * The phases of a cycle are kept in a dict by the whole step at which each ends: of two that end at
 * the same step the last one counts, and they are taken in the order of their steps.
 */
export function collidingPhases(cycle: Cycle): Trap | undefined {
  const { pctStart, pctFinal = 1, transitionSteps } = cycle;
  for (const [parameter, fraction] of Object.entries({
    pct_start: pctStart,
    pct_final: pctFinal,
  })) {
    if (fraction > 1) return percentage(parameter, fraction);
  }
  const parameters = ['pct_start', 'pct_final', 'transition_steps'];
  const message = collision(cycle, Math.trunc(pctStart * transitionSteps));
  return message === undefined ? undefined : { code: 'one-cycle-phases', parameters, message };
}

function percentage(parameter: string, fraction: number): Trap {
  const meant = fraction >= 2 && fraction <= 100 ? figure(fraction / 100) : undefined;
  return {
    code: 'one-cycle-phases',
    parameters: [parameter],
    message: `${parameter} is a fraction of the cycle: ${figure(fraction)} lies beyond its end. Write ${meant ?? 'a number below 1'}.`,
    fix: meant === undefined ? undefined : { parameter, text: meant },
  };
}

/** What goes wrong, if anything does; `rise` is the step at which the rise ends. */
function collision(cycle: Cycle, rise: number): string | undefined {
  const { transitionSteps, peakValue, pctStart, pctFinal, divFactor, finalDivFactor } = cycle;
  const peak = figure(peakValue);
  if (rise < 0)
    return `The rise ends before step 0, so the rate begins in the middle of its fall. Give a pct_start from 0 to 1.`;
  if (rise === transitionSteps)
    return `The rise ends with the cycle at step ${rise}, and only the cycle's end counts: the rate never reaches the peak ${peak}. Give a pct_start below 1.`;
  const fall = pctFinal === undefined ? undefined : Math.trunc(pctFinal * transitionSteps);
  if (fall !== undefined) {
    if (rise === fall)
      return `Rise and fall both end at step ${rise}, and only the fall counts: the rate never reaches the peak ${peak}. ${apart(cycle)}`;
    if (fall < rise)
      return `The fall ends at step ${fall}, before the rise does at step ${rise}: the rate never exceeds ${figure(peakValue / divFactor)} and never reaches the peak ${peak}. Give a pct_final above pct_start.`;
    if (fall === transitionSteps)
      return `The fall ends with the cycle at step ${fall}, and only the cycle's end counts: the last rate is ${figure(peakValue / finalDivFactor)} instead of ${figure(peakValue / divFactor / finalDivFactor)}. Give a pct_final below 1.`;
  }
  // A pct_start of 0 says that there is to be no rise.
  if (rise === 0 && pctStart > 0)
    return `int(${figure(pctStart)} * ${figure(transitionSteps)}) is 0, so there is no rise: the rate begins at the peak ${peak}. Give more transition_steps or a greater pct_start.`;
  return undefined;
}

function apart({ pctStart, pctFinal }: Cycle): string {
  return pctFinal !== undefined && pctStart < pctFinal
    ? 'Give more transition_steps.'
    : 'Give a pct_final above pct_start.';
}
