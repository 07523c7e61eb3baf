import { cosineDecaySchedule } from './cosine.ts';
import { exponentialDecay } from './exponential.ts';
import { join, joinPhases } from './join.ts';
import { consecutivePhases } from './phases.ts';
import { linearSchedule } from './polynomial.ts';
import { defineScheduleFunction } from './scheduleFunction.ts';

const initValue = {
  name: 'init_value',
  kind: 'number',
  role: 'initial rate',
  summary: 'The rate at step 0, before the warm-up.',
} as const;

const peakValue = {
  name: 'peak_value',
  kind: 'number',
  role: 'peak rate',
  summary: 'The rate at the end of the warm-up.',
} as const;

const warmupSteps = {
  name: 'warmup_steps',
  kind: 'steps',
  role: 'warm-up steps',
  summary: 'How many steps the warm-up takes.',
} as const;

export const warmupConstantSchedule = defineScheduleFunction({
  name: 'warmup_constant_schedule',
  summary: 'A straight line up to the peak rate, which is then held.',
  since: '0.2.3',
  parameters: [
    initValue,
    peakValue,
    {
      ...warmupSteps,
      summary: 'How many steps the warm-up takes; with 0 or fewer the rate stays at init_value.',
    },
  ],
  build: ({ initValue, peakValue, warmupSteps }) =>
    linearSchedule.build({
      initValue,
      endValue: peakValue,
      transitionSteps: warmupSteps,
      transitionBegin: 0,
    }),
  phases: ({ warmupSteps }) =>
    consecutivePhases([
      ['warm-up', 0],
      ['hold', warmupSteps],
    ]),
});

interface CosineAfterWarmup {
  readonly peakValue: number;
  readonly warmupSteps: number;
  readonly decaySteps: number;
  readonly endValue: number;
  readonly exponent: number;
}

const cosineAfterWarmup = (args: CosineAfterWarmup) => ({
  initValue: args.peakValue,
  decaySteps: args.decaySteps - args.warmupSteps,
  alpha: args.peakValue === 0 ? 0 : args.endValue / args.peakValue,
  exponent: args.exponent,
});

export const warmupCosineDecaySchedule = defineScheduleFunction({
  name: 'warmup_cosine_decay_schedule',
  summary: 'A straight line up to the peak rate, then half a period of a cosine down.',
  parameters: [
    initValue,
    peakValue,
    warmupSteps,
    {
      name: 'decay_steps',
      kind: 'steps',
      role: 'total steps',
      summary: 'How many steps warm-up and decay take together.',
    },
    {
      name: 'end_value',
      kind: 'number',
      role: 'end rate',
      summary: 'The rate at the end of the decay and after it; ignored if peak_value is 0.',
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
      holds: ({ decaySteps, warmupSteps }) => decaySteps - warmupSteps > 0,
      requirement: 'be greater than warmup_steps',
      raises: 'ValueError',
      instead: 'give the length of the whole schedule, warm-up included',
    },
  ],
  build: (args) =>
    join(
      [warmupConstantSchedule.build(args), cosineDecaySchedule.build(cosineAfterWarmup(args))],
      [args.warmupSteps],
    ),
  phases: (args) =>
    joinPhases(
      [warmupConstantSchedule.phases(args), cosineDecaySchedule.phases(cosineAfterWarmup(args))],
      [args.warmupSteps],
    ),
});

export const warmupExponentialDecaySchedule = defineScheduleFunction({
  name: 'warmup_exponential_decay_schedule',
  summary: 'A straight line up to the peak rate, then an exponential decay.',
  parameters: [
    initValue,
    peakValue,
    warmupSteps,
    {
      name: 'transition_steps',
      kind: 'steps',
      role: 'decay period',
      summary:
        'In how many steps the rate is multiplied by decay_rate once; with 0 or fewer it stays at peak_value.',
    },
    {
      name: 'decay_rate',
      kind: 'number',
      role: 'decay factor',
      summary:
        'The factor per transition_steps: below 1 decays, above 1 grows; 0 leaves the rate at peak_value.',
    },
    {
      name: 'transition_begin',
      kind: 'steps',
      role: 'delay steps',
      summary: 'How many steps after the warm-up the rate is held at peak_value first.',
      default: 0,
    },
    {
      name: 'staircase',
      kind: 'boolean',
      role: 'switch',
      summary: 'Whether the rate decays only at whole multiples of transition_steps.',
      default: false,
    },
    {
      name: 'end_value',
      kind: 'number',
      role: 'end rate',
      summary:
        'The bound at which the decay stops: a lower one if decay_rate is below 1, else an upper one. It does not bound the warm-up.',
      default: null,
    },
  ],
  build: (args) =>
    join(
      [
        warmupConstantSchedule.build(args),
        exponentialDecay.build({ ...args, initValue: args.peakValue }),
      ],
      [args.warmupSteps],
    ),
  phases: (args) =>
    joinPhases(
      [
        warmupConstantSchedule.phases(args),
        exponentialDecay.phases({ ...args, initValue: args.peakValue }),
      ],
      [args.warmupSteps],
    ),
});
