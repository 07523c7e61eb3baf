import { spelled } from '../values/keys.ts';
import { valuesIn } from '../values/iteration.ts';
import { isObject, isUncertain, type Value } from '../values/value.ts';
import type {
  Block,
  Expression,
  For,
  FunctionDefinition,
  If,
  Match,
  MatchClause,
  Statement,
  Try,
  While,
} from '../syntax/syntax.ts';
import { assign, setItem } from './assignment.ts';
import { attempt, fork, read, under, unknownFrom, type Truth } from './certainty.ts';
import { defineClass } from './classes.ts';
import {
  fallThrough,
  returned,
  sequence,
  valueOfCompletion,
  wayOn,
  type Completion,
} from './completion.ts';
import { evaluate, functionOf, operate, truthOf } from './evaluation.ts';
import { importModule, importNames } from './imports.ts';
import { matchesPattern } from './matching.ts';
import { spend, within, type Machine } from './machine.ts';
import { moduleScope, type Scope } from './scope.ts';

/** What a function's body returns. */
export function runBody(machine: Machine, body: Block, scope: Scope): Value {
  const value = valueOfCompletion(run(machine, body, scope));
  return value === undefined ? unknownFrom('raise', []) : value;
}

/** Runs the statements of a block. */
export function run(machine: Machine, block: Block, scope: Scope, from = 0): Completion {
  for (let i = from; i < block.length; i++) {
    const statement = block[i];
    if (!statement) break;
    const completion = execute(machine, statement, scope);
    if (completion === fallThrough || leadsTo(machine, block.slice(i + 1))) continue;
    const way = wayOn(completion);
    if (!way) return completion;
    // Some ways end here; what follows is only for the others.
    const rest = followed(machine, way, () => run(machine, block, scope, i + 1));
    return sequence(completion, rest);
  }
  return fallThrough;
}

/** Runs something where some conditions are decided. */
function followed<Result>(
  machine: Machine,
  decisions: readonly (readonly [condition: string, holds: boolean])[],
  f: () => Result,
): Result {
  const [first, ...others] = decisions;
  if (!first) return f();
  return under(machine, ...first, () => followed(machine, others, f));
}

function execute(machine: Machine, statement: Statement, scope: Scope): Completion {
  spend(machine);
  switch (statement.kind) {
    case 'assignment': {
      const { targets, value } = statement;
      if (!value) return fallThrough;
      const result = evaluate(machine, value, scope);
      for (const target of targets) assign(machine, target, result, scope, value);
      return fallThrough;
    }
    case 'update':
      update(machine, statement.target, statement.operator, statement.value, scope);
      return fallThrough;
    case 'expression':
      evaluate(machine, statement.value, scope);
      return fallThrough;
    case 'return':
      return returned(statement.value ? evaluate(machine, statement.value, scope) : null);
    case 'if':
      return runIf(machine, statement, scope);
    case 'for':
      return runLoop(machine, statement, scope, () => runFor(machine, statement, scope));
    case 'while':
      return runLoop(machine, statement, scope, () => runWhile(machine, statement, scope));
    case 'function':
      define(machine, statement, scope);
      return fallThrough;
    case 'class':
      defineClass(machine, statement, scope);
      return fallThrough;
    case 'import':
      for (const { module, alias } of statement.modules)
        importModule(machine, module, alias, scope);
      return fallThrough;
    case 'from':
      importNames(machine, statement, scope);
      return fallThrough;
    case 'with':
      for (const { value, target } of statement.items) {
        const entered = evaluate(machine, value, scope);
        if (target) assign(machine, target, entered, scope, value);
      }
      return run(machine, statement.body, scope);
    case 'try':
      return runTry(machine, statement, scope);
    case 'match':
      return runMatch(machine, statement, scope);
    case 'scope':
      for (const name of statement.names) {
        const home =
          statement.form === 'global' ? moduleScope(scope) : outerScope(scope.parent, name);
        if (home) scope.elsewhere.set(name, home);
      }
      return fallThrough;
    case 'raise':
    case 'break':
    case 'continue':
      return { kind: statement.kind };
    case 'pass':
      return fallThrough;
  }
}

