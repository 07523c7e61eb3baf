import { add, constantPower, cosine, divide, multiply } from './float32.ts';
import { consecutivePhases, direction } from './phases.ts';
import { defineScheduleFunction } from './scheduleFunction.ts';

export const cosineDecaySchedule = defineScheduleFunction({
  name: 'cosine_decay_schedule',
  summary:
    'From init_value down half a period of a cosine to alpha * init_value, and held there (it does not restart).',
  parameters: [
    { name: 'init_value', kind: 'number', role: 'peak rate', summary: 'The rate at step 0.' },
    {
      name: 'decay_steps',
      kind: 'steps',
      role: 'decay steps',
      summary: 'How many steps the decay takes.',
    },
    {
      name: 'alpha',
      kind: 'number',
      role: 'end fraction',
      summary: 'The rate at the end as a fraction of init_value, not a rate itself.',
      default: 0,
    },
    {
      name: 'exponent',
      kind: 'number',
      role: 'exponent',
      summary: 'The power that the cosine is raised to: above 1 decays earlier, below 1 later.',
      default: 1,
      since: '0.1.5',
    },
  ],
  rules: [
    {
      parameter: 'decay_steps',
      holds: ({ decaySteps }) => decaySteps > 0,
      requirement: 'be greater than 0',
      raises: 'ValueError',
      instead: 'give the number of steps that the decay takes',
    },
  ],
  build: ({ initValue, decaySteps, alpha, exponent }) => {
    return (step) => {
      const angle = divide(multiply(Math.PI, Math.min(step, decaySteps)), decaySteps);
      const decay = constantPower(multiply(0.5, add(1, cosine(angle))), exponent);
      return multiply(initValue, add(multiply(1 - alpha, decay), alpha));
    };
  },
  phases: ({ initValue, decaySteps, alpha }) =>
    consecutivePhases([
      [direction(initValue, initValue * alpha), 0],
      ['hold', decaySteps],
    ]),
});
