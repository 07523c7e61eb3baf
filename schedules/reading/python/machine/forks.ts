import { type Assumption } from '../../reading.ts';
import { type Fork, type Plain, type Unknown, type Value, isUncertain } from '../values/value.ts';
import { unknownFrom } from './certainty.ts';
import { type Machine } from './machine.ts';

/** More conditions at once are not followed both ways: the first way is. */
const mostConditions = 5;

/** Whether a condition holds where the program is being followed, if that is decided. */
export function decided(machine: Machine, condition: string): boolean | undefined {
  const known = machine.path.get(condition);
  if (known !== undefined) return known;
  if (machine.deciding > 0 || machine.path.size >= mostConditions) return true;
  // What equals 'cosine' does not equal 'linear'.
  const [subject, constant] = equalityOf(condition);
  if (constant === undefined) return undefined;
  for (const [other, holds] of machine.path) {
    const [otherSubject, otherConstant] = equalityOf(other);
    if (holds && otherConstant !== undefined && otherSubject === subject) return false;
  }
  return undefined;
}

const equality = /^(.*) == ('[^']*'|-?[\d.]+)$/;

function equalityOf(condition: string): readonly (string | undefined)[] {
  const [, subject, constant] = equality.exec(condition) ?? [];
  return [subject, constant];
}

/** Follows the program with a condition decided. */
export function under<Result>(
  machine: Machine,
  condition: string,
  holds: boolean,
  f: () => Result,
): Result {
  const before = machine.path.get(condition);
  machine.path.set(condition, holds);
  try {
    return f();
  } finally {
    if (before === undefined) machine.path.delete(condition);
    else machine.path.set(condition, before);
  }
}

/** What a computation gives both ways. */
export function forked(machine: Machine, condition: string, compute: () => Value): Value {
  return fork(
    condition,
    under(machine, condition, true, compute),
    under(machine, condition, false, compute),
  );
}

/** More alternatives of one value are of no use to anyone. */
const mostAlternatives = 24;

/** One value if a condition holds, and another if not. */
export function fork(condition: string, then: Value, otherwise: Value): Value {
  if (then === otherwise) return then;
  if (isUnknown(then) && isUnknown(otherwise)) {
    // Neither way is known, so that it does not matter which one is taken.
    if (then.isName && then.key === otherwise.key) return then;
    return unknownFrom(
      () => `${then.key} if ${condition} else ${otherwise.key}`,
      [then, otherwise],
    );
  }
  const size = alternativesOf(then) + alternativesOf(otherwise);
  if (size > mostAlternatives) return then;
  return { kind: 'fork', condition, then, otherwise, size } satisfies Fork;
}

function alternativesOf(value: Value): number {
  return isUncertain(value) && value.kind === 'fork' ? value.size : 1;
}

function isUnknown(value: Value): value is Unknown {
  return isUncertain(value) && value.kind === 'unknown';
}

/** All that a value can be, each with the assumptions that it rests on. */
export function alternatives(
  value: Value,
): readonly { readonly value: Plain | Unknown; readonly assumptions: readonly Assumption[] }[] {
  if (!isUncertain(value) || value.kind === 'unknown') return [{ value, assumptions: [] }];
  if (value.kind === 'assumed') {
    // What it holds may have been forgotten since.
    return alternatives(value.value).map((held) => ({
      value: held.value,
      assumptions: [...value.assumptions, ...held.assumptions],
    }));
  }
  return [...alternatives(value.then), ...alternatives(value.otherwise)];
}

/** A condition: decided, or the key of what is not known and the answer that makes it hold. */
export type Truth = boolean | { readonly condition: string; readonly holds: boolean };

export function negated(truth: Truth): Truth {
  return typeof truth === 'boolean' ? !truth : { ...truth, holds: !truth.holds };
}

/** What is told of a condition by its key: `not x` is the opposite of `x`. */
export function conditionOf(key: string): { condition: string; holds: boolean } {
  let condition = key;
  let holds = true;
  while (condition.startsWith('not ')) {
    condition = condition.slice('not '.length);
    holds = !holds;
  }
  return { condition, holds };
}