function outerScope(scope: Scope | undefined, name: string): Scope | undefined {
  let outer = scope;
  while (outer && !outer.variables.has(name)) outer = outer.parent;
  return outer;
}

function update(
  machine: Machine,
  target: Expression,
  operator: string,
  valueExpression: Expression,
  scope: Scope,
): void {
  const value = evaluate(machine, valueExpression, scope);
  const before = evaluate(machine, target, scope);
  // A list stays the same list when it is added to.
  if (operator === '+' && isObject(before) && before.kind === 'list' && machine.path.size === 0) {
    attempt(
      machine,
      () => '+=',
      () => {
        before.items.push(...valuesIn(machine, read(machine, value)));
        return null;
      },
    );
    return;
  }
  if (
    operator === '|' &&
    isObject(before) &&
    before.kind === 'dict' &&
    isObject(value) &&
    value.kind === 'dict'
  ) {
    for (const [key, entry] of value.entries.values()) setItem(machine, before, key, entry);
    return;
  }
  assign(machine, target, operate(machine, operator, before, value), scope, valueExpression);
}

function define(machine: Machine, statement: FunctionDefinition, scope: Scope): void {
  const { name, decorators } = statement;
  const defined = functionOf(machine, name, statement, scope);
  let value: Value = defined;
  for (const decorator of decorators.toReversed()) {
    const result = machine.call(evaluate(machine, decorator, scope), [value]);
    // What a decorator does that is not known, matters to no schedule.
    if (!(isUncertain(result) && result.kind === 'unknown')) value = result;
  }
  scope.variables.set(name, value);
  machine.journal.define(machine, value, scope, defined);
}

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
  if (secondEnds) restore(scope.variables, after);
  else if (!firstEnds) merge(machine, scope.variables, after, condition, holds);
  if (first === fallThrough && second === fallThrough) return fallThrough;
  return holds
    ? { kind: 'fork', condition, then: first, otherwise: second }
    : { kind: 'fork', condition, then: second, otherwise: first };
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

