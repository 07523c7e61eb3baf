import { type CallExpression } from '../syntax/syntax.ts';
import { valuesIn } from '../values/iteration.ts';
import { spelled } from '../values/keys.ts';
import { PythonError } from '../values/pythonError.ts';
import { type Unknown, type Value, isObject, isUncertain } from '../values/value.ts';
import { callValue } from './calls.ts';
import { alternatives } from './forks.ts';
import { evaluate } from './evaluation.ts';
import { type Machine, siteOf } from './machine.ts';
import { type Scope } from './scope.ts';

export function callOf(machine: Machine, expression: CallExpression, scope: Scope): Value {
  const callee = evaluate(machine, expression.callee, scope);
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let rest: Unknown | undefined;
  for (const { name, spread, value: source } of expression.args) {
    const value = evaluate(machine, source, scope);
    if (name !== undefined) {
      keywords.set(name, value);
      machine.journal.hint(value, name);
    } else if (spread === '') {
      positional.push(value);
    } else {
      rest = spreadArguments(machine, spread, value, positional, keywords) ?? rest;
    }
  }
  // Written out, for objects that are spread take several times as long to make.
  const { module, from, to } = siteOf(machine, expression);
  const { origin } = machine;
  const site = { module, from, to, args: expression.args, origin, given: 0, scope };
  const args = rest ? { positional, keywords, site, rest } : { positional, keywords, site };
  return callValue(machine, callee, args);
}

/** Adds what `*value` or `**value` holds; gives the value back where that is not known. */
function spreadArguments(
  machine: Machine,
  spread: '*' | '**',
  value: Value,
  positional: Value[],
  keywords: Map<string, Value>,
): Unknown | undefined {
  const [first] = alternatives(value);
  const plain = first?.value ?? null;
  if (!isUncertain(plain)) {
    if (spread === '**') {
      if (isObject(plain) && plain.kind === 'dict') {
        for (const [name, entry] of plain.entries.values())
          if (typeof name === 'string') keywords.set(name, entry);
        return undefined;
      }
    } else {
      try {
        positional.push(...valuesIn(machine, plain));
        return undefined;
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
      }
    }
  }
  return isUncertain(plain) ? plain : { kind: 'unknown', key: spelled(value), leaves: [] };
}
