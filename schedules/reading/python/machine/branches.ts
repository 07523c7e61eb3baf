import {
  type Block,
  type Expression,
  type If,
  type Match,
  type MatchClause,
} from '../syntax/syntax.ts';
import { type Value } from '../values/value.ts';
import { type Truth, fork, under } from './forks.ts';
import { type Completion, fallThrough, wayOn } from './completion.ts';
import { evaluate } from './evaluation.ts';
import { run } from './execution.ts';
import { type Machine, siteOf, spend } from './machine.ts';
import { matchesPattern } from './matching.ts';
import { type Scope } from './scope.ts';
import { truthOf } from './truth.ts';

/** Runs both ways of an `if` whose test is not known, each with the names as they were before. */
export function both(
  machine: Machine,
  { condition, holds }: Exclude<Truth, boolean>,
  scope: Scope,
  then: () => Completion,
  otherwise: () => Completion,
): Completion {
  const before = new Map(scope.variables);
  const first = under(machine, condition, holds, then);
  const after = new Map(scope.variables);
  restore(scope.variables, before);
  const second = under(machine, condition, !holds, otherwise);
  const secondEnds = second.kind !== 'fallThrough' && !wayOn(second);
  const firstEnds = first.kind !== 'fallThrough' && !wayOn(first);
  // A function that is made on a way that ends here may still need the names of that way.
  const ended = secondEnds ? new Map(scope.variables) : after;
  if (secondEnds) restore(scope.variables, after);
  if (secondEnds || firstEnds) addMissing(scope.variables, ended);
  else merge(machine, scope.variables, after, condition, holds);
  if (first === fallThrough && second === fallThrough) return fallThrough;
  return holds
    ? { kind: 'fork', condition, then: first, otherwise: second }
    : { kind: 'fork', condition, then: second, otherwise: first };
}

function addMissing(variables: Map<string, Value>, others: ReadonlyMap<string, Value>): void {
  for (const [name, value] of others) if (!variables.has(name)) variables.set(name, value);
}

function restore(variables: Map<string, Value>, to: ReadonlyMap<string, Value>): void {
  variables.clear();
  for (const [name, value] of to) variables.set(name, value);
}

/** Names that differ have one value if the condition holds, and another if not. */
function merge(
  machine: Machine,
  second: Map<string, Value>,
  first: ReadonlyMap<string, Value>,
  condition: string,
  holds: boolean,
): void {
  for (const name of new Set([...first.keys(), ...second.keys()])) {
    const [a, b] = [first.get(name), second.get(name)];
    if (a === b) continue;
    spend(machine);
    // What is bound on one way only is not asked for on the other.
    const value =
      a === undefined || b === undefined
        ? a === undefined
          ? (b ?? null)
          : a
        : holds
          ? fork(condition, a, b)
          : fork(condition, b, a);
    second.set(name, value);
  }
}

export function runIf(machine: Machine, statement: If, scope: Scope): Completion {
  const { test, body, otherwise } = statement;
  if (isMainGuard(test))
    return run(machine, machine.module === machine.mainModule ? body : otherwise, scope);
  const truth = leadsTo(machine, body)
    ? true
    : leadsTo(machine, otherwise)
      ? false
      : truthOf(machine, evaluate(machine, test, scope));
  if (typeof truth === 'boolean') return run(machine, truth ? body : otherwise, scope);
  return both(
    machine,
    truth,
    scope,
    () => run(machine, body, scope),
    () => run(machine, otherwise, scope),
  );
}

/** Whether the place that is to be reached is in a block. */
export function leadsTo(machine: Machine, block: Block): boolean {
  const { target, module, mainModule } = machine;
  if (!target || module !== mainModule) return false;
  return block.some((statement) => {
    const { from, to } = siteOf(machine, statement);
    return from <= target.from && target.to <= to;
  });
}

/** `if __name__ == '__main__':`; type checkers' imports do no harm either. */
function isMainGuard(test: Expression): boolean {
  return (
    test.kind === 'comparison' &&
    test.operands.some((operand) => operand.kind === 'name' && operand.name === '__name__')
  );
}

export function runMatch(machine: Machine, { subject, clauses }: Match, scope: Scope): Completion {
  const value = evaluate(machine, subject, scope);
  const from = (i: number): Completion => {
    const clause = clauses[i];
    if (!clause) return fallThrough;
    if (clauses.some(({ body }) => leadsTo(machine, body)))
      return leadsTo(machine, clause.body) ? run(machine, clause.body, scope) : from(i + 1);
    const truth = matchesClause(machine, clause, value, scope);
    const body = (): Completion => run(machine, clause.body, scope);
    if (typeof truth === 'boolean') return truth ? body() : from(i + 1);
    return both(machine, truth, scope, body, () => from(i + 1));
  };
  return from(0);
}

function matchesClause(
  machine: Machine,
  { pattern, guard }: MatchClause,
  value: Value,
  scope: Scope,
): Truth {
  const matches = matchesPattern(machine, pattern, value, scope);
  if (matches !== true || !guard) return matches;
  return truthOf(machine, evaluate(machine, guard, scope));
}
