import type { Expression } from '../syntax/syntax.ts';
import { parseExpression } from '../syntax/parsing.ts';
import type { Value } from '../values/value.ts';
import { findName, type Scope } from './scope.ts';
import type { Machine } from './machine.ts';
import { attributeOf } from './attributes.ts';

/** The class that an annotation names, as `Config`, `"Config"` or `configs.Config`. */
export function evaluateAnnotation(
  machine: Machine,
  annotation: Expression,
  scope: Scope,
): Value | undefined {
  switch (annotation.kind) {
    case 'name':
      return findName(scope, annotation.name);
    case 'attribute': {
      const object = evaluateAnnotation(machine, annotation.object, scope);
      return object === undefined ? undefined : attributeOf(machine, object, annotation.name);
    }
    case 'literal': {
      const quoted =
        typeof annotation.value === 'string' ? parseExpression(annotation.value) : undefined;
      return quoted?.kind === 'name' ? findName(scope, quoted.name) : undefined;
    }
    default:
      return undefined;
  }
}
