import {
  type BooleanExpression,
  type ComparisonExpression,
  type ConditionalExpression,
} from '../syntax/syntax.ts';
import { spelled } from '../values/keys.ts';
import { type Value, isUncertain } from '../values/value.ts';
import { unknownFrom } from './certainty.ts';
import { evaluate } from './evaluation.ts';
import { type Machine } from './machine.ts';
import { compareValues, grouped, unknownAmong } from './operations.ts';
import { type Scope } from './scope.ts';
import { choose, truthOf } from './truth.ts';

export function conditionalOf(
  machine: Machine,
  expression: ConditionalExpression,
  scope: Scope,
): Value {
  const truth = truthOf(machine, evaluate(machine, expression.test, scope));
  return choose(
    machine,
    truth,
    () => evaluate(machine, expression.then, scope),
    () => evaluate(machine, expression.otherwise, scope),
  );
}

export function booleanOf(machine: Machine, expression: BooleanExpression, scope: Scope): Value {
  const { operator } = expression;
  const left = evaluate(machine, expression.left, scope);
  const right = (): Value => evaluate(machine, expression.right, scope);
  const truth = truthOf(machine, left);
  if (typeof truth === 'boolean') return truth === (operator === 'or') ? left : right();
  const second = right();
  const isDefault = !isUncertain(second) && typeof second !== 'boolean';
  // `config.lr or 1e-3`: the default that the code gives.
  if (operator === 'or' && isUncertain(left) && left.kind === 'unknown' && isDefault) return second;
  const other = truthOf(machine, second);
  if (other === (operator === 'or')) return second;
  if (other === (operator === 'and')) return left;
  return unknownFrom(
    () => `${grouped(left)} ${operator} ${grouped(second)}`,
    unknownAmong([left, second]),
  );
}

/** `a < b`, or a chain of them: `a < b < c` is `a < b and b < c` with `b` evaluated once. */
export function comparisonOf(
  machine: Machine,
  { operands, operators }: ComparisonExpression,
  scope: Scope,
): Value {
  let [left, result]: [Value, Value] = [null, true];
  for (const [i, operand] of operands.entries()) {
    const right = evaluate(machine, operand, scope);
    const operator = operators[i - 1];
    if (operator !== undefined) {
      const compared = compareValues(machine, operator, left, right);
      result = i === 1 ? compared : both(machine, result, compared);
      if (i < operators.length && truthOf(machine, result) === false) return result;
    }
    left = right;
  }
  return result;
}

/** `a and b` of two comparisons, the first of which is not false. */
function both(machine: Machine, a: Value, b: Value): Value {
  if (truthOf(machine, a) === true) return b;
  // The truth of several elements is an error in Python, whatever comes after them.
  if (isUncertain(a) && truthOf(machine, b) === false) return b;
  return unknownFrom(() => `${spelled(a)} and ${spelled(b)}`, []);
}
