import { constantSchedule } from './constant.ts';
import { add, constantPower, divide, multiply, stepsSince, subtract } from './float32.ts';
import { consecutivePhases, direction } from './phases.ts';
import { defineScheduleFunction } from './scheduleFunction.ts';

const initValue = {
  name: 'init_value',
  kind: 'number',
  role: 'peak rate',
  summary: 'The rate until the transition begins.',
} as const;

const endValue = {
  name: 'end_value',
  kind: 'number',
  role: 'end rate',
  summary: 'The rate from the end of the transition on.',
} as const;

const transitionSteps = {
  name: 'transition_steps',
  kind: 'steps',
  role: 'decay steps',
  summary: 'How many steps the transition takes; with 0 or fewer the rate stays at init_value.',
} as const;

const transitionBegin = {
  name: 'transition_begin',
  kind: 'steps',
  role: 'delay steps',
  summary: 'How many steps the rate is held at init_value first; less than 0 counts as 0.',
  default: 0,
} as const;

export const polynomialSchedule = defineScheduleFunction({
  name: 'polynomial_schedule',
  summary:
    'From one rate to another along a polynomial: the distance to the end rate is the remaining fraction of the transition, raised to a power.',
  parameters: [
    initValue,
    endValue,
    {
      name: 'power',
      kind: 'number',
      role: 'exponent',
      summary:
        'The exponent: 1 is a straight line, above 1 changes early, below 1 changes late; 0 never changes.',
    },
    transitionSteps,
    transitionBegin,
  ],
  build: ({ initValue, endValue, power, transitionSteps, transitionBegin }) => {
    if (transitionSteps <= 0) return constantSchedule.build({ value: initValue });
    const begin = Math.max(0, transitionBegin);
    return (step) => {
      const count = Math.min(Math.max(0, stepsSince(step, begin)), transitionSteps);
      const remaining = subtract(1, divide(count, transitionSteps));
      return add(multiply(initValue - endValue, constantPower(remaining, power)), endValue);
    };
  },
  phases: ({ initValue, endValue, transitionSteps, transitionBegin }) => {
    if (transitionSteps <= 0) return consecutivePhases([['hold', 0]]);
    const begin = Math.max(0, transitionBegin);
    return consecutivePhases([
      ['hold', 0],
      [direction(initValue, endValue), begin],
      ['hold', begin + transitionSteps],
    ]);
  },
});

export const linearSchedule = defineScheduleFunction({
  name: 'linear_schedule',
  summary: 'From one rate to another in a straight line, up or down, and held there.',
  parameters: [initValue, endValue, transitionSteps, transitionBegin],
  build: (args) => polynomialSchedule.build({ ...args, power: 1 }),
  phases: (args) => polynomialSchedule.phases({ ...args, power: 1 }),
});
