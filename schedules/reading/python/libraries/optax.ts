import { bindArguments, type Problem, type RawArguments } from '../../../optax/binding.ts';
import { scheduleFunctions } from '../../../optax/catalog.ts';
import type { PhasedSchedule } from '../../../optax/phases.ts';
import type { ScheduleFunction } from '../../../optax/scheduleFunction.ts';
import { noteAsked } from '../schedules/asked.ts';
import { givenArguments, rawArguments, type Given } from '../schedules/arguments.ts';
import { attempt, read } from '../machine/certainty.ts';
import type { Creation } from '../machine/journal.ts';
import type { Machine } from '../machine/machine.ts';
import { literalOf, type WrittenLiteral } from '../machine/scope.ts';
import { isNumeric, toNumber } from '../values/conversion.ts';
import { lazyNative } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  argumentSpan,
  argumentValue,
  isObject,
  type CallArguments,
  type CallSite,
  type ModuleObject,
  type NativeFunction,
  type ScheduleObject,
  type Value,
} from '../values/value.ts';
import { transformations } from './transformations.ts';

/** One of Optax's schedule functions. */
function scheduleFunction(f: ScheduleFunction): NativeFunction {
  return {
    kind: 'native',
    name: f.name,
    call: (args, machine) => create(machine, f, args),
  };
}

/** Deeper than anyone joins schedules of joined schedules; a loop could make any depth. */
const deepestJoin = 50;

/** The schedule that a call makes; of a call that Optax would refuse, one without rates. */
function create(machine: Machine, f: ScheduleFunction, args: CallArguments): Value {
  const bound = givenArguments(f, args);
  const { raw, isRefused } = rawArguments(machine, f, bound.given, args);
  const binding = bindArguments(f, raw);
  // Where a part is refused, that is told of the part.
  const problems = isRefused ? [] : [...(binding.ok ? [] : binding.problems), ...surplus(f, bound)];
  const parts = partsOf(raw);
  const depth = 1 + Math.max(0, ...parts.map((part) => machine.journal.depths.get(part) ?? 0));
  if (depth > deepestJoin) throw new PythonError('RecursionError: schedules are joined too deeply');
  const schedule: PhasedSchedule | null =
    binding.ok && problems.length === 0 && !isRefused
      ? {
          schedule: f.build(binding.arguments),
          phases: f.phases(binding.arguments),
          ...(parts.some(({ interpreted }) => interpreted) && { interpreted: true }),
        }
      : null;
  if (schedule) machine.journal.depths.set(schedule, depth);
  const object: ScheduleObject = { kind: 'schedule', function: f.name, schedule };
  machine.journal.create(machine, {
    object,
    site: args.site,
    raw,
    problems,
    assumptions: [...machine.resting],
    spans: new Map(
      bound.given.flatMap(({ name, place }) => {
        const span = argumentSpan(args.site, place);
        return span ? [[name, span] as const] : [];
      }),
    ),
    literals: literalsBehind(bound.given, args.site),
  });
  return object;
}

/** The literals that stand behind the names in a call's arguments. */
function literalsBehind(given: readonly Given[], site: CallSite | undefined): Creation['literals'] {
  const found = new Map<string, WrittenLiteral & { readonly name: string }>();
  for (const { name: argument, place } of site ? given : []) {
    const written = argumentValue(site, place);
    if (written?.kind !== 'name' || !site) continue;
    const literal = literalOf(site.scope, written.name);
    if (literal) found.set(argument, { ...literal, name: written.name });
  }
  return found;
}

/** The schedules that a `join_schedules` is given. */
function partsOf({ schedules }: RawArguments): readonly PhasedSchedule[] {
  return Array.isArray(schedules)
    ? schedules.filter((part): part is PhasedSchedule => typeof part === 'object' && part !== null)
    : [];
}

/** What Python refuses of a call before Optax sees it. */
function surplus(
  { name, parameters }: ScheduleFunction,
  { surplus: count, twice }: ReturnType<typeof givenArguments>,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (count > 0) {
    const last = count === 1 ? 'the last one' : `the last ${count}`;
    const takes = parameters.length === 1 ? '1 argument' : `${parameters.length} arguments`;
    const message = `${name} takes ${takes}, got ${parameters.length + count}; leave ${last} out.`;
    problems.push({ code: 'surplus-argument', parameter: String(parameters.length), message });
  }
  if (twice !== undefined) {
    const message = `${name} is given '${twice}' twice, by its position and by its name; give it once.`;
    problems.push({ code: 'surplus-argument', parameter: twice, message });
  }
  return problems;
}

/** The rate of a schedule of Optax: a float32 scalar of JAX, or an array of them. */
export function rate(machine: Machine, object: ScheduleObject, step: Value): Value {
  const { schedule, function: name } = object;
  machine.rated++;
  noteAsked(object);
  // What a function of the text asks for a rate is a part of the schedule that the function is.
  if (machine.deciding > 0) machine.journal.parts.add(object);
  return attempt(
    machine,
    () => `${name}(...)`,
    () => {
      if (!schedule) throw new PythonError('ValueError: Optax refuses the schedule');
      const plain = read(machine, step);
      const jax = { kind: 'array', library: 'jax', dtype: 'float32' } as const;
      if (isObject(plain) && plain.kind === 'array' && plain.data && plain.data.length !== 1) {
        return {
          ...jax,
          shape: plain.shape,
          data: plain.data.slice(0, 10_000).map(schedule.schedule),
        };
      }
      if (!isNumeric(plain)) throw new PythonError('TypeError: a step is a number');
      return { ...jax, shape: [], data: [schedule.schedule(toNumber(plain))] };
    },
  );
}

const scheduleMembers: ReadonlyMap<string, Value> = new Map(
  scheduleFunctions.map((f) => [f.name, scheduleFunction(f)]),
);

/** Calls a function with hyperparameters that may be schedules: `inject_hyperparams(adam)(lr)`. */
const injectHyperparams = lazyNative(
  'inject_hyperparams',
  ['inner_factory', 'static_args', 'hyperparam_dtype'],
  ([inner = null]) => inner,
);

const submodules = new Set([
  'schedules',
  'contrib',
  'schedule',
  'transforms',
  'alias',
  '_src',
  '_schedule',
  '_join',
]);

function member(name: string): Value | undefined {
  if (submodules.has(name)) return optaxModule;
  if (/^inject_(?:stateful_)?hyperparams$/.test(name)) return injectHyperparams;
  return scheduleMembers.get(name) ?? transformations.get(name);
}

export const optaxModule: ModuleObject = {
  kind: 'module',
  name: 'optax',
  member,
  names: () => [...scheduleMembers.keys(), ...transformations.keys()],
};