function runIf(machine: Machine, statement: If, scope: Scope): Completion {
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
function leadsTo({ target, module, mainModule }: Machine, block: Block): boolean {
  if (!target || module !== mainModule) return false;
  return block.some(({ from, to }) => from <= target.from && target.to <= to);
}

/** `if __name__ == '__main__':`; type checkers' imports do no harm either. */
function isMainGuard(test: Expression): boolean {
  return (
    test.kind === 'comparison' &&
    test.operands.some((operand) => operand.kind === 'name' && operand.name === '__name__')
  );
}

/** What a loop may take: a loop that trains is not followed to its end. */
const loopBudget = 2500;

/** A loop with a budget of its own; where it runs out, what it assigns is not known. */
function runLoop(
  machine: Machine,
  statement: For | While,
  scope: Scope,
  loop: () => Completion,
): Completion {
  let completion: Completion = fallThrough;
  const ended = within(machine, loopBudget, () => {
    completion = loop();
  });
  if (ended) return completion;
  for (const name of namesAssignedIn(statement.body)) {
    scope.variables.set(name, unknownFrom(name, []));
  }
  return fallThrough;
}

function runFor(machine: Machine, statement: For, scope: Scope): Completion {
  const iterable = evaluate(machine, statement.iterable, scope);
  let values: readonly Value[] = [];
  const collected = attempt(
    machine,
    () => spelled(iterable),
    () => {
      values = rangeStart(machine, read(machine, iterable));
      return true;
    },
  );
  if (collected !== true && values.length === 0) {
    // Of what is not known, one round shows what is defined inside.
    values = [unknownFrom(() => `next(${spelled(iterable)})`, [])];
  }
  const isFutile = futility(machine, statement.body, scope);
  for (const value of values) {
    assign(machine, statement.target, value, scope, statement.iterable);
    const completion = run(machine, statement.body, scope);
    const way = leaving(completion);
    if (way === 'break') return fallThrough;
    if (way) return way;
    if (isFutile()) break;
  }
  return run(machine, statement.otherwise, scope);
}

const futileRounds = 3;

/**
 * Tells after each round of a loop whether a further one is of use: not where, as in a loop that
 * trains, nothing that it assigns is known and it defined nothing.
 */
function futility(machine: Machine, body: Block, scope: Scope): () => boolean {
  const names = namesAssignedIn(body);
  const { creations, optimizerCalls } = machine.journal;
  let rounds = 0;
  let made = creations.length + optimizerCalls.length;
  return () => {
    const before = made;
    made = creations.length + optimizerCalls.length;
    const isKnown = (name: string): boolean => {
      const value = scope.variables.get(name);
      return value !== undefined && !(isUncertain(value) && value.kind === 'unknown');
    };
    rounds = names.length === 0 || made > before || names.some(isKnown) ? 0 : rounds + 1;
    return rounds >= futileRounds;
  };
}

/** As many values as a loop can be followed for. */
function rangeStart(machine: Machine, iterable: Parameters<typeof valuesIn>[1]): readonly Value[] {
  if (isObject(iterable) && iterable.kind === 'range') {
    const { start, stop, step } = iterable;
    const last = start + step * BigInt(loopBudget);
    const isLong = step > 0n ? stop > last : stop < last;
    return valuesIn(machine, isLong ? { ...iterable, stop: last } : iterable);
  }
  return valuesIn(machine, iterable);
}

function runWhile(machine: Machine, statement: While, scope: Scope): Completion {
  const isFutile = futility(machine, statement.body, scope);
  for (;;) {
    spend(machine);
    const truth = truthOf(machine, evaluate(machine, statement.test, scope));
    if (truth === false) break;
    const completion = run(machine, statement.body, scope);
    const way = leaving(completion);
    if (way === 'break' || typeof truth !== 'boolean' || isFutile()) return fallThrough;
    if (way) return way;
  }
  return run(machine, statement.otherwise, scope);
}

/** How a round leaves its loop, if it does for certain. */
function leaving(completion: Completion): Completion | 'break' | undefined {
  switch (completion.kind) {
    case 'fallThrough':
    case 'continue':
      return undefined;
    case 'break':
      return 'break';
    case 'return':
    case 'raise':
      return completion;
    case 'fork': {
      const [then, otherwise] = [leaving(completion.then), leaving(completion.otherwise)];
      if (then === undefined || otherwise === undefined) return undefined;
      if (then === 'break' || otherwise === 'break') return 'break';
      return completion;
    }
  }
}

/** The names that a block binds, but for functions within it. */
function namesAssignedIn(block: Block): readonly string[] {
  return block.flatMap((statement) => {
    switch (statement.kind) {
      case 'assignment':
        return statement.targets.flatMap(namesOf);
      case 'update':
        return namesOf(statement.target);
      case 'for':
        return [...namesOf(statement.target), ...namesAssignedIn(statement.body)];
      case 'if':
        return [...namesAssignedIn(statement.body), ...namesAssignedIn(statement.otherwise)];
      case 'while':
      case 'with':
        return namesAssignedIn(statement.body);
      default:
        return [];
    }
  });
}

function namesOf(target: Expression): readonly string[] {
  if (target.kind === 'name') return [target.name];
  if (target.kind === 'tuple' || target.kind === 'list') return target.elements.flatMap(namesOf);
  return target.kind === 'starred' ? namesOf(target.value) : [];
}

function runTry(machine: Machine, statement: Try, scope: Scope): Completion {
  const tried = run(machine, statement.body, scope);
  const handled =
    tried.kind === 'raise' && statement.handlers[0]
      ? run(machine, statement.handlers[0], scope)
      : tried;
  const normal =
    handled === fallThrough && tried === fallThrough
      ? run(machine, statement.otherwise, scope)
      : handled;
  const last = run(machine, statement.finally, scope);
  return last === fallThrough ? normal : last;
}

function runMatch(machine: Machine, { subject, clauses }: Match, scope: Scope): Completion {
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
