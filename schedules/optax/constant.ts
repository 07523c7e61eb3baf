import { consecutivePhases } from './phases.ts';
import { defineScheduleFunction } from './scheduleFunction.ts';

export const constantSchedule = defineScheduleFunction({
  name: 'constant_schedule',
  summary: 'The same rate at every step.',
  parameters: [
    { name: 'value', kind: 'number', role: 'learning rate', summary: 'The rate of every step.' },
  ],
  build: ({ value }) => {
    const rate = Math.fround(value);
    return () => rate;
  },
  phases: () => consecutivePhases([['hold', 0]]),
});
