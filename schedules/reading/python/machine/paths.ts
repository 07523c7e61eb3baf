import { type Expression } from '../syntax/syntax.ts';
import { spelled } from '../values/keys.ts';
import { type Value, isObject, isUncertain } from '../values/value.ts';
import { type Machine } from './machine.ts';

/** A value that can be set from outside, under the text that it is read by: `config.lr`. */
export function settable(
  machine: Machine,
  expression: Expression,
  value: Value,
  object: Value,
): Value {
  const isData =
    isUncertain(object) ||
    (isObject(object) && ['instance', 'dict', 'class'].includes(object.kind));
  // Lists and functions are not set from outside.
  const isSettable = !isObject(value) || value.kind === 'assumed';
  if (!isData || (!isSettable && machine.settings.size === 0)) return value;
  const text = pathOf(expression);
  if (text === undefined) return value;
  const given = machine.settings.get(text);
  if (isSettable || given !== undefined) machine.journal.names.add(text);
  return given === undefined ? value : given;
}

/** `config.optimizer["lr"]` of an expression that is such a path. */
export function pathOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'attribute': {
      const object = pathOf(expression.object);
      return object === undefined ? undefined : `${object}.${expression.name}`;
    }
    case 'subscript': {
      const object = pathOf(expression.object);
      const { index } = expression;
      if (object === undefined || index.kind !== 'literal') return undefined;
      return `${object}[${typeof index.value === 'string' ? JSON.stringify(index.value) : spelled(index.value)}]`;
    }
    default:
      return undefined;
  }
}
