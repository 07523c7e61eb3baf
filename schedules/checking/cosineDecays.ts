import { figure } from './figures.ts';
import { computed, isName } from './source.ts';
import type { CallContext, Trap } from './trap.ts';

interface CosineDecay {
  readonly initValue: number;
  readonly alpha: number;
}

export function alphaOutOfRange({ initValue, alpha }: CosineDecay): Trap | undefined {
  if ((alpha >= 0 && alpha <= 1) || !(initValue > 0)) return undefined;
  const what = alpha > 1 ? 'rises' : 'falls';
  return {
    code: 'alpha-out-of-range',
    parameters: ['alpha'],
    message: `alpha is a fraction of init_value: with ${figure(alpha)} the rate ${what} from ${figure(initValue)} to ${figure(initValue * alpha)}. Give a fraction from 0 to 1.`,
  };
}

/** Nobody wants a rate that falls so far, and writes so much for it instead of 0. */
const leastFraction = 1e-4;
/** Rates above it are seldom given to an optimizer that is tuned by small end values. */
const mostInitialRate = 0.01;

const namesEndRate =
  /(?:end|final|min|last)_?(?:lr|learning_?rate|value|rate)|(?:lr|rate)_?(?:end|final|min)/i;
const namesFraction = /ratio|factor|frac|scale|mult|rel|pct|percent|decay|alpha/i;

/** An alpha that is a rate by its name, or by its size. */
export function alphaAsEndValue(
  { initValue, alpha }: CosineDecay,
  { source }: CallContext,
): Trap | undefined {
  const [written, initial] = [source('alpha'), source('init_value')];
  const isNamed = isName(written) && namesEndRate.test(written) && !namesFraction.test(written);
  const isTiny = alpha <= leastFraction && initValue <= mostInitialRate;
  if (!(alpha > 0 && alpha < initValue && initValue < 1 && (isNamed || isTiny))) return undefined;
  const meant = computed(written, '/', initial, alpha / initValue);
  return {
    code: 'alpha-as-end-value',
    parameters: ['alpha'],
    message: `alpha is a fraction of init_value, not a rate: this decays to ${figure(initValue * alpha)}. To end at ${figure(alpha)}, write alpha=${meant}.`,
    fix: { parameter: 'alpha', text: meant },
  };
}

/** The exponent of a cosine, alone or after a warm-up. */
export function cosineExponent({ exponent }: { readonly exponent: number }): Trap | undefined {
  if (!(exponent <= 0)) return undefined;
  const what =
    exponent === 0 ? 'the rate never decays' : 'the rate grows to infinity at the end of the decay';
  return {
    code: 'exponent-not-positive',
    parameters: ['exponent'],
    message: `With an exponent of ${figure(exponent)} ${what}. Give a number above 0.`,
  };
}
