import { jsonForm, type ScheduleForm } from '../language/copies.ts';
import { shortestDecimal } from '../optax/float32.ts';
import type { PhasedSchedule } from '../optax/phases.ts';
import type { Assumption, OptimizerChoice, Reading, Use } from '../reading/reading.ts';

/** An optimizer with its arguments; null where the gradients are not clipped before it. */
export interface ClippingOptimizer extends OptimizerChoice {
  readonly clipByGlobalNorm: number | null;
}

/** What a run can train under. */
export interface ComparableSchedule {
  /** Unique in its reading. */
  readonly name: string;
  /** The function of Optax that makes it; `constant` of a plain number. */
  readonly function: string;
  readonly schedule: PhasedSchedule;
  /** The optimizer that is given it, where there is one that comparisons have. */
  readonly optimizer?: ClippingOptimizer;
  /** Its form in a `*.schedules.json`; absent of one that is written by hand. */
  readonly form?: ScheduleForm;
  readonly assumptions: readonly Assumption[];
}

type Compared = Pick<Reading, 'definitions' | 'calls' | 'uses'>;

/**
 * What is compared in a text: every learning rate that an optimizer is given, or where there is no
 * optimizer, every schedule.
 */
export function comparableSchedules(reading: Compared): readonly ComparableSchedule[] {
  const { uses, definitions } = reading;
  return uses.length > 0
    ? uses.flatMap((use) => usedSchedule(use, reading))
    : definitions.flatMap((definition) => definedSchedule(definition, reading));
}

/** The schedules of a text that none of its optimizers is given. */
export function unusedSchedules(reading: Compared): readonly ComparableSchedule[] {
  if (reading.uses.length === 0) return [];
  const used = new Set(
    reading.uses.flatMap(({ name, definition = name, factors = [] }) => [
      name,
      definition,
      ...factors,
    ]),
  );
  return reading.definitions
    .filter(({ name }) => !used.has(name))
    .flatMap((definition) => definedSchedule(definition, reading));
}

/** The optimizers of a text that no comparison has, with the chain that makes them so. */
export function otherOptimizers({ uses }: Pick<Reading, 'uses'>): readonly string[] {
  return [
    ...new Set(
      uses.flatMap(({ choice, chain, optimizer }) => (choice ? [] : [chain ?? optimizer])),
    ),
  ];
}

/** The optimizers of a text that a comparison trains without a part of them: "adam without MultiSteps". */
export function reducedOptimizers({ uses }: Pick<Reading, 'uses'>): readonly string[] {
  return [
    ...new Set(
      uses.flatMap(({ choice, leftOut = [] }) =>
        choice && leftOut.length > 0 ? [`${choice.name} without ${leftOut.join(' and ')}`] : [],
      ),
    ),
  ];
}

/** Schedules of several files: a name that two of them have gets the file's before it. */
export function withFileNames<Schedule extends { readonly name: string }>(
  files: readonly { readonly file: string; readonly schedules: readonly Schedule[] }[],
): readonly Schedule[] {
  const isShared = ({ name }: Schedule): boolean =>
    files.filter(({ schedules }) => schedules.some((one) => one.name === name)).length > 1;
  return files.flatMap(({ file, schedules }) =>
    schedules.map((one) => (isShared(one) ? { ...one, name: `${file}: ${one.name}` } : one)),
  );
}

function usedSchedule(use: Use, reading: Compared): readonly ComparableSchedule[] {
  const { name, learningRate, choice, clipByGlobalNorm = null, assumptions } = use;
  if (!learningRate) return [];
  const definition = reading.definitions.find((one) => one.name === use.definition);
  const form =
    jsonForm(reading, learningRate) ?? (definition ? undefined : plainRate(learningRate));
  return [
    {
      name,
      function: definition?.function ?? 'constant',
      schedule: learningRate,
      ...(choice && { optimizer: { ...choice, clipByGlobalNorm } }),
      ...(form && { form }),
      assumptions,
    },
  ];
}

/** The form of a learning rate that is given as a number. */
function plainRate({ schedule, phases }: PhasedSchedule): ScheduleForm | undefined {
  const [first] = phases;
  if (phases.length !== 1 || first?.name !== 'hold' || first.from !== 0) return undefined;
  return { function: 'constant_schedule', args: { value: shortestDecimal(schedule(0)) } };
}

function definedSchedule(
  { name, function: f, schedule, assumptions }: Reading['definitions'][number],
  reading: Compared,
): readonly ComparableSchedule[] {
  if (!schedule) return [];
  const form = jsonForm(reading, schedule);
  return [{ name, function: f, schedule, ...(form && { form }), assumptions }];
}
