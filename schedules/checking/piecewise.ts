import type { BoundaryAndScale } from '../optax/optaxFunction.ts';
import { figure } from './figures.ts';
import { dictWith } from './source.ts';
import type { CallContext, Trap } from './trap.ts';

interface Piecewise {
  readonly initValue: number;
  readonly boundariesAndScales: readonly BoundaryAndScale[] | null;
}

const parameter = 'boundaries_and_scales';

/** A boundary at step 0 or below, where init_value is no longer the rate, unless it is but a unit. */
export function boundaryAtStart<A extends Piecewise>(f: {
  build(args: A): (step: number) => number;
}): (args: A) => Trap | undefined {
  return (args) => {
    const entry = args.boundariesAndScales?.find(({ step }) => step <= 0);
    if (entry === undefined) return undefined;
    const first = f.build(args)(0);
    if (first === Math.fround(args.initValue) || args.initValue === 1) return undefined;
    return {
      code: 'boundary-at-start',
      parameters: [parameter],
      message: `The boundary ${figure(entry.step)} is reached at once: the rate begins at ${figure(first)}, and not at init_value ${figure(args.initValue)}. Give boundaries above 0.`,
    };
  };
}

/** Factors so small are rates. */
const mostRate = 1e-3;
/** Above it are factors of a rate, not rates: they may well be followed by small factors. */
const mostInitialRate = 0.1;

/** Scales that are what the rate is to be, not what it is to be multiplied by. */
export function ratesAsScales(
  { initValue, boundariesAndScales }: Piecewise,
  { source }: CallContext,
): Trap | undefined {
  const entries = [...(boundariesAndScales ?? [])].sort((a, b) => a.step - b.step);
  const rates = [initValue, ...entries.map(({ scale }) => scale)];
  const factors = entries.map(({ scale }, i) => scale / (rates[i] ?? initValue));
  const isFalling = factors.every((factor) => factor > 0 && factor < 1);
  // A single factor may be as small as a rate seldom is; two that fall like rates are rates.
  const areRates = entries.every(({ scale }) => scale <= mostRate) || entries.length > 1;
  if (entries.length === 0 || !isFalling || !areRates || initValue > mostInitialRate)
    return undefined;
  const [end = initValue] = rates.slice(-1);
  const written = entries.map(({ step }, i) => `${figure(step)}: ${figure(factors[i] ?? 1)}`);
  const factorAt = new Map(entries.map(({ step }, i) => [step, figure(factors[i] ?? 1)]));
  const text = dictWith(source(parameter), boundariesAndScales ?? [], ({ step }, key) => [
    key,
    factorAt.get(step) ?? '1',
  ]);
  return {
    code: 'rates-as-scales',
    parameters: [parameter],
    message: `The scales are factors that multiply up, not rates: the rate ends at ${figure(rates.reduce((rate, scale) => rate * scale))}. To end at ${figure(end)}, write {${written.join(', ')}}.`,
    fix: text === undefined ? undefined : { parameter, text },
  };
}
