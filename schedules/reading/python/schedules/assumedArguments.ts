import { type RawArguments } from '../../../optax/binding.ts';
import { type Parameter } from '../../../optax/optaxFunction.ts';
import { type PhasedSchedule } from '../../../optax/phases.ts';
import { type Machine } from '../machine/machine.ts';
import { toNumber } from '../values/conversion.ts';
import { type Unknown } from '../values/value.ts';
import { assumeArgument, assumedSteps } from './assumptions.ts';

export function constant(rate: number): PhasedSchedule {
  return { schedule: () => Math.fround(rate), phases: [{ name: 'hold', from: 0, to: null }] };
}

/** A value for a whole argument of which nothing is known. */
export function assumedArgument(
  machine: Machine,
  parameter: Parameter,
  unknown: Unknown,
  total: number | undefined,
  others: RawArguments,
): unknown {
  const says = (value: string, why: string): void => {
    machine.resting.push({
      name: unknown.key,
      value,
      why: `Nothing gives '${unknown.key}': ${why}.`,
    });
  };
  switch (parameter.kind) {
    case 'boundariesAndScales': {
      const third = Math.round(assumedSteps / 3);
      says(`{${third}: 0.1, ${2 * third}: 0.1}`, 'assumed, a tenth of the rate at each third');
      return [third, 2 * third].map((step) => ({ step, scale: 0.1 }));
    }
    case 'boundaries': {
      const parts = Array.isArray(others['schedules']) ? others['schedules'].length : 2;
      const steps = Array.from({ length: Math.max(0, parts - 1) }, (_, i) =>
        Math.round(((i + 1) * assumedSteps) / parts),
      );
      says(`[${steps.join(', ')}]`, 'assumed, parts of the same length');
      return steps;
    }
    case 'interpolation':
      says("'linear'", 'assumed, the simplest interpolation');
      return 'linear';
    case 'schedules':
      says('[constant_schedule(0.001)]', 'assumed, a constant');
      return [constant(1e-3)];
    case 'cycles': {
      const steps = assumedSteps / 4;
      const cycle = {
        init_value: 0,
        peak_value: 1e-3,
        warmup_steps: steps / 10,
        decay_steps: steps,
      };
      says(`[${JSON.stringify(cycle)}] * 4`, 'assumed, four cycles of the same length');
      return [cycle, cycle, cycle, cycle];
    }
    case 'unsupported':
      return null;
    case 'boolean': {
      const value = assumeArgument(machine, unknown, parameter);
      return typeof value === 'boolean' ? value : false;
    }
    case 'number':
    case 'steps':
    case 'learningRate':
      return toNumber(assumeArgument(machine, unknown, parameter, total));
  }
}
