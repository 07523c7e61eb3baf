import { isObject, isUncertain, type Value } from '../values/value.ts';
import type { Pattern } from '../syntax/syntax.ts';
import { keyOf } from '../values/keys.ts';
import { compareValues } from './operations.ts';
import { evaluate } from './evaluation.ts';
import { truthOf } from './truth.ts';
import { unknownFrom } from './certainty.ts';
import { type Truth } from './forks.ts';
import type { Machine } from './machine.ts';
import type { Scope } from './scope.ts';

/** Whether a pattern matches a value; binds the names that it captures. */
export function matchesPattern(
  machine: Machine,
  pattern: Pattern,
  value: Value,
  scope: Scope,
): Truth {
  switch (pattern.kind) {
    case 'value': {
      const expected = evaluate(machine, pattern.value, scope);
      return truthOf(machine, compareValues(machine, '==', value, expected));
    }
    case 'capture':
      if (pattern.name !== '_') scope.variables.set(pattern.name, value);
      return true;
    case 'or':
      return anyOf(pattern.patterns.map((one) => matchesPattern(machine, one, value, scope)));
    case 'as': {
      scope.variables.set(pattern.name, value);
      return matchesPattern(machine, pattern.pattern, value, scope);
    }
    case 'sequence': {
      if (isUncertain(value)) return notKnown(machine, value);
      if (!isObject(value) || (value.kind !== 'list' && value.kind !== 'tuple')) return false;
      const { items } = value;
      if (items.length !== pattern.patterns.length) return false;
      return allOf(
        pattern.patterns.map((one, i) => matchesPattern(machine, one, items[i] ?? null, scope)),
      );
    }
    case 'mapping': {
      if (isUncertain(value)) return notKnown(machine, value);
      if (!isObject(value) || value.kind !== 'dict') return false;
      return allOf(
        pattern.entries.map(([key, one]) => {
          const wanted = evaluate(machine, key, scope);
          const entry = isUncertain(wanted) ? undefined : value.entries.get(keyOf(wanted));
          return entry ? matchesPattern(machine, one, entry[1], scope) : false;
        }),
      );
    }
    case 'unknown':
      for (const name of pattern.names) scope.variables.set(name, unknownFrom(name, []));
      return { condition: `match ${machine.frame.module}`, holds: true };
  }
}

function notKnown(machine: Machine, value: Value): Truth {
  return truthOf(
    machine,
    unknownFrom(
      `match ${String(machine.remaining)}`,
      isUncertain(value) && value.kind === 'unknown' ? [value] : [],
    ),
  );
}

function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes(true)) return true;
  return truths.find((truth) => truth !== false) ?? false;
}

function allOf(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.find((truth) => truth !== true) ?? true;
}
