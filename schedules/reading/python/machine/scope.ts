import type { LiteralExpression } from '../syntax/syntax.ts';
import type { Value } from '../values/value.ts';
import type { Site } from './journal.ts';

/** Where names are bound: a module, a class body, or a call of a function. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  readonly variables: Map<string, Value>;
  /** Names from other modules, which are only read where they are needed. */
  readonly imports: Map<string, () => Value | undefined>;
  readonly parent: Scope | undefined;
  /** Names that `global` or `nonlocal` give to an outer scope. */
  readonly elsewhere: Map<string, Scope>;
  /** Of names that were bound once, to a literal. */
  literals?: Map<string, WrittenLiteral>;
}

/** A literal, and where it stands. */
export interface WrittenLiteral {
  readonly value: LiteralExpression['value'];
  readonly site: Site;
}

export function newScope(kind: Scope['kind'], parent?: Scope): Scope {
  return { kind, variables: new Map(), imports: new Map(), parent, elsewhere: new Map() };
}

/** Notes what a name is about to be bound to, if that is a literal. */
export function noteLiteral(scope: Scope, name: string, literal: WrittenLiteral | undefined): void {
  if (literal && !scope.variables.has(name)) (scope.literals ??= new Map()).set(name, literal);
  else scope.literals?.delete(name);
}

/** The literal that a name stands for, where it was bound only once. */
export function literalOf(scope: Scope, name: string): WrittenLiteral | undefined {
  for (let home: Scope | undefined = scope; home; home = home.parent) {
    if (home.kind === 'class' && home !== scope) continue;
    if (home.variables.has(name) || home.imports.has(name)) return home.literals?.get(name);
  }
  return undefined;
}

/** The value of a name as Python finds it; undefined where it is not bound. */
export function findName(scope: Scope, name: string): Value | undefined {
  const own = ownName(scope, name);
  if (own !== undefined) return own;
  for (let outer = scope.parent; outer; outer = outer.parent) {
    // A function does not see the names of the class around it.
    if (outer.kind === 'class') continue;
    const value = ownName(outer, name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The value of a name that is bound in a scope itself. */
export function ownName({ variables, imports }: Scope, name: string): Value | undefined {
  const value = variables.get(name);
  if (value !== undefined) return value;
  const read = imports.get(name);
  if (!read) return undefined;
  // Modules may import one another: what is being looked for is not there yet.
  imports.delete(name);
  const imported = read();
  if (imported !== undefined) {
    variables.set(name, imported);
    // Where both ways of an `if` are followed, the second one does not see what the first bound.
    imports.set(name, () => imported);
  }
  return imported;
}

export function moduleScope(scope: Scope): Scope {
  let outer = scope;
  while (outer.parent) outer = outer.parent;
  return outer;
}
