import { type Block, type Expression, type For, type While } from '../syntax/syntax.ts';
import { valuesIn } from '../values/iteration.ts';
import { spelled } from '../values/keys.ts';
import { type Value, isObject, isUncertain } from '../values/value.ts';
import { assign } from './assignment.ts';
import { attempt, read, unknownFrom } from './certainty.ts';
import { changedIn } from './changedIn.ts';
import { forget } from './changes.ts';
import { type Completion, fallThrough } from './completion.ts';
import { evaluate } from './evaluation.ts';
import { run } from './execution.ts';
import { alternatives } from './forks.ts';
import { type Machine, spend, within } from './machine.ts';
import { pathOf } from './paths.ts';
import { type Scope } from './scope.ts';
import { truthOf } from './truth.ts';

/** What a loop may take: a loop that trains is not followed to its end. */
const loopBudget = 2500;

/** A loop with a budget of its own; where it runs out, what it assigns is not known. */
export function runLoop(
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
  forgetChanges(machine, statement.body, scope);
  for (const name of namesAssignedIn(statement.body)) {
    scope.variables.set(name, unknownFrom(name, []));
  }
  return fallThrough;
}

export function runFor(machine: Machine, statement: For, scope: Scope): Completion {
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
    machine.journal.isLooping = true;
    assign(machine, statement.target, value, scope, statement.iterable);
    machine.journal.isLooping = false;
    const completion = run(machine, statement.body, scope);
    const way = leaving(completion);
    if (way === 'break') return fallThrough;
    if (way) return way;
    if (isFutile()) {
      forgetChanges(machine, statement.body, scope);
      break;
    }
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
    const isKnown = names.some((name) => knowsAnything(scope.variables.get(name)));
    rounds = names.length === 0 || made > before || isKnown ? 0 : rounds + 1;
    return rounds >= futileRounds;
  };
}

/** Of a list such as the losses of an epoch, whether anything in it is known. */
function knowsAnything(value: Value | undefined): boolean {
  if (value === undefined || !isObject(value)) return value !== undefined;
  if (value.kind === 'unknown') return false;
  return value.kind !== 'list' || value.items.length === 0 || value.items.some(knowsAnything);
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

export function runWhile(machine: Machine, statement: While, scope: Scope): Completion {
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

/** What a loop changes in place that was left before its end is not known. */
function forgetChanges(machine: Machine, body: Block, scope: Scope): void {
  for (const changed of changedIn(body)) {
    const name = pathOf(changed);
    if (name === undefined) continue;
    for (const { value } of alternatives(evaluate(machine, changed, scope)))
      if (!isUncertain(value)) forget(value, [], name);
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
