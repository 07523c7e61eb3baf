import { constantSchedule } from './constant.ts';
import { divide, multiply, power, stepsSince } from './float32.ts';
import { consecutivePhases, direction } from './phases.ts';
import { defineScheduleFunction } from './scheduleFunction.ts';

export const exponentialDecay = defineScheduleFunction({
  name: 'exponential_decay',
  summary:
    'The rate is multiplied by decay_rate once every transition_steps, smoothly or in stairs, and never comes to rest by itself.',
  parameters: [
    {
      name: 'init_value',
      kind: 'number',
      role: 'peak rate',
      summary: 'The rate until the decay begins.',
    },
    {
      name: 'transition_steps',
      kind: 'steps',
      role: 'decay period',
      summary:
        'In how many steps the rate is multiplied by decay_rate once; with 0 or fewer it stays at init_value.',
    },
    {
      name: 'decay_rate',
      kind: 'number',
      role: 'decay factor',
      summary:
        'The factor per transition_steps: below 1 decays, above 1 grows; 0 leaves the rate at init_value.',
    },
    {
      name: 'transition_begin',
      kind: 'steps',
      role: 'delay steps',
      summary: 'How many steps the rate is held at init_value first; less than 0 counts as 0.',
      default: 0,
    },
    {
      name: 'staircase',
      kind: 'boolean',
      role: 'switch',
      summary: 'Whether the rate changes only at whole multiples of transition_steps.',
      default: false,
    },
    {
      name: 'end_value',
      kind: 'number',
      role: 'end rate',
      summary:
        'The bound at which the rate stops, from step 0 on: a lower one if decay_rate is below 1, else an upper one.',
      default: null,
    },
  ],
  build: ({ initValue, transitionSteps, decayRate, transitionBegin, staircase, endValue }) => {
    if (transitionSteps <= 0 || decayRate === 0)
      return constantSchedule.build({ value: initValue });
    const begin = Math.max(0, transitionBegin);
    const bound = decayRate < 1 ? Math.max : Math.min;
    return (step) => {
      const count = stepsSince(step, begin);
      const periods = divide(count, transitionSteps);
      const factor = power(decayRate, staircase ? Math.floor(periods) : periods);
      const rate = count <= 0 ? Math.fround(initValue) : multiply(initValue, factor);
      return endValue === null ? rate : bound(rate, Math.fround(endValue));
    };
  },
  phases: ({ initValue, transitionSteps, decayRate, transitionBegin, staircase, endValue }) => {
    if (transitionSteps <= 0 || decayRate === 0) return consecutivePhases([['hold', 0]]);
    const begin = Math.max(0, transitionBegin);
    const change = direction(1, decayRate);
    // The periods until init_value * decay_rate ** periods meets end_value, if it ever does.
    const periods = Math.log((endValue ?? NaN) / initValue) / Math.log(decayRate);
    const end = begin + transitionSteps * Math.max(0, staircase ? Math.ceil(periods) : periods);
    return Number.isFinite(end)
      ? consecutivePhases([
          ['hold', 0],
          [change, begin],
          ['hold', end],
        ])
      : consecutivePhases([
          ['hold', 0],
          [change, begin],
        ]).map((phase) => (phase.to === null ? { ...phase, period: transitionSteps } : phase));
  },
});
