import { isTrue } from '../values/conversion.ts';
import { spelled } from '../values/keys.ts';
import { PythonError } from '../values/pythonError.ts';
import { type Value, isUncertain } from '../values/value.ts';
import { type Truth, conditionOf, decided, fork, under } from './forks.ts';
import { type Machine } from './machine.ts';

export function fromTruth(truth: Truth): Value {
  if (typeof truth === 'boolean') return truth;
  const { condition, holds } = truth;
  return { kind: 'unknown', key: holds ? condition : `not ${condition}`, leaves: [] };
}

/** Whether a value counts as true. What rests on assumptions is not decided by them. */
export function truthOf(machine: Machine, value: Value): Truth {
  if (!isUncertain(value)) {
    try {
      return isTrue(value);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      return decide(machine, spelled(value));
    }
  }
  switch (value.kind) {
    case 'unknown':
      for (const leaf of value.leaves) machine.journal.names.add(leaf);
      return decide(machine, value.key);
    case 'assumed':
      if (machine.deciding === 0) return decide(machine, value.key);
      machine.resting.push(...value.assumptions);
      return truthOf(machine, value.value);
    case 'fork': {
      const holds = decided(machine, value.condition);
      if (holds !== undefined) return truthOf(machine, holds ? value.then : value.otherwise);
      const [then, otherwise] = [value.then, value.otherwise].map((branch, i) =>
        under(machine, value.condition, i === 0, () => truthOf(machine, branch)),
      );
      if (then === otherwise && typeof then === 'boolean') return then;
      if (then === true && otherwise === false) return { condition: value.condition, holds: true };
      if (then === false && otherwise === true) return { condition: value.condition, holds: false };
      return decide(machine, spelled(value).slice(0, 200));
    }
  }
}

function decide(machine: Machine, key: string): Truth {
  const { condition, holds } = conditionOf(key);
  const known = decided(machine, condition);
  return known === undefined ? { condition, holds } : known === holds;
}

/** Follows one of two ways, or both where the test is not known. */
export function choose(
  machine: Machine,
  truth: Truth,
  then: () => Value,
  otherwise: () => Value,
): Value {
  if (typeof truth === 'boolean') return truth ? then() : otherwise();
  const { condition, holds } = truth;
  const first = under(machine, condition, holds, then);
  const second = under(machine, condition, !holds, otherwise);
  return holds ? fork(condition, first, second) : fork(condition, second, first);
}
