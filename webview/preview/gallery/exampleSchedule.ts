import { bindArguments, type RawArguments } from '../../../schedules/optax/binding.ts';
import { cosineDecaySchedule } from '../../../schedules/optax/cosine.ts';
import type { Parameter } from '../../../schedules/optax/optaxFunction.ts';
import type { PhasedSchedule } from '../../../schedules/optax/phases.ts';
import { linearSchedule } from '../../../schedules/optax/polynomial.ts';
import type { Role } from '../../../schedules/optax/roles.ts';
import type { ScheduleFunction } from '../../../schedules/optax/scheduleFunction.ts';

/** Steps that the examples are laid out for. */
export const exampleSteps = 1000;

/** Values by the role of an argument with which each function shows what it is for. */
const exampleOfRole: Readonly<Partial<Record<Role, unknown>>> = {
  'learning rate': 1e-3,
  'initial rate': 1e-4,
  'peak rate': 1e-3,
  'end rate': 1e-4,
  'total steps': exampleSteps,
  'decay steps': 0.8 * exampleSteps,
  'warm-up steps': 0.2 * exampleSteps,
  'decay period': 0.2 * exampleSteps,
  'decay factor': 0.5,
  exponent: 2,
  shape: 'cosine',
  'boundaries and scales': [0.25, 0.5, 0.75].map((part) => ({
    step: part * exampleSteps,
    scale: 0.5,
  })),
};

const warmup = { init_value: 1e-4, end_value: 1e-3, transition_steps: 0.2 * exampleSteps };
const decay = { init_value: 1e-3, decay_steps: 0.8 * exampleSteps };

/** A schedule of each function, as its picture in the gallery shows it. */
export function exampleSchedule(f: ScheduleFunction): PhasedSchedule {
  return made(f, Object.fromEntries(f.parameters.flatMap(exampleArgument)));
}

/** Nothing where the default shows enough. */
function exampleArgument(parameter: Parameter): readonly (readonly [string, unknown])[] {
  const { name, role } = parameter;
  if (parameter.kind === 'cycles') return [[name, [1, 0.7, 0.5].map(cycle)]];
  if (parameter.kind === 'schedules') {
    return [[name, [made(linearSchedule, warmup), made(cosineDecaySchedule, decay)]]];
  }
  if (parameter.kind === 'boundaries') return [[name, [warmup.transition_steps]]];
  const isShown = parameter.default === undefined || role === 'boundaries and scales';
  return isShown ? [[name, exampleOfRole[role]]] : [];
}

function cycle(size: number): RawArguments {
  return {
    init_value: 1e-4,
    peak_value: size * 1e-3,
    warmup_steps: 0.05 * exampleSteps,
    decay_steps: Math.round(exampleSteps / 3),
  };
}

function made(f: ScheduleFunction, raw: RawArguments): PhasedSchedule {
  const bound = bindArguments(f, raw);
  if (!bound.ok) throw new Error(bound.problems.map(({ message }) => message).join(' '));
  return { schedule: f.build(bound.arguments), phases: f.phases(bound.arguments) };
}
