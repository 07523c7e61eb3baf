import { counted, figure } from './figures.ts';
import type { CallContext, Trap } from './trap.ts';

interface ExponentialDecay {
  readonly transitionSteps: number;
  readonly decayRate: number;
  readonly staircase: boolean;
  readonly endValue: number | null;
}

/** The decay factor, and the steps in which it applies. `start` is the argument it begins at. */
export function decayRate(
  start: 'init_value' | 'peak_value',
): (decay: ExponentialDecay, context: Pick<CallContext, 'isEnded'>) => Trap | undefined {
  return ({ transitionSteps, decayRate, staircase, endValue }, { isEnded }) => {
    const period = counted(transitionSteps, 'step');
    const rate = figure(decayRate);
    if (transitionSteps <= 0) {
      return {
        code: 'empty-transition',
        parameters: ['transition_steps'],
        message: `With transition_steps of ${figure(transitionSteps)} the rate stays at ${start} for ever. Give the number of steps in which it is multiplied by decay_rate.`,
      };
    }
    const parameters = ['decay_rate'];
    if (decayRate === 0) {
      const message = `With a decay_rate of 0 Optax does not decay: the rate stays at ${start} for ever. Give a factor between 0 and 1.`;
      return { code: 'zero-decay-rate', parameters, message };
    }
    if (decayRate < 0) {
      // Whole powers of a negative number exist: they change its sign.
      const what =
        staircase || transitionSteps === 1
          ? `the rate changes its sign every ${period}`
          : 'the rate is nan as soon as it decays';
      const message = `With a decay_rate of ${rate} ${what}. Give a factor between 0 and 1.`;
      return { code: 'negative-decay-rate', parameters, message };
    }
    // With an end_value, or a boundary of a join behind it, the growth is bounded, and meant.
    if (decayRate > 1 && endValue === null && !isEnded) {
      const message = `With a decay_rate of ${rate} the rate grows by that factor every ${period}, without limit. Give a factor below 1, or an end_value as the upper bound.`;
      return { code: 'growing-decay', parameters, message };
    }
    return undefined;
  };
}

/** How a rate lies to an end_value that it is replaced by: the bound that it has passed. */
export function beyondEndValue(
  rate: number,
  { transitionSteps, decayRate, endValue }: ExponentialDecay,
): 'below' | 'above' | undefined {
  if (endValue === null || transitionSteps <= 0 || !(decayRate > 0)) return undefined;
  if (decayRate < 1) return rate < endValue ? 'below' : undefined;
  return rate > endValue ? 'above' : undefined;
}

export function endValueFromStart(
  decay: ExponentialDecay & { readonly initValue: number },
): Trap | undefined {
  const { initValue, endValue, decayRate } = decay;
  const side = beyondEndValue(initValue, decay);
  if (side === undefined || endValue === null) return undefined;
  const bound = side === 'below' ? 'lower' : 'upper';
  return {
    code: 'end-value-from-start',
    parameters: ['end_value'],
    message: `With a decay_rate of ${figure(decayRate)} end_value is the ${bound} bound, and init_value ${figure(initValue)} lies ${side} it: the rate is ${figure(endValue)} from step 0 on. Give an end_value ${side} init_value.`,
  };
}
