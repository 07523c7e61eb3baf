import { beyondEndValue } from './exponentialDecays.ts';
import { counted, figure } from './figures.ts';
import type { Trap } from './trap.ts';

interface Warmup {
  readonly initValue: number;
  readonly peakValue: number;
  readonly warmupSteps: number;
}

export function emptyWarmup({ initValue, peakValue, warmupSteps }: Warmup): Trap | undefined {
  if (warmupSteps > 0 || initValue === peakValue) return undefined;
  return {
    code: 'empty-warmup',
    parameters: ['warmup_steps'],
    message: `With warmup_steps of ${figure(warmupSteps)} the rate stays at init_value ${figure(initValue)} for ever and never reaches peak_value ${figure(peakValue)}. Give at least 1 step, or use constant_schedule.`,
  };
}

export function negativeWarmup({ warmupSteps }: Warmup): Trap | undefined {
  if (!(warmupSteps < 0)) return undefined;
  return {
    code: 'negative-warmup',
    parameters: ['warmup_steps'],
    message: `With warmup_steps of ${figure(warmupSteps)} there is no warm-up, and at step 0 the decay is ${counted(-warmupSteps, 'step')} old. Give 0 or more.`,
  };
}

interface WarmupAndCosine extends Warmup {
  readonly endValue: number;
}

export function ignoredEndValue({ peakValue, endValue }: WarmupAndCosine): Trap | undefined {
  if (peakValue !== 0 || endValue === 0) return undefined;
  return {
    code: 'ignored-end-value',
    parameters: ['end_value', 'peak_value'],
    message: `With a peak_value of 0 Optax ignores end_value: the rate is 0 from the end of the warm-up on, not ${figure(endValue)}. Give a peak_value above 0.`,
  };
}

export function endValueAbovePeak({ peakValue, endValue }: WarmupAndCosine): Trap | undefined {
  if (!(peakValue > 0 && endValue > peakValue)) return undefined;
  return {
    code: 'end-value-above-peak',
    parameters: ['end_value'],
    message: `end_value is a rate, not a fraction: the "decay" rises from peak_value ${figure(peakValue)} to ${figure(endValue)}. Give an end_value below peak_value.`,
  };
}

interface WarmupAndExponential extends Warmup {
  readonly transitionSteps: number;
  readonly decayRate: number;
  readonly staircase: boolean;
  readonly endValue: number | null;
}

export function endValueJump(schedule: WarmupAndExponential): Trap | undefined {
  const { peakValue, endValue, warmupSteps } = schedule;
  const side = beyondEndValue(peakValue, schedule);
  if (side === undefined || endValue === null) return undefined;
  return {
    code: 'end-value-jump',
    parameters: ['end_value'],
    message: `end_value bounds the decay and not the warm-up: at step ${figure(warmupSteps)} the rate jumps from peak_value ${figure(peakValue)} to ${figure(endValue)} and stays there. Give an end_value ${side} peak_value.`,
  };
}
