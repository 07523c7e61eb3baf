import { join, joinPhases } from './join.ts';
import { defineScheduleFunction } from './scheduleFunction.ts';
import { warmupCosineDecaySchedule } from './warmup.ts';

/** The step after the last one of each cycle but the last, which never ends. */
function restarts(cycles: readonly { readonly decaySteps: number }[]): readonly number[] {
  let step = 0;
  return cycles.slice(0, -1).map(({ decaySteps }) => (step += decaySteps));
}

export const sgdrSchedule = defineScheduleFunction({
  name: 'sgdr_schedule',
  summary:
    'Warm restarts: cycles of warm-up and cosine decay, one after the other; the last one ends in its end rate.',
  parameters: [
    {
      name: 'cosine_kwargs',
      kind: 'cycles',
      cycle: warmupCosineDecaySchedule,
      role: 'cycles',
      summary:
        'The arguments of warmup_cosine_decay_schedule for each cycle; decay_steps is the length of the cycle.',
    },
  ],
  rules: [
    {
      parameter: 'cosine_kwargs',
      holds: ({ cosineKwargs }) => cosineKwargs.length > 0,
      requirement: 'hold at least one cycle',
      raises: 'IndexError',
      instead: 'give the arguments of warmup_cosine_decay_schedule for each cycle',
    },
  ],
  build: ({ cosineKwargs }) =>
    join(
      cosineKwargs.map((cycle) => warmupCosineDecaySchedule.build(cycle)),
      restarts(cosineKwargs),
    ),
  phases: ({ cosineKwargs }) =>
    joinPhases(
      cosineKwargs.map((cycle) => warmupCosineDecaySchedule.phases(cycle)),
      restarts(cosineKwargs),
    ),
});
