import { figure } from '../checking/figures.ts';
import { isName } from '../checking/source.ts';
import type { Parameter } from '../optax/optaxFunction.ts';
import type { Role } from '../optax/roles.ts';
import { assumedSteps } from '../reading/python/schedules/assumptions.ts';
import type { TrainingFacts } from '../reading/reading.ts';
import { trainingSteps } from '../reading/trainingSteps.ts';
import { meaningOf, type NameMeaning } from './nameMeaning.ts';

/** What the value of an argument may be made of. */
export interface Surroundings {
  /** Names that hold values at the place, the most likely one first. */
  readonly names: readonly string[];
  /** What the same call says for other arguments, by their names. */
  readonly given: Readonly<Record<string, string>>;
  readonly training: TrainingFacts;
}

type Values = (parameter: Parameter, has: Vocabulary) => readonly string[];

/** Expressions, the best one first, by the role of the argument; all are Python. */
const valuesOf: Readonly<Partial<Record<Role, Values>>> = {
  'learning rate': (_, { rates }) => [...rates, '1e-3', '3e-4', '1e-4', '1e-2', '0.1'],
  'peak rate': (_, { rates }) => [...rates, '1e-3', '3e-4', '1e-4', '1e-2', '0.1'],
  'initial rate': (_, { named, peak }) => [
    ...named('initial rate'),
    '0.0',
    times(0.1, peak),
    times(0.01, peak),
  ],
  'end rate': (_, { named, peak }) => [
    ...named('end rate'),
    '0.0',
    times(0.1, peak),
    times(0.01, peak),
  ],
  'total steps': (_, { totals }) => totals,
  'decay steps': (_, { totals, warmups: [warmup] }) =>
    warmup === undefined ? totals : [...totals, difference(totals[0], warmup)],
  'warm-up steps': (_, { warmups, perEpoch, total }) => [
    ...warmups,
    part(0.1, total),
    part(0.05, total),
    ...perEpoch,
  ],
  'decay period': (_, { perEpoch, total }) => [...perEpoch, part(0.1, total), total],
  'delay steps': (_, { warmups, perEpoch, total }) => [
    '0',
    ...warmups,
    ...perEpoch,
    part(0.25, total),
  ],
  boundaries: ({ kind }, { warmups, total }) => {
    const steps = [...warmups, ...[0.1, 0.25, 0.5, 0.75].map((fraction) => part(fraction, total))];
    return kind === 'boundaries' ? steps.map((step) => `[${step}]`) : steps;
  },
  'boundaries and scales': (_, { total }) => [
    `{${part(0.5, total)}: 0.1, ${part(0.75, total)}: 0.1}`,
    `{${part(0.25, total)}: 0.5, ${part(0.5, total)}: 0.5, ${part(0.75, total)}: 0.5}`,
  ],
  cycles: (_, { rates: [peak = '1e-3'], total }) => {
    const steps = part(0.25, total);
    const cycle = `init_value=0.0, peak_value=${peak}, warmup_steps=${part(0.025, total)}`;
    return [`[dict(${cycle}, decay_steps=${steps}, end_value=0.0)] * 4`];
  },
  'end fraction': () => ['0.0', '0.1', '0.01'],
  'peak position': () => ['0.3', '0.1', '0.2', '0.5'],
  'decay end position': () => ['0.85', '0.7', '0.9'],
  'decay factor': () => ['0.5', '0.9', '0.95', '0.99', '0.1'],
  'initial divisor': () => ['25.0', '10.0', '100.0'],
  'final divisor': () => ['1e4', '1e3', '100.0'],
  exponent: () => ['1.0', '2.0', '0.5'],
  shape: () => ["'linear'", "'cosine'"],
  switch: ({ default: standard }) => (standard === true ? ['False', 'True'] : ['True', 'False']),
};

/**
 * Gives values for arguments: names that mean it, what can be computed of them, and numbers that
 * people use. Each is a Python expression; the first one is the best.
 */
export function sensibleValues(
  surroundings: Surroundings,
): (parameter: Parameter) => readonly string[] {
  const has = vocabulary(surroundings);
  const { names } = surroundings;
  return (parameter) => {
    const own = names.filter((name) => lastPart(name) === parameter.name);
    const values = valuesOf[parameter.role]?.(parameter, has) ?? [];
    return [...new Set([...own, ...values])].slice(0, mostValues);
  };
}

