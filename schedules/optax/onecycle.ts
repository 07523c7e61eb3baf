import { piecewiseInterpolateSchedule } from './piecewise.ts';
import type { Interpolation } from './optaxFunction.ts';
import type { Phase } from './phases.ts';
import { defineScheduleFunction } from './scheduleFunction.ts';

const transitionSteps = {
  name: 'transition_steps',
  kind: 'steps',
  role: 'total steps',
  summary: 'How many steps the whole cycle takes.',
} as const;

const peakValue = {
  name: 'peak_value',
  kind: 'number',
  role: 'peak rate',
  summary: 'The highest rate.',
} as const;

const pctStart = {
  name: 'pct_start',
  kind: 'number',
  role: 'peak position',
  summary: 'Where the peak lies, as a fraction of transition_steps (cut to a whole step).',
  default: 0.3,
} as const;

const divFactor = {
  name: 'div_factor',
  kind: 'number',
  role: 'initial divisor',
  summary: 'The cycle begins at peak_value / div_factor.',
  default: 25,
} as const;

const finalDivFactor = {
  name: 'final_div_factor',
  kind: 'number',
  role: 'final divisor',
  summary: 'The cycle ends at peak_value / (div_factor * final_div_factor).',
  default: 1e4,
} as const;

const countableSteps = {
  parameter: 'transition_steps',
  holds: (args: { readonly transitionSteps: number }) =>
    args.transitionSteps > 0 && args.transitionSteps < 2 ** 31,
  requirement: 'be greater than 0 and less than 2**31',
  raises: 'ValueError or OverflowError',
  instead: 'give the number of steps that the cycle takes',
} as const;

const finitePeakPosition = {
  parameter: 'pct_start',
  holds: (args: { readonly pctStart: number }) => Number.isFinite(args.pctStart),
  requirement: 'be finite',
  raises: 'ValueError or OverflowError',
  instead: 'give a fraction of the cycle, such as 0.3',
} as const;

const positiveDivisor = {
  parameter: 'div_factor',
  holds: (args: { readonly divFactor: number }) => args.divFactor > 0,
  requirement: 'be greater than 0',
  raises: 'ZeroDivisionError or ValueError',
  instead: 'give 1 to begin at the peak, or a greater number to begin below it',
} as const;

const positiveFinalDivisor = {
  parameter: 'final_div_factor',
  holds: (args: { readonly finalDivFactor: number }) => args.finalDivFactor > 0,
  requirement: 'be greater than 0',
  raises: 'ZeroDivisionError or ValueError',
  instead: 'give 1 to end at the initial rate, or a greater number to end below it',
} as const;

/** The arguments of the interpolation that Optax makes of a cycle; `boundaries` are its dict. */
const interpolation = (
  interpolateType: Interpolation,
  initValue: number,
  boundaries: readonly (readonly [step: number, scale: number])[],
) => ({
  interpolateType,
  initValue,
  boundariesAndScales: boundaries.map(([step, scale]) => ({ step, scale })),
});

/** The phases of that interpolation; what rises in a cycle is its warm-up. */
const cyclePhases = (args: ReturnType<typeof interpolation>): readonly Phase[] =>
  piecewiseInterpolateSchedule
    .phases(args)
    .map((phase) => (phase.name === 'rise' ? { ...phase, name: 'warm-up' } : phase));

interface LinearCycle {
  readonly transitionSteps: number;
  readonly peakValue: number;
  readonly pctStart: number;
  readonly pctFinal: number;
  readonly divFactor: number;
  readonly finalDivFactor: number;
}

const linearInterpolation = (cycle: LinearCycle) =>
  interpolation('linear', cycle.peakValue / cycle.divFactor, [
    [Math.trunc(cycle.pctStart * cycle.transitionSteps), cycle.divFactor],
    [Math.trunc(cycle.pctFinal * cycle.transitionSteps), 1 / cycle.divFactor],
    [cycle.transitionSteps, 1 / cycle.finalDivFactor],
  ]);

export const linearOnecycleSchedule = defineScheduleFunction({
  name: 'linear_onecycle_schedule',
  summary:
    'In three straight lines: up to the peak, down to where it began, and on to a much lower rate.',
  parameters: [
    transitionSteps,
    peakValue,
    pctStart,
    {
      name: 'pct_final',
      kind: 'number',
      role: 'decay end position',
      summary: 'Where the rate is back at its first value, as a fraction of transition_steps.',
      default: 0.85,
    },
    divFactor,
    finalDivFactor,
  ],
  rules: [
    countableSteps,
    finitePeakPosition,
    {
      parameter: 'pct_final',
      holds: ({ pctFinal }) => Number.isFinite(pctFinal),
      requirement: 'be finite',
      raises: 'ValueError or OverflowError',
      instead: 'give a fraction of the cycle, such as 0.85',
    },
    positiveDivisor,
    positiveFinalDivisor,
  ],
  build: (args) => piecewiseInterpolateSchedule.build(linearInterpolation(args)),
  phases: (args) => cyclePhases(linearInterpolation(args)),
});

const cosineInterpolation = (cycle: Omit<LinearCycle, 'pctFinal'>) =>
  interpolation('cosine', cycle.peakValue / cycle.divFactor, [
    [Math.trunc(cycle.pctStart * cycle.transitionSteps), cycle.divFactor],
    [Math.trunc(cycle.transitionSteps), 1 / (cycle.divFactor * cycle.finalDivFactor)],
  ]);

export const cosineOnecycleSchedule = defineScheduleFunction({
  name: 'cosine_onecycle_schedule',
  summary: 'In two half cosines: up to the peak and down to a rate far below the first.',
  parameters: [transitionSteps, peakValue, pctStart, divFactor, finalDivFactor],
  rules: [countableSteps, finitePeakPosition, positiveDivisor, positiveFinalDivisor],
  build: (args) => piecewiseInterpolateSchedule.build(cosineInterpolation(args)),
  phases: (args) => cyclePhases(cosineInterpolation(args)),
});
