import { counted, figure } from './figures.ts';
import type { Trap } from './trap.ts';

interface Transition {
  readonly initValue: number;
  readonly endValue: number;
  readonly transitionSteps: number;
  readonly transitionBegin: number;
}

export function emptyTransition({
  initValue,
  endValue,
  transitionSteps,
}: Transition): Trap | undefined {
  if (transitionSteps > 0 || initValue === endValue) return undefined;
  return {
    code: 'empty-transition',
    parameters: ['transition_steps'],
    message: `With transition_steps of ${figure(transitionSteps)} the rate stays at init_value ${figure(initValue)} for ever and never becomes ${figure(endValue)}. Give at least 1 step.`,
  };
}

export function polynomialPower({
  initValue,
  endValue,
  transitionSteps,
  transitionBegin,
  power,
}: Transition & { readonly power: number }): Trap | undefined {
  if (!(power <= 0) || transitionSteps <= 0 || initValue === endValue) return undefined;
  const end = Math.max(0, transitionBegin) + transitionSteps;
  const what =
    power === 0
      ? `stays at init_value ${figure(initValue)} for ever`
      : `grows to infinity within ${counted(end, 'step')}`;
  return {
    code: 'exponent-not-positive',
    parameters: ['power'],
    message: `With a power of ${figure(power)} the rate ${what}. Give a number above 0; 1 is a straight line.`,
  };
}