const mostValues = 8;

/** What the names at a place stand for, as expressions. */
interface Vocabulary {
  readonly named: (meaning: NameMeaning) => readonly string[];
  /** Learning rates that may be the highest of a schedule. */
  readonly rates: readonly string[];
  /** The highest rate of the same call, else of the names. */
  readonly peak: string;
  readonly perEpoch: readonly string[];
  readonly warmups: readonly string[];
  /** How many steps the schedule or the training takes; never empty. */
  readonly totals: readonly string[];
  /** The one of them that the same call says, else the best. */
  readonly total: string;
}

function vocabulary({ names, given, training }: Surroundings): Vocabulary {
  const meanings = new Map<NameMeaning, string[]>();
  for (const name of names) {
    const expression = /load(?:er)?$/i.test(name) ? `len(${name})` : name;
    const meaning = meaningOf(expression);
    if (meaning) meanings.set(meaning, [...(meanings.get(meaning) ?? []), expression]);
  }
  const named = (meaning: NameMeaning) => meanings.get(meaning) ?? [];
  const first = (meaning: NameMeaning) => named(meaning)[0];
  const batches = product(first('examples'), '//', first('batch size'));
  const perEpoch = [...named('steps per epoch'), ...batches];
  const computed = product(first('epochs'), '*', perEpoch[0]);
  const known = figure(trainingSteps(training) ?? assumedSteps);
  const steps = named('steps').filter((name) => !isCounter.test(name));
  const totals = [...steps.toSorted((a, b) => rankOfTotal(a) - rankOfTotal(b)), ...computed];
  const total = given['decay_steps'] ?? given['transition_steps'] ?? totals[0] ?? known;
  const fractions = named('warm-up fraction').map((fraction) => `int(${fraction} * ${total})`);
  const rates = named('rate').toSorted((a, b) => rankOfRate(a) - rankOfRate(b));
  return {
    named,
    rates,
    peak: given['peak_value'] ?? given['init_value'] ?? rates[0] ?? '1e-3',
    perEpoch,
    warmups: [
      ...named('warm-up steps'),
      ...product(first('warm-up epochs'), '*', perEpoch[0]),
      ...fractions,
    ],
    totals: totals.length > 0 ? totals : [known],
    total,
  };
}

/** Of steps: those that count, and those between two of something else. */
const isCounter = /(?:^|[_.])step$|log|print|eval|valid|test|save|ckpt|checkpoint/i;

const rankOfTotal = (name: string): number => (/total|max|num|train/i.test(name) ? 0 : 1);
const rankOfRate = (name: string): number => (/peak|max/i.test(name) ? 0 : 1);

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function product(
  a: string | undefined,
  operator: '*' | '//',
  b: string | undefined,
): readonly string[] {
  if (a === undefined || b === undefined) return [];
  return [`${factor(a)} ${operator} ${operator === '*' ? bracketed(b) : factor(b)}`];
}

/** A rate times a number. */
function times(scale: number, rate: string): string {
  const number = Number(rate);
  return Number.isFinite(number) ? rateFigure(scale * number) : `${scale} * ${factor(rate)}`;
}

/** Some part of a number of steps, in whole steps. */
function part(fraction: number, steps: string): string {
  const number = Number(steps);
  return Number.isFinite(number)
    ? figure(Math.trunc(fraction * number))
    : `int(${fraction} * ${factor(steps)})`;
}

/** What is left of one number of steps after another. */
export function difference(all = '0', less: string): string {
  const number = Number(all) - Number(less);
  return Number.isFinite(number) ? figure(number) : `${all} - ${factor(less)}`;
}

function rateFigure(rate: number): string {
  const text = figure(rate);
  return /^\d+$/.test(text) ? `${text}.0` : text;
}

/** Fit to stand beside `*`. */
function factor(expression: string): string {
  const isOne = isName(expression) || /^[\w.]+(?:\([\w., ]*\))?$/.test(expression);
  return isOne ? expression : bracketed(expression);
}

const bracketed = (expression: string): string =>
  /[-+*/ ]/.test(expression.replace(/\(.*\)$/, '')) ? `(${expression})` : expression;
