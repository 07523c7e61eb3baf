import { isTrue } from '../values/conversion.ts';
import { formatted } from '../values/formatting.ts';
import { keyOf, spelled } from '../values/keys.ts';
import { binary, compare, sized, unary } from '../values/operators.ts';
import { PythonError } from '../values/pythonError.ts';
import { valuesIn } from '../values/iteration.ts';
import {
  isObject,
  isUncertain,
  list,
  tuple,
  type InterpretedFunction,
  type Plain,
  type SetOfValues,
  type Unknown,
  type Value,
} from '../values/value.ts';
import type {
  BooleanExpression,
  CallExpression,
  ComparisonExpression,
  Comprehension,
  ConditionalExpression,
  Expression,
  FunctionDefinition,
  LambdaExpression,
  SubscriptExpression,
} from '../syntax/syntax.ts';
import { costOf } from '../libraries/numpyFunction.ts';
import { attributeOf } from './attributes.ts';
import { assign } from './assignment.ts';
import { callValue } from './calls.ts';
import {
  alternatives,
  attempt,
  conditionOf,
  decided,
  fork,
  negated,
  read,
  under,
  unknownFrom,
  type Truth,
} from './certainty.ts';
import { deepest, spend, Stopped, unknownName, within, type Machine } from './machine.ts';
import { findName, newScope, type Scope } from './scope.ts';
import { item } from './subscripts.ts';

/** The value of an expression. It never throws but for what bounds the interpretation. */
export function evaluate(machine: Machine, expression: Expression, scope: Scope): Value {
  spend(machine);
  if (++machine.depth > deepest) throw new Stopped('depth');
  const value = valueOf(machine, expression, scope);
  // Whoever catches an error sets the depth to its own.
  machine.depth--;
  return value;
}

function valueOf(machine: Machine, expression: Expression, scope: Scope): Value {
  const of = (inner: Expression): Value => evaluate(machine, inner, scope);
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
      return spreading(machine, expression.elements, scope, (items) =>
        attempt(
          machine,
          () => 'set',
          () => setOf(machine, items),
        ),
      );
    case 'dict':
      return dictOf(machine, expression.entries, scope);
    case 'comprehension':
      return comprehensionOf(machine, expression, scope);
    case 'unary':
      return unaryOf(machine, expression.operator, of(expression.operand));
    case 'binary':
      return operate(machine, expression.operator, of(expression.left), of(expression.right));
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
      const object = of(expression.object);
      const value = attributeOf(machine, object, expression.name);
      return settable(machine, expression, value, object);
    }
    case 'subscript':
      return subscriptOf(machine, expression, scope);
    case 'slice':
      return {
        kind: 'slice',
        start: expression.start ? of(expression.start) : null,
        stop: expression.stop ? of(expression.stop) : null,
        step: expression.step ? of(expression.step) : null,
      };
    case 'named': {
      const value = of(expression.value);
      assign(machine, { ...expression, kind: 'name' }, value, scope, expression.value);
      return value;
    }
    case 'starred':
      return of(expression.value);
    case 'yield': {
      const value = expression.value ? of(expression.value) : null;
      machine.frame.yielded?.push(value);
      return { kind: 'unknown', key: 'yield', leaves: [] };
    }
    case 'unreadable':
      return { kind: 'unknown', key: '...', leaves: [] };
  }
}

function builtin(machine: Machine, name: string): Value {
  return machine.builtins.get(name) ?? unknownName(machine, name);
}

