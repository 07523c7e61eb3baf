import type { PhasedSchedule } from '../../optax/phases.ts';
import { type Assumption, type Definition, type Use } from '../reading.ts';
import { alternatives } from './machine/forks.ts';
import { type OptimizerCall } from './machine/journal.ts';
import { type Machine } from './machine/machine.ts';
import { assumeArgument, demandAgain } from './schedules/assumptions.ts';
import { scheduleOf } from './schedules/handWritten.ts';
import { type Listed } from './schedules/listing.ts';
import { optimizerName, siteInMain } from './schedules/places.ts';
import { clippingNorm, optimizerChoice } from './training.ts';
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

/** What an optimizer is given: one use for each rate that it may be. */
export function usesOf(
  machine: Machine,
  call: OptimizerCall,
  listed: readonly Listed[],
  definitions: readonly Definition[],
): readonly Use[] {
  const span = siteInMain(machine, call.args.site, call.frame);
  if (!span) return [];
  const choice = optimizerChoice(machine, call);
  const clipByGlobalNorm = clippingNorm(machine, call);
  return alternatives(call.learningRate).map(({ value, assumptions }): Use => {
    const i = listed.findIndex(({ object }) => object === value);
    const definition = definitions[i];
    const common = {
      name: definition?.name ?? optimizerName(call),
      optimizer: call.optimizer,
      span: { from: span.from, to: span.to },
      ...(call.rateSpan &&
        call.args.site?.module === machine.mainModule && { rateSpan: call.rateSpan }),
      ...(choice && { choice }),
      ...(clipByGlobalNorm !== undefined && { clipByGlobalNorm }),
    };
    if (definition) {
      return {
        ...common,
        definition: definition.name,
        learningRate: descending(call, definition.schedule),
        assumptions: definition.assumptions,
      };
    }
    const { rate, rests } = rateOf(machine, value);
    const all = [...assumptions, ...rests];
    return { ...common, learningRate: descending(call, rate), assumptions: all };
  });
}

/**
 * The rate of a step down. `scale_by_schedule` takes the sign along, so that people negate the
 * schedule that they give it.
 */
function descending(
  { optimizer }: OptimizerCall,
  rate: PhasedSchedule | null,
): PhasedSchedule | null {
  if (!rate || optimizer !== 'scale_by_schedule') return rate;
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
