import type { PhasedSchedule } from '../../optax/phases.ts';
import { product } from '../../optax/product.ts';
import { type Assumption, type Definition, type Use } from '../reading.ts';
import { chainedOptimizer, clippingNorm } from './chainedOptimizer.ts';
import { chainParts, chainText, outermostChains, type ChainPart } from './chains.ts';
import { alternatives } from './machine/forks.ts';
import { transformationsIn, type OptimizerCall } from './machine/journal.ts';
import { type Machine } from './machine/machine.ts';
import { optimizerChoice, unknownArguments } from './optimizerChoice.ts';
import { assumeArgument, demandAgain } from './schedules/assumptions.ts';
import { scheduleOf } from './schedules/handWritten.ts';
import { type Listed } from './schedules/listing.ts';
import { optimizerName, siteInMain } from './schedules/places.ts';
import { isNumeric, toNumber } from './values/conversion.ts';
import { type Value, isUncertain } from './values/value.ts';

/** A rate that an optimizer is given and nothing gives is assumed like an argument. */
export function assumeRates(machine: Machine): void {
  const parameter = { name: 'learning_rate', role: 'learning rate' } as const;
  for (const { learningRate } of machine.journal.optimizerCalls) {
    demandAgain(machine, learningRate, parameter);
    for (const { value } of alternatives(learningRate)) {
      if (!isUncertain(value)) continue;
      machine.resting = [];
      assumeArgument(machine, value, parameter);
    }
  }
}

/** What optimizers are given: one use for each rate that an optimizer may have. */
export function usesIn(
  machine: Machine,
  listed: readonly Listed[],
  definitions: readonly Definition[],
): readonly Use[] {
  const calls = machine.journal.optimizerCalls;
  const callOf = new Map(calls.map((call) => [call.object, call]));
  const chainOf = outermostChains(machine);
  return calls.flatMap((call) => {
    const chain = chainOf.get(call.object);
    const parts = chain && chainParts(chain, call.object);
    const isPart = parts?.includes(call.object) === true;
    // The rates of a chain are multiplied: all of them are one use.
    const together = isPart ? parts.flatMap((part) => (part && callOf.get(part)) ?? []) : [call];
    const main = together.find(varies) ?? together[0];
    if (call !== main) return [];
    const ratesOf = (one: OptimizerCall) => ratesGiven(machine, one, listed, definitions);
    const factors = together.filter((one) => one !== main).map(ratesOf);
    const rates = factors.reduce(multiplied, ratesOf(main));
    return rates.flatMap((rate) => useOf(machine, call, rate, parts) ?? []);
  });
}

/** A rate that a call may be given. */
interface GivenRate {
  readonly rate: PhasedSchedule | null;
  readonly definition?: Definition | undefined;
  readonly factors: readonly string[];
  readonly assumptions: readonly Assumption[];
}

function useOf(
  machine: Machine,
  call: OptimizerCall,
  { rate, definition, factors, assumptions }: GivenRate,
  parts: readonly ChainPart[] | undefined,
): Use | undefined {
  const span = siteInMain(machine, call.args.site, call.frame);
  if (!span) return undefined;
  const { optimizer, args, rateSpan } = call;
  const choice = parts ? chainedOptimizer(parts) : optimizerChoice(optimizer, args);
  const clipByGlobalNorm = parts && clippingNorm(parts);
  const unknown = (parts ?? [call.object]).flatMap((part) =>
    part ? unknownArguments(part.name, part.args) : [],
  );
  const leftOut = [...unknown, ...modifiersOf(machine, call)];
  return {
    name: definition?.name ?? optimizerName(call),
    optimizer,
    span: { from: span.from, to: span.to },
    ...(rateSpan && args.site?.module === machine.mainModule && { rateSpan }),
    ...(parts && { chain: chainText(parts) }),
    ...(choice && { choice }),
    ...(choice && leftOut.length > 0 && { leftOut }),
    ...(clipByGlobalNorm !== undefined && { clipByGlobalNorm }),
    ...(definition && { definition: definition.name }),
    ...(factors.length > 0 && { factors }),
    learningRate: rate,
    assumptions,
  };
}

/** What makes another optimizer of the one that is called, the innermost first. */
function modifiersOf({ journal }: Machine, { object }: OptimizerCall): readonly string[] {
  return journal.modifiers
    .filter((modifier) => transformationsIn(modifier).has(object))
    .map(({ name }) => name);
}

function ratesGiven(
  machine: Machine,
  call: OptimizerCall,
  listed: readonly Listed[],
  definitions: readonly Definition[],
): readonly GivenRate[] {
  return alternatives(call.learningRate).map(({ value, assumptions }) => {
    const definition = definitions[listed.findIndex(({ object }) => object === value)];
    const { rate, rests } = definition
      ? { rate: definition.schedule, rests: definition.assumptions }
      : rateOf(machine, value);
    const all = definition ? rests : [...assumptions, ...rests];
    return { rate: descending(call, rate), definition, factors: [], assumptions: all };
  });
}

/** Whether a rate is not just a number. */
function varies({ learningRate }: OptimizerCall): boolean {
  return alternatives(learningRate).some(({ value }) => isUncertain(value) || !isNumeric(value));
}

/** More alternatives of a product are of no use to anyone. */
const mostProducts = 24;

/** Each rate with each that it may be multiplied by. */
function multiplied(
  rates: readonly GivenRate[],
  factors: readonly GivenRate[],
): readonly GivenRate[] {
  const products = rates.flatMap((a) =>
    factors.map((b) => ({
      ...a,
      rate: a.rate && b.rate && product(a.rate, b.rate),
      factors: [...a.factors, ...(b.definition ? [b.definition.name] : [])],
      assumptions: [...a.assumptions, ...b.assumptions],
    })),
  );
  return products.slice(0, mostProducts);
}

/**
 * The rate of a step down. `scale` and `scale_by_schedule` take the sign along, so that people negate
 * what they give them.
 */
function descending(
  { optimizer }: OptimizerCall,
  rate: PhasedSchedule | null,
): PhasedSchedule | null {
  if (!rate || (optimizer !== 'scale' && optimizer !== 'scale_by_schedule')) return rate;
  const rates = [0, 1, 10, 100, 1000].map(rate.schedule);
  const isNegated = rates.every((one) => one <= 0) && rates.some((one) => one < 0);
  return isNegated ? { ...rate, schedule: (step) => -rate.schedule(step) } : rate;
}

function rateOf(
  machine: Machine,
  value: Value,
): { rate: Use['learningRate']; rests: readonly Assumption[] } {
  if (isUncertain(value)) return { rate: null, rests: [] };
  if (isNumeric(value)) {
    const rate = Math.fround(toNumber(value));
    return {
      rate: { schedule: () => rate, phases: [{ name: 'hold', from: 0, to: null }] },
      rests: [],
    };
  }
  const drawable = scheduleOf(machine, value);
  return { rate: drawable?.schedule ?? null, rests: drawable?.assumptions ?? [] };
}