/** A value that can be set from outside, under the text that it is read by: `config.lr`. */
function settable(machine: Machine, expression: Expression, value: Value, object: Value): Value {
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
function pathOf(expression: Expression): string | undefined {
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

function subscriptOf(machine: Machine, expression: SubscriptExpression, scope: Scope): Value {
  const object = evaluate(machine, expression.object, scope);
  const index = evaluate(machine, expression.index, scope);
  return settable(machine, expression, item(machine, object, index), object);
}

/** `a + b` of any values. */
export function operate(machine: Machine, operator: string, a: Value, b: Value): Value {
  const key = (): string => `${grouped(a)} ${operator} ${grouped(b)}`;
  if (!isObject(a) && !isObject(b)) return plainResult(machine, key, () => binary(operator, a, b));
  const unknown = unknownAmong([a, b]);
  if (unknown.length > 0) return unknownFrom(key, unknown);
  return attempt(machine, key, () =>
    operatePlain(machine, operator, read(machine, a), read(machine, b)),
  );
}

/** What is computed from certain values, or unknown where Python would raise an exception. */
function plainResult(machine: Machine, key: () => string, compute: () => Value): Value {
  try {
    return compute();
  } catch (error) {
    if (error instanceof PythonError && !machine.raises) return unknownFrom(key, []);
    throw error;
  }
}

/** The methods that a class gives to operators. */
const operatorMethods: Readonly<Partial<Record<string, string>>> = {
  '+': '__add__',
  '-': '__sub__',
  '*': '__mul__',
  '/': '__truediv__',
};

function operatePlain(machine: Machine, operator: string, a: Plain, b: Plain): Value {
  const method = operatorMethods[operator];
  if (method !== undefined && isObject(a) && a.kind === 'instance') {
    return machine.call(attributeOf(machine, a, method), [b]);
  }
  const result = binary(operator, a, b);
  spend(machine, costOf(result));
  return result;
}

function grouped(value: Value): string {
  const text = spelled(value);
  return /^[\w.'"[\]]*$/.test(text) ? text : `(${text})`;
}

function unaryOf(machine: Machine, operator: string, value: Value): Value {
  if (operator === 'not') return fromTruth(negated(truthOf(machine, value)));
  const key = (): string => `${operator}${grouped(value)}`;
  if (isUncertain(value) && value.kind === 'unknown') return unknownFrom(key, [value]);
  return attempt(machine, key, () => unary(operator, read(machine, value)));
}

export function unknownAmong(values: readonly Value[]): readonly Unknown[] {
  return values.filter((value): value is Unknown => isUncertain(value) && value.kind === 'unknown');
}

function fromTruth(truth: Truth): Value {
  if (typeof truth === 'boolean') return truth;
  const { condition, holds } = truth;
  return { kind: 'unknown', key: holds ? condition : `not ${condition}`, leaves: [] };
}

/** Whether a value counts as true. What rests on assumptions is not decided by them. */
export function truthOf(machine: Machine, value: Value): Truth {
  if (!isUncertain(value)) {
    try {
      return isTrue(value);
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      return decide(machine, spelled(value));
    }
  }
  switch (value.kind) {
    case 'unknown':
      for (const leaf of value.leaves) machine.journal.names.add(leaf);
      return decide(machine, value.key);
    case 'assumed':
      if (machine.deciding === 0) return decide(machine, value.key);
      machine.resting.push(...value.assumptions);
      return truthOf(machine, value.value);
    case 'fork': {
      const holds = decided(machine, value.condition);
      if (holds !== undefined) return truthOf(machine, holds ? value.then : value.otherwise);
      const [then, otherwise] = [value.then, value.otherwise].map((branch, i) =>
        under(machine, value.condition, i === 0, () => truthOf(machine, branch)),
      );
      if (then === otherwise && typeof then === 'boolean') return then;
      if (then === true && otherwise === false) return { condition: value.condition, holds: true };
      if (then === false && otherwise === true) return { condition: value.condition, holds: false };
      return decide(machine, spelled(value).slice(0, 200));
    }
  }
}

function decide(machine: Machine, key: string): Truth {
  const { condition, holds } = conditionOf(key);
  const known = decided(machine, condition);
  return known === undefined ? { condition, holds } : known === holds;
}

/** Follows one of two ways, or both where the test is not known. */
export function choose(
  machine: Machine,
  truth: Truth,
  then: () => Value,
  otherwise: () => Value,
): Value {
  if (typeof truth === 'boolean') return truth ? then() : otherwise();
  const { condition, holds } = truth;
  const first = under(machine, condition, holds, then);
  const second = under(machine, condition, !holds, otherwise);
  return holds ? fork(condition, first, second) : fork(condition, second, first);
}

function conditionalOf(machine: Machine, expression: ConditionalExpression, scope: Scope): Value {
  const truth = truthOf(machine, evaluate(machine, expression.test, scope));
  return choose(
    machine,
    truth,
    () => evaluate(machine, expression.then, scope),
    () => evaluate(machine, expression.otherwise, scope),
  );
}

function booleanOf(machine: Machine, expression: BooleanExpression, scope: Scope): Value {
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

function comparisonOf(machine: Machine, expression: ComparisonExpression, scope: Scope): Value {
  const { operands, operators } = expression;
  let [left, result]: [Value, Value] = [null, true];
  for (const [i, operand] of operands.entries()) {
    const right = evaluate(machine, operand, scope);
    const operator = operators[i - 1];
    if (operator !== undefined) {
      const compared = compareValues(machine, operator, left, right);
      const truth = truthOfComparison(machine, compared);
      if (truth === false) return compared;
      if (result === true) result = compared;
      else if (truth !== true) result = conjunction(result, compared);
    }
    left = right;
  }
  return result;
}

function truthOfComparison(machine: Machine, value: Value): Truth | undefined {
  return isUncertain(value) || typeof value === 'boolean' ? truthOf(machine, value) : undefined;
}

function conjunction(a: Value, b: Value): Value {
  return unknownFrom(() => `${spelled(a)} and ${spelled(b)}`, []);
}

const opposites: Readonly<Partial<Record<string, string>>> = {
  '!=': '==',
  'not in': 'in',
  'is not': 'is',
};

export function compareValues(machine: Machine, operator: string, a: Value, b: Value): Value {
  const key = (): string => `${grouped(a)} ${operator} ${grouped(b)}`;
  if (!isObject(a) && !isObject(b)) return plainResult(machine, key, () => compare(operator, a, b));
  const unknown = unknownAmong([a, b]);
  if (unknown.length > 0) {
    // What is not known here is there all the same.
    const isOptional = unknown.some(({ optional }) => optional);
    if (b === null && !isOptional) {
      if (operator === 'is' || operator === '==') return false;
      if (operator === 'is not' || operator === '!=') return true;
    }
    for (const { leaves } of unknown) for (const leaf of leaves) machine.journal.names.add(leaf);
    const opposite = opposites[operator];
    if (opposite === undefined) return unknownFrom(key, unknown);
    return unknownFrom(() => `not ${grouped(a)} ${opposite} ${grouped(b)}`, unknown);
  }
  return attempt(machine, key, () => {
    const [x, y] = [read(machine, a), read(machine, b)];
    // Whether something is in a list that holds what is not known, is not known either.
    if (operator.endsWith('in') && isObject(y) && (y.kind === 'list' || y.kind === 'tuple')) {
      const known = y.items.map((element) => read(machine, element));
      return compare(operator, x, list(known));
    }
    return compare(operator, x, y);
  });
}

function formatOf(
  machine: Machine,
  parts: Extract<Expression, { kind: 'format' }>['parts'],
  scope: Scope,
): Value {
  const values = parts.map((part) =>
    typeof part === 'string' ? part : evaluate(machine, part.value, scope),
  );
  const unknown = unknownAmong(values);
  if (unknown.length > 0)
    return unknownFrom(() => `f${values.map((value) => spelled(value)).join('')}`, unknown);
  return attempt(
    machine,
    () => 'f-string',
    () =>
      sized(
        parts
          .map((part, i) =>
            typeof part === 'string'
              ? part
              : formatted(read(machine, values[i] ?? null), part.format),
          )
          .join(''),
      ),
  );
}

/** A list, tuple or set of elements, among which some may be spread. */
function spreading(
  machine: Machine,
  elements: readonly Expression[],
  scope: Scope,
  make: (items: Value[]) => Value,
): Value {
  if (elements.every(({ kind }) => kind !== 'starred')) {
    return make(elements.map((element) => evaluate(machine, element, scope)));
  }
  const values = elements.map((element) => evaluate(machine, element, scope));
  return attempt(
    machine,
    () => `[${values.map((value) => spelled(value)).join(', ')}]`,
    () =>
      make(
        values.flatMap((value, i) => {
          return elements[i]?.kind === 'starred'
            ? valuesIn(machine, read(machine, value))
            : [value];
        }),
      ),
  );
}

export function setOf(machine: Machine, items: readonly Value[]): SetOfValues {
  const known = items.map((value) => read(machine, value));
  return { kind: 'set', items: new Map(known.map((value) => [keyOf(value), value])) };
}

function dictOf(
  machine: Machine,
  entries: Extract<Expression, { kind: 'dict' }>['entries'],
  scope: Scope,
): Value {
  const values = entries.map(({ key, value }) => ({
    key: key && evaluate(machine, key, scope),
    value: evaluate(machine, value, scope),
  }));
  const unknown = unknownAmong(values.map(({ key, value }) => (key === undefined ? value : key)));
  // A dict of configuration is of use even where some of it is not known.
  const known = values.filter(
    ({ key, value }) => unknownAmong([key === undefined ? value : key]).length === 0,
  );
  const usable = known.length > 0 && values.some(({ key }) => key === undefined) ? known : values;
  if (unknown.length > 0 && usable === values) {
    return unknownFrom(
      () =>
        `{${values.map(({ key, value }) => `${spelled(key ?? null)}: ${spelled(value)}`).join(', ')}}`,
      unknown,
    );
  }
  return attempt(
    machine,
    () => 'dict',
    () => {
      const all = new Map<string, readonly [Value, Value]>();
      for (const { key, value } of usable) {
        if (key !== undefined) {
          const plain = read(machine, key);
          all.set(keyOf(plain), [plain, value]);
          continue;
        }
        const spread = read(machine, value);
        if (!isObject(spread) || spread.kind !== 'dict')
          throw new PythonError('TypeError: no mapping');
        for (const [text, entry] of spread.entries) all.set(text, entry);
      }
      return { kind: 'dict', entries: all };
    },
  );
}

/** What a comprehension may take. */
const comprehensionBudget = 10_000;

function comprehensionOf(machine: Machine, expression: Comprehension, scope: Scope): Value {
  const inner = newScope('function', scope);
  const { clauses, form } = expression;
  const found: (readonly [Value, Value])[] = [];
  const unknown: Unknown[] = [];
  const follow = (i: number): void => {
    const clause = clauses[i];
    if (!clause) {
      spend(machine);
      const key = evaluate(machine, expression.element, inner);
      found.push([key, expression.value ? evaluate(machine, expression.value, inner) : null]);
    } else if (clause.kind === 'if') {
      const truth = truthOf(machine, evaluate(machine, clause.test, inner));
      if (truth !== false) follow(i + 1);
    } else {
      const iterable = evaluate(machine, clause.iterable, i === 0 ? scope : inner);
      if (isUncertain(iterable) && iterable.kind === 'unknown') {
        unknown.push(iterable);
        return;
      }
      for (const value of valuesIn(machine, read(machine, iterable))) {
        assign(machine, clause.target, value, inner, clause.iterable);
        follow(i + 1);
      }
    }
  };
  const key = (): string => `[${machine.textOf(expression)}]`;
  return attempt(machine, key, () => {
    found.length = 0;
    // A list of the rates of all steps, to be plotted, is not needed.
    const isWhole = within(machine, comprehensionBudget, () => {
      follow(0);
    });
    if (!isWhole) return unknownFrom(key, []);
    if (unknown.length > 0) return unknownFrom(key, unknown);
    const first = found.map(([value]) => value);
    switch (form) {
      case 'list':
      case 'generator':
        return list(sized(first));
      case 'set':
        return setOf(machine, first);
      case 'dict': {
        const entries = found.map(([k, v]) => [read(machine, k), v] as const);
        return { kind: 'dict', entries: new Map(entries.map((entry) => [keyOf(entry[0]), entry])) };
      }
    }
  });
}

/** A function made of a lambda, or of a `def`. */
export function functionOf(
  machine: Machine,
  name: string,
  definition: LambdaExpression | FunctionDefinition,
  scope: Scope,
): InterpretedFunction {
  const { parameters, from, to } = definition;
  const defaults = new Map<string, Value>();
  for (const parameter of parameters) {
    if (parameter.default)
      defaults.set(parameter.name, evaluate(machine, parameter.default, scope));
  }
  const { module } = machine;
  return {
    kind: 'function',
    name,
    parameters,
    defaults,
    definition,
    scope,
    span: { from, to },
    module,
  };
}

function callOf(machine: Machine, expression: CallExpression, scope: Scope): Value {
  const callee = evaluate(machine, expression.callee, scope);
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let rest: Unknown | undefined;
  for (const { name, spread, value: source } of expression.args) {
    const value = evaluate(machine, source, scope);
    if (name !== undefined) {
      keywords.set(name, value);
      machine.journal.hint(value, name);
    } else if (spread === '') {
      positional.push(value);
    } else {
      rest = spreadArguments(machine, spread, value, positional, keywords) ?? rest;
    }
  }
  const { from, to } = expression;
  const site = { from, to, module: machine.module, args: expression.args, given: 0 };
  const args = { positional, keywords, site, ...(rest && { rest }) };
  return callValue(machine, callee, args);
}

/** Adds what `*value` or `**value` holds; gives the value back where that is not known. */
function spreadArguments(
  machine: Machine,
  spread: '*' | '**',
  value: Value,
  positional: Value[],
  keywords: Map<string, Value>,
): Unknown | undefined {
  const [first] = alternatives(value);
  const plain = first?.value ?? null;
  if (!isUncertain(plain)) {
    if (spread === '**') {
      if (isObject(plain) && plain.kind === 'dict') {
        for (const [name, entry] of plain.entries.values())
          if (typeof name === 'string') keywords.set(name, entry);
        return undefined;
      }
    } else {
      try {
        positional.push(...valuesIn(machine, plain));
        return undefined;
      } catch (error) {
        if (!(error instanceof PythonError)) throw error;
      }
    }
  }
  return isUncertain(plain) ? plain : { kind: 'unknown', key: spelled(value), leaves: [] };
}
