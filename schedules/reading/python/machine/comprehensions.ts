import { type Comprehension } from '../syntax/syntax.ts';
import { valuesIn } from '../values/iteration.ts';
import { keyOf } from '../values/keys.ts';
import { sized } from '../values/operators.ts';
import { type Unknown, type Value, isUncertain, list } from '../values/value.ts';
import { assign } from './assignment.ts';
import { attempt, read, unknownFrom } from './certainty.ts';
import { setOf } from './collections.ts';
import { evaluate } from './evaluation.ts';
import { type Machine, siteOf, spend, within } from './machine.ts';
import { type Scope, newScope } from './scope.ts';
import { truthOf } from './truth.ts';

/** What a comprehension may take. */
const comprehensionBudget = 10_000;

export function comprehensionOf(machine: Machine, expression: Comprehension, scope: Scope): Value {
  const inner = newScope('function', scope);
  const { clauses, form } = expression;
  const found: (readonly [Value, Value])[] = [];
  const unknown: Unknown[] = [];
  const follow = (i: number): void => {
    const clause = clauses[i];
    if (!clause) {
      spend(machine);
      const key = evaluate(machine, expression.element, inner);
      found.push([key, expression.value ? evaluate(machine, expression.value, inner) : null]);
    } else if (clause.kind === 'if') {
      const truth = truthOf(machine, evaluate(machine, clause.test, inner));
      if (truth !== false) follow(i + 1);
    } else {
      const iterable = evaluate(machine, clause.iterable, i === 0 ? scope : inner);
      if (isUncertain(iterable) && iterable.kind === 'unknown') {
        unknown.push(iterable);
        return;
      }
      for (const value of valuesIn(machine, read(machine, iterable))) {
        assign(machine, clause.target, value, inner, clause.iterable);
        follow(i + 1);
      }
    }
  };
  const site = siteOf(machine, expression);
  const key = (): string => `[${machine.textAt(site)}]`;
  return attempt(machine, key, () => {
    found.length = 0;
    // A list of the rates of all steps, to be plotted, is not needed.
    const isWhole = within(machine, comprehensionBudget, () => {
      follow(0);
    });
    if (!isWhole) return unknownFrom(key, []);
    if (unknown.length > 0) return unknownFrom(key, unknown);
    const first = found.map(([value]) => value);
    switch (form) {
      case 'list':
      case 'generator':
        return list(sized(first));
      case 'set':
        return setOf(machine, first);
      case 'dict': {
        const entries = found.map(([k, v]) => [read(machine, k), v] as const);
        return { kind: 'dict', entries: new Map(entries.map((entry) => [keyOf(entry[0]), entry])) };
      }
    }
  });
}
