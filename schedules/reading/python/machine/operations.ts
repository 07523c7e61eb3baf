import { costOf } from '../libraries/numpyFunction.ts';
import { spelled } from '../values/keys.ts';
import { binary, unary } from '../values/operators.ts';
import { compare } from '../values/comparison.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  type Plain,
  type Unknown,
  type Value,
  isObject,
  isUncertain,
  list,
} from '../values/value.ts';
import { attributeOf } from './attributes.ts';
import { attempt, read, unknownFrom } from './certainty.ts';
import { negated } from './forks.ts';
import { type Machine, spend } from './machine.ts';
import { fromTruth, truthOf } from './truth.ts';

/** `a + b` of any values. */
export function operate(machine: Machine, operator: string, a: Value, b: Value): Value {
  const key = (): string => `${grouped(a)} ${operator} ${grouped(b)}`;
  if (!isObject(a) && !isObject(b)) return plainResult(machine, key, () => binary(operator, a, b));
  const unknown = unknownAmong([a, b]);
  if (unknown.length > 0) return unknownFrom(key, unknown);
  return attempt(machine, key, () =>
    operatePlain(machine, operator, read(machine, a), read(machine, b)),
  );
}

/** What is computed from certain values, or unknown where Python would raise an exception. */
function plainResult(machine: Machine, key: () => string, compute: () => Value): Value {
  try {
    return compute();
  } catch (error) {
    if (error instanceof PythonError && !machine.raises) return unknownFrom(key, []);
    throw error;
  }
}

/** The methods that a class gives to operators. */
const operatorMethods: Readonly<Partial<Record<string, string>>> = {
  '+': '__add__',
  '-': '__sub__',
  '*': '__mul__',
  '/': '__truediv__',
};

function operatePlain(machine: Machine, operator: string, a: Plain, b: Plain): Value {
  const method = operatorMethods[operator];
  if (method !== undefined && isObject(a) && a.kind === 'instance') {
    return machine.call(attributeOf(machine, a, method), [b]);
  }
  const result = binary(operator, a, b);
  spend(machine, costOf(result));
  return result;
}

export function grouped(value: Value): string {
  const text = spelled(value);
  return /^[\w.'"[\]]*$/.test(text) ? text : `(${text})`;
}

export function unaryOf(machine: Machine, operator: string, value: Value): Value {
  if (operator === 'not') return fromTruth(negated(truthOf(machine, value)));
  const key = (): string => `${operator}${grouped(value)}`;
  if (isUncertain(value) && value.kind === 'unknown') return unknownFrom(key, [value]);
  return attempt(machine, key, () => unary(operator, read(machine, value)));
}

export function unknownAmong(values: readonly Value[]): readonly Unknown[] {
  return values.filter((value): value is Unknown => isUncertain(value) && value.kind === 'unknown');
}

const opposites: Readonly<Partial<Record<string, string>>> = {
  '!=': '==',
  'not in': 'in',
  'is not': 'is',
};

export function compareValues(machine: Machine, operator: string, a: Value, b: Value): Value {
  const key = (): string => `${grouped(a)} ${operator} ${grouped(b)}`;
  if (!isObject(a) && !isObject(b)) return plainResult(machine, key, () => compare(operator, a, b));
  const unknown = unknownAmong([a, b]);
  if (unknown.length > 0) {
    // What is not known here is there all the same.
    const isOptional = unknown.some(({ optional }) => optional);
    if (b === null && !isOptional) {
      if (operator === 'is' || operator === '==') return false;
      if (operator === 'is not' || operator === '!=') return true;
    }
    for (const { leaves } of unknown) for (const leaf of leaves) machine.journal.names.add(leaf);
    const opposite = opposites[operator];
    if (opposite === undefined) return unknownFrom(key, unknown);
    return unknownFrom(() => `not ${grouped(a)} ${opposite} ${grouped(b)}`, unknown);
  }
  return attempt(machine, key, () => {
    const [x, y] = [read(machine, a), read(machine, b)];
    // Whether something is in a list that holds what is not known, is not known either.
    if (operator.endsWith('in') && isObject(y) && (y.kind === 'list' || y.kind === 'tuple')) {
      const known = y.items.map((element) => read(machine, element));
      return compare(operator, x, list(known));
    }
    return compare(operator, x, y);
  });
}
