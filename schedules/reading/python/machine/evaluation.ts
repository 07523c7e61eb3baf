import {
  type Expression,
  type SequenceExpression,
  type SubscriptExpression,
} from '../syntax/syntax.ts';
import { type Value, list, tuple } from '../values/value.ts';
import { assign } from './assignment.ts';
import { attributeOf } from './attributes.ts';
import { callOf } from './callExpressions.ts';
import { attempt } from './certainty.ts';
import { dictOf, formatOf, setOf, spreading } from './collections.ts';
import { comprehensionOf } from './comprehensions.ts';
import { booleanOf, comparisonOf, conditionalOf } from './conditions.ts';
import { functionOf } from './functions.ts';
import { type Machine, deepest, spend, stopped, unknownName } from './machine.ts';
import { operate, unaryOf } from './operations.ts';
import { settable } from './paths.ts';
import { type Scope, findName } from './scope.ts';
import { item } from './subscripts.ts';

/** The value of an expression. It never throws but for what bounds the interpretation. */
export function evaluate(machine: Machine, expression: Expression, scope: Scope): Value {
  spend(machine);
  if (++machine.depth > deepest) throw stopped;
  const value = valueOf(machine, expression, scope);
  // Whoever catches an error sets the depth to its own.
  machine.depth--;
  return value;
}

function valueOf(machine: Machine, expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name': {
      const value = findName(scope, expression.name);
      return value === undefined ? builtin(machine, expression.name) : value;
    }
    case 'format':
      return formatOf(machine, expression.parts, scope);
    case 'list':
      return spreading(machine, expression.elements, scope, list);
    case 'tuple':
      return spreading(machine, expression.elements, scope, tuple);
    case 'set':
      return setDisplayOf(machine, expression, scope);
    case 'dict':
      return dictOf(machine, expression.entries, scope);
    case 'comprehension':
      return comprehensionOf(machine, expression, scope);
    case 'unary':
      return unaryOf(machine, expression.operator, evaluate(machine, expression.operand, scope));
    case 'binary':
      return operate(
        machine,
        expression.operator,
        evaluate(machine, expression.left, scope),
        evaluate(machine, expression.right, scope),
      );
    case 'boolean':
      return booleanOf(machine, expression, scope);
    case 'comparison':
      return comparisonOf(machine, expression, scope);
    case 'conditional':
      return conditionalOf(machine, expression, scope);
    case 'lambda':
      return functionOf(machine, 'lambda', expression, scope);
    case 'call':
      return callOf(machine, expression, scope);
    case 'attribute': {
      const object = evaluate(machine, expression.object, scope);
      const value = attributeOf(machine, object, expression.name);
      return settable(machine, expression, value, object);
    }
    case 'subscript':
      return subscriptOf(machine, expression, scope);
    case 'slice':
      return {
        kind: 'slice',
        start: expression.start ? evaluate(machine, expression.start, scope) : null,
        stop: expression.stop ? evaluate(machine, expression.stop, scope) : null,
        step: expression.step ? evaluate(machine, expression.step, scope) : null,
      };
    case 'named': {
      const value = evaluate(machine, expression.value, scope);
      assign(machine, { ...expression, kind: 'name' }, value, scope, expression.value);
      return value;
    }
    case 'starred':
      return evaluate(machine, expression.value, scope);
    case 'yield': {
      const value = expression.value ? evaluate(machine, expression.value, scope) : null;
      machine.frame.yielded?.push(value);
      return { kind: 'unknown', key: 'yield', leaves: [] };
    }
    case 'unreadable':
      return { kind: 'unknown', key: '...', leaves: [] };
  }
}

/** `{a, b}` */
function setDisplayOf(machine: Machine, { elements }: SequenceExpression, scope: Scope): Value {
  return spreading(machine, elements, scope, (items) =>
    attempt(
      machine,
      () => 'set',
      () => setOf(machine, items),
    ),
  );
}

function builtin(machine: Machine, name: string): Value {
  return machine.builtins.get(name) ?? unknownName(machine, name);
}

function subscriptOf(machine: Machine, expression: SubscriptExpression, scope: Scope): Value {
  const object = evaluate(machine, expression.object, scope);
  const index = evaluate(machine, expression.index, scope);
  return settable(machine, expression, item(machine, object, index), object);
}
