import { type FunctionDefinition, type LambdaExpression } from '../syntax/syntax.ts';
import { type InterpretedFunction, type Value } from '../values/value.ts';
import { evaluate } from './evaluation.ts';
import { type Machine, siteOf } from './machine.ts';
import { type Scope } from './scope.ts';

/** A function made of a lambda, or of a `def`. */
export function functionOf(
  machine: Machine,
  name: string,
  definition: LambdaExpression | FunctionDefinition,
  scope: Scope,
): InterpretedFunction {
  const { parameters } = definition;
  const defaults = new Map<string, Value>();
  for (const parameter of parameters) {
    if (parameter.default)
      defaults.set(parameter.name, evaluate(machine, parameter.default, scope));
  }
  const { module, origin } = machine;
  return {
    kind: 'function',
    name,
    parameters,
    defaults,
    definition,
    scope,
    span: siteOf(machine, definition),
    module,
    origin,
  };
}
