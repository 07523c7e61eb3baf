import {
  type Block,
  type Chunk,
  type Expression,
  type FunctionDefinition,
  type Statement,
  type Try,
} from '../syntax/syntax.ts';
import { type Value, isObject, isUncertain } from '../values/value.ts';
import { assign, remove, setItem } from './assignment.ts';
import { leadsTo, runIf, runMatch } from './branches.ts';
import { unknownFrom } from './certainty.ts';
import { under } from './forks.ts';
import { defineClass } from './classes.ts';
import {
  type Completion,
  fallThrough,
  returned,
  sequence,
  valueOfCompletion,
  wayOn,
} from './completion.ts';
import { enteredValue } from './contexts.ts';
import { evaluate } from './evaluation.ts';
import { functionOf } from './functions.ts';
import { importModule, importNames } from './imports.ts';
import { runFor, runLoop, runWhile } from './loops.ts';
import { type Machine, siteOf, spend } from './machine.ts';
import { updateArray, updateList } from './inPlace.ts';
import { operate } from './operations.ts';
import { type Scope, moduleScope } from './scope.ts';

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
    if (completion === fallThrough || (machine.target && leadsTo(machine, block.slice(i + 1))))
      continue;
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
  if (statement.kind === 'chunk') return runChunk(machine, statement, scope);
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
        const entered = enteredValue(machine, evaluate(machine, value, scope));
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
    case 'delete':
      for (const target of statement.targets) remove(machine, target, scope);
      return fallThrough;
    case 'raise':
    case 'break':
    case 'continue':
      return { kind: statement.kind };
    case 'pass':
      return fallThrough;
  }
}

function runChunk(machine: Machine, { from, body }: Chunk, scope: Scope): Completion {
  const { origin } = machine;
  machine.origin = from;
  const completion = run(machine, body, scope);
  machine.origin = origin;
  return completion;
}

function outerScope(scope: Scope | undefined, name: string): Scope | undefined {
  let outer = scope;
  while (outer && !outer.variables.has(name)) outer = outer.parent;
  return outer;
}

export function update(
  machine: Machine,
  target: Expression,
  operator: string,
  valueExpression: Expression,
  scope: Scope,
): void {
  const value = evaluate(machine, valueExpression, scope);
  const before = evaluate(machine, target, scope);
  const name = (): string => machine.textAt(siteOf(machine, target));
  if (updateList(machine, operator, before, value)) return;
  if (
    operator === '|' &&
    isObject(before) &&
    before.kind === 'dict' &&
    isObject(value) &&
    value.kind === 'dict'
  ) {
    for (const [key, entry] of value.entries.values()) setItem(machine, before, key, entry, name);
    return;
  }
  const after = operate(machine, operator, before, value);
  // An array of NumPy stays the same array, for all that is bound to it.
  const isSame = updateArray(machine, before, after, name);
  assign(machine, target, isSame ? before : after, scope, valueExpression);
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
