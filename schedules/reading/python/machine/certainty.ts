import { type Assumption } from '../../reading.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  type Assumed,
  type Plain,
  type Unknown,
  type Value,
  isUncertain,
} from '../values/value.ts';
import { decided, fork, forked } from './forks.ts';
import { type Machine } from './machine.ts';

/** Raised where a value is needed that is not known. */
class NotKnown extends Error {
  unknown: Unknown = { kind: 'unknown', key: '', leaves: [] };
}

/** Raised where a value depends on a condition that is not decided. */
class Undecided extends Error {
  condition = '';
}

// There is one of each: to make an error takes longer than most of what is computed here.

const notKnown = new NotKnown();

const undecided = new Undecided();

const longestKey = 200;

/**
 * What a value is worth where the program is being followed. What is computed from it is wrapped
 * by `attempt`, so functions need not care whether it is assumed, forked or unknown.
 */
export function read(machine: Machine, value: Value): Plain {
  const plain = settled(machine, value);
  if (!isUncertain(plain)) return plain;
  notKnown.unknown = plain;
  throw notKnown;
}

/** The same for what can do with an unknown value. */
export function settled(machine: Machine, value: Value): Plain | Unknown {
  let current = value;
  for (;;) {
    if (!isUncertain(current) || current.kind === 'unknown') return current;
    if (current.kind === 'assumed') {
      machine.resting.push(...current.assumptions);
      // What it holds may have been forgotten since.
      current = current.value;
      continue;
    }
    const holds = decided(machine, current.condition);
    if (holds === undefined) {
      undecided.condition = current.condition;
      throw undecided;
    }
    current = holds ? current.then : current.otherwise;
  }
}

/**
 * The value of a computation, which may read values that are not certain: unknown if one of them
 * is, resting on their assumptions, and forked by their conditions.
 *
 * @param key tells how it is computed, as text.
 */
export function attempt(machine: Machine, key: () => string, compute: () => Value): Value {
  const { resting: outer, depth } = machine;
  const resting: Assumption[] = [];
  machine.resting = resting;
  try {
    return restingOn(compute(), resting, key);
  } catch (error) {
    machine.depth = depth;
    if (error instanceof NotKnown) return unknownFrom(key, [error.unknown]);
    if (error instanceof PythonError && !machine.raises) return unknownFrom(key, []);
    if (error instanceof Undecided) {
      const { condition } = error;
      machine.resting = outer;
      return forked(machine, condition, () => attempt(machine, key, compute));
    }
    throw error;
  } finally {
    machine.resting = outer;
  }
}

/** Where an error says that a value is not known: the names that it comes from. */
export function leavesOfFailure(error: unknown): readonly string[] | undefined {
  if (error instanceof NotKnown) return error.unknown.leaves;
  return error instanceof PythonError ? [] : undefined;
}

/** An unknown value that is computed from others. */
export function unknownFrom(key: string | (() => string), operands: readonly Unknown[]): Unknown {
  const [only] = operands;
  const leaves =
    operands.length <= 1
      ? (only?.leaves ?? [])
      : [...new Set(operands.flatMap((operand) => operand.leaves))].slice(0, 8);
  if (typeof key === 'string') return { kind: 'unknown', key: key.slice(0, longestKey), leaves };
  return new LaterUnknown(leaves, key);
}

/**
 * One whose key is written when it is asked for: most never are, and to write them takes longer than
 * all the rest. A class, since an object with a getter of its own takes several times as long to make.
 */
class LaterUnknown implements Unknown {
  readonly kind = 'unknown';
  readonly leaves: readonly string[];
  readonly #text: () => string;

  constructor(leaves: readonly string[], key: () => string) {
    this.leaves = leaves;
    this.#text = later(key);
  }

  get key(): string {
    return this.#text();
  }
}

/** Keys are written from the keys of operands, which may be computed from others in turn. */
let keysInKeys = 0;

const deepestKey = 30;

function later(key: () => string): () => string {
  let text: string | undefined;
  return () => {
    if (text !== undefined) return text;
    if (keysInKeys > deepestKey) return '...';
    keysInKeys++;
    try {
      return (text = key().slice(0, longestKey));
    } finally {
      keysInKeys--;
    }
  };
}

/** A value that rests on assumptions, besides those that it rests on already. */
export function restingOn(
  value: Value,
  assumptions: readonly Assumption[],
  key: () => string,
): Value {
  if (assumptions.length === 0) return value;
  if (!isUncertain(value)) return assumed(value, assumptions, key);
  switch (value.kind) {
    case 'unknown':
      return value;
    case 'assumed':
      return assumed(value.value, [...value.assumptions, ...assumptions], () => value.key);
    case 'fork':
      return fork(
        value.condition,
        restingOn(value.then, assumptions, key),
        restingOn(value.otherwise, assumptions, key),
      );
  }
}

export function assumed(
  value: Plain,
  assumptions: readonly Assumption[],
  key: () => string,
): Assumed {
  const byName = new Map(assumptions.map((assumption) => [assumption.name, assumption]));
  const text = later(key);
  return {
    kind: 'assumed',
    value,
    assumptions: [...byName.values()],
    get key() {
      return text();
    },
  };
}
