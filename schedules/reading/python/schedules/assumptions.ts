import type { Parameter } from '../../../optax/optaxFunction.ts';
import { unitOf, type Role } from '../../../optax/roles.ts';
import type { Assumption } from '../../reading.ts';
import { decided } from '../machine/forks.ts';
import type { Machine } from '../machine/machine.ts';
import { isUncertain, type Plain, type Unknown, type Value } from '../values/value.ts';

/** What is assumed where nothing says how long is trained. */
export const assumedSteps = 10_000;
const assumedPeak = 1e-3;

interface Guess {
  readonly value: number | boolean | string;
  /** Goes after "assumed to be VALUE:". */
  readonly why: string;
}

interface NamedGuess extends Guess {
  /** Of the names, in lower case and without what is before the last dot. */
  readonly pattern: RegExp;
  readonly unit: string | null;
}

/** What names of training code mean, the more particular ones first. */
const byName: readonly NamedGuess[] = [
  {
    pattern: /warm_?up.*(?:ratio|frac|pct|prop|percent|rate|portion)/,
    unit: 'fraction of the total steps',
    value: 0.1,
    why: 'a warm-up often takes a tenth of the training',
  },
  {
    pattern: /warm_?up.*epoch/,
    unit: 'epochs',
    value: 1,
    why: 'a warm-up often takes a tenth of 10 epochs',
  },
  {
    pattern: /warm_?up/,
    unit: 'steps',
    value: assumedSteps / 10,
    why: 'a warm-up often takes a tenth of the training',
  },
  {
    pattern:
      /(?:steps?|batches|iters|iterations|updates)_per_epoch|num_batches|^len\(.*load.*\)$|\.cardinality\(\)/,
    unit: 'steps',
    value: 1000,
    why: 'a tenth of 10,000 steps, in 10 epochs',
  },
  { pattern: /epochs?$/, unit: 'epochs', value: 10, why: 'a training often takes 10 epochs' },
  { pattern: /batch_?size|^bs$|^bsz$/, unit: 'count', value: 256, why: 'a usual size of a batch' },
  {
    pattern:
      /(?:num|n|len|size|number)_?.*(?:examples|samples|train|images|data)|dataset_(?:size|len)|\.shape\[0\]$|^len\(/,
    unit: 'examples',
    value: 60_000,
    why: 'as many examples as Fashion-MNIST has',
  },
  {
    pattern: /accum|every_k|devices|device_count|process|hosts|world_size|replicas|shards/,
    unit: 'count',
    value: 1,
    why: 'one step is one update',
  },
  {
    pattern: /(?:sched\w*|rate|lr\w*)\(step\)$/,
    unit: 'learning rate',
    value: assumedPeak,
    why: 'a constant at a usual rate of Adam',
  },
  { pattern: /seed/, unit: 'count', value: 0, why: 'a usual seed' },
  {
    pattern:
      /(?:steps?|iters?|iterations|updates|timesteps)$|^(?:total|max|num)_(?:steps|iters|updates)/,
    unit: 'steps',
    value: assumedSteps,
    why: 'nothing says how long is trained',
  },
  {
    pattern:
      /(?:min|final|end|last)_?(?:lr|learning_?rate|value)|(?:lr|learning_?rate)_?(?:min|end|final)|eta_min/,
    unit: 'learning rate',
    value: 0,
    why: 'decays often end at 0',
  },
  {
    pattern: /(?:init|initial|start)_(?:lr|learning_rate).*(?:mult|frac|ratio)/,
    unit: null,
    value: 0,
    why: 'warm-ups often start at 0',
  },
  {
    pattern: /(?:^|_)lr$|^lr|learning_?rate|peak|step_size|^eta$|^alpha$/,
    unit: 'learning rate',
    value: assumedPeak,
    why: 'a usual rate of Adam',
  },
];

const byRole: Readonly<Partial<Record<Role, Guess>>> = {
  'learning rate': { value: assumedPeak, why: 'a usual rate of Adam' },
  'initial rate': { value: 0, why: 'warm-ups often start at 0' },
  'peak rate': { value: assumedPeak, why: 'a usual rate of Adam' },
  'end rate': { value: 0, why: 'decays often end at 0' },
  'total steps': { value: assumedSteps, why: 'nothing says how long is trained' },
  'decay steps': { value: assumedSteps, why: 'nothing says how long is trained' },
  'warm-up steps': {
    value: assumedSteps / 10,
    why: 'a warm-up often takes a tenth of the training',
  },
  'decay period': { value: assumedSteps / 10, why: 'a tenth of 10,000 steps' },
  'delay steps': { value: 0, why: 'most decays begin at once' },
  'end fraction': { value: 0, why: 'decays often end at 0' },
  'decay factor': { value: 0.5, why: 'halves the rate each time' },
  exponent: { value: 1, why: "Optax's own default" },
  switch: { value: false, why: "Optax's own default" },
};

export function guessByName(name: string): NamedGuess | undefined {
  const last = (
    /(?:^|\.|\[")([^."\]]*(?:\([^)]*\))?(?:"\])?)$/.exec(name)?.[1] ?? name
  ).toLowerCase();
  const short = last.replace(/"\]$/, '');
  const whole = name.toLowerCase();
  return byName.find(
    ({ pattern }) =>
      pattern.test(short) || ((whole.endsWith(')') || whole.endsWith(']')) && pattern.test(whole)),
  );
}

function asAssumption(name: string, { value, why }: Guess): Assumption {
  return { name, value, why: `Nothing gives '${name}': assumed, ${why}.` };
}

/**
 * Assumes values for the names that an argument is computed from, so that the next interpretation
 * has them, and one for the argument itself in the meantime.
 *
 * @param total the steps of the whole schedule where the same call gives them.
 */
export function assumeArgument(
  machine: Machine,
  unknown: Unknown,
  parameter: Pick<Parameter, 'name' | 'role' | 'default'>,
  total?: number,
): Plain {
  const guess = demandFor(machine, unknown, parameter, total);
  return used(machine, unknown.key, guess, parameter);
}

/**
 * Demands again what an argument rests on that was assumed for this interpretation, so that in the
 * end there is everything among the demands that the schedules need.
 */
export function demandAgain(
  machine: Machine,
  value: Value,
  parameter: Pick<Parameter, 'name' | 'role' | 'default'>,
  total?: number,
): void {
  if (machine.assumptions.size === 0 || !isUncertain(value)) return;
  if (value.kind === 'assumed') {
    const leaves = assumedBefore(machine, value.assumptions);
    const isName = leaves.length === 1 && leaves[0] === value.key;
    demandFor(machine, { key: value.key, leaves, ...(isName && { isName }) }, parameter, total);
  } else if (value.kind === 'fork') {
    const holds = decided(machine, value.condition);
    if (holds !== false) demandAgain(machine, value.then, parameter, total);
    if (holds !== true) demandAgain(machine, value.otherwise, parameter, total);
  }
}

/** The names that were assumed for this interpretation, not only for an argument. */
export function assumedBefore(
  { assumptions }: Machine,
  rests: readonly Assumption[],
): readonly string[] {
  return rests.map(({ name }) => name).filter((name) => assumptions.has(name));
}

/** @returns what is assumed for the argument itself. */
function demandFor(
  machine: Machine,
  { key, leaves, isName }: Pick<Unknown, 'key' | 'leaves' | 'isName'>,
  parameter: Pick<Parameter, 'name' | 'role' | 'default'>,
  total: number | undefined,
): Guess | undefined {
  const guess = roleGuess(parameter, total);
  if (isName) {
    // A name says more than the place: `end_value=learning_rate` is no end of a decay.
    const named = guessByName(key);
    const isMeant = named?.unit === unitOf(parameter) && !(isWarmup(named) && total !== undefined);
    const chosen = isMeant ? named : guess;
    if (chosen) demand(machine, asAssumption(key, chosen));
    return chosen;
  }
  const unnamed = leaves.filter((leaf) => {
    const named = guessByName(leaf);
    if (named) demand(machine, asAssumption(leaf, named));
    return !named;
  });
  for (const [i, leaf] of unnamed.entries()) {
    const value = i === 0 ? guess : unknownRole;
    if (value) demand(machine, asAssumption(leaf, value));
  }
  return guess;
}

const unknownRole: Guess = { value: 1, why: 'its role is not known' };

const isWarmup = ({ pattern, unit }: NamedGuess): boolean =>
  unit === 'steps' && pattern.source.startsWith('warm');

function roleGuess(
  { role, default: standard }: Pick<Parameter, 'role' | 'default'>,
  total: number | undefined,
): Guess | undefined {
  if (role === 'warm-up steps' && total !== undefined && total > 0) {
    const value = Math.floor(total / 10);
    return { value, why: `a tenth of the ${total} steps that the schedule has` };
  }
  if (role !== 'end rate' && standard !== undefined && standard !== null) {
    return { value: standard, why: "Optax's own default" };
  }
  return byRole[role];
}

function demand(machine: Machine, assumption: Assumption): void {
  const { name } = assumption;
  if (!machine.assumptions.has(name)) machine.journal.names.add(name);
  if (!machine.demands.has(name)) machine.demands.set(name, assumption);
}

/** The value for this time, on which whatever is computed rests. */
function used(
  machine: Machine,
  name: string,
  guess: Guess | undefined,
  { role }: Pick<Parameter, 'role'>,
): Plain {
  const chosen = guess ?? { value: assumedPeak, why: `its role is '${role}'` };
  machine.resting.push(asAssumption(name, chosen));
  const { value } = chosen;
  return Number.isInteger(value) ? BigInt(Number(value)) : value;
}

/** Assumes values for the names that the rate of a hand-written schedule is computed from. */
export function assumeNames(machine: Machine, names: readonly string[]): void {
  for (const name of names) demand(machine, asAssumption(name, guessByName(name) ?? unknownRole));
}
