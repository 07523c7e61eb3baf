import { asConfigDict } from '../libraries/configDict.ts';
import { toSize, toText } from '../values/conversion.ts';
import { pairsOf } from '../values/dictMethods.ts';
import { keyOf, spelled } from '../values/keys.ts';
import { valuesIn } from '../values/iteration.ts';
import { PythonError } from '../values/pythonError.ts';
import {
  isObject,
  isUncertain,
  list,
  type Instance,
  type Plain,
  type Value,
} from '../values/value.ts';
import type { Expression, NameExpression } from '../syntax/syntax.ts';
import { writeItem } from './arrayWrites.ts';
import { attempt, read } from './certainty.ts';
import { changing } from './changes.ts';
import { evaluate } from './evaluation.ts';
import { setListItem } from './listWrites.ts';
import { settingFor, siteOf, type Machine } from './machine.ts';
import { noteLiteral, type Scope } from './scope.ts';
import { indices, item, replaced } from './subscripts.ts';

/** Binds a target, such as a name or `a, (b, *c)`, to a value. */
export function assign(
  machine: Machine,
  target: Expression,
  value: Value,
  scope: Scope,
  source: Expression,
): void {
  switch (target.kind) {
    case 'name':
      bind(machine, target, value, scope, source);
      break;
    case 'tuple':
    case 'list':
      unpack(machine, target.elements, value, scope, source);
      break;
    case 'starred':
      assign(machine, target.value, value, scope, source);
      break;
    case 'attribute': {
      const text = machine.textAt(siteOf(machine, target));
      const given = machine.settings.get(text);
      const object = evaluate(machine, target.object, scope);
      setAttribute(machine, object, target.name, given === undefined ? value : given);
      machine.journal.nameOptimizers(machine, text, value, siteOf(machine, source));
      if (isSettable(value)) machine.journal.names.add(text);
      break;
    }
    case 'subscript':
      setItem(
        machine,
        evaluate(machine, target.object, scope),
        evaluate(machine, target.index, scope),
        value,
        () => machine.textAt(siteOf(machine, target.object)),
      );
      break;
    default:
    // Nothing else can be assigned to.
  }
}

/** Binds a name in a scope, to what is set for it from outside if there is such a value. */
function bind(
  machine: Machine,
  { name, from }: NameExpression,
  value: Value,
  scope: Scope,
  source: Expression,
): void {
  const given = settingFor(machine, name, machine.origin + from);
  const bound = given === undefined ? value : given;
  const home = scope.elsewhere.get(name) ?? scope;
  const site = siteOf(machine, source);
  noteLiteral(home, name, source.kind === 'literal' ? { value: source.value, site } : undefined);
  home.variables.set(name, bound);
  if (isSettable(value)) machine.journal.names.add(name);
  machine.journal.bind(machine, name, bound, home, site);
}

/** Whether it makes sense to set another value: numbers, texts, and what is not known. */
export function isSettable(value: Value): boolean {
  return !isObject(value) || isUncertain(value);
}

function unpack(
  machine: Machine,
  targets: readonly Expression[],
  value: Value,
  scope: Scope,
  source: Expression,
): void {
  // `a, b = 1, 2`: each value stands where it can be seen and changed.
  const sources =
    (source.kind === 'tuple' || source.kind === 'list') &&
    source.elements.length === targets.length &&
    source.elements.every(({ kind }) => kind !== 'starred')
      ? source.elements
      : undefined;
  const star = targets.findIndex(({ kind }) => kind === 'starred');
  const after = targets.length - 1 - star;
  for (const [i, target] of targets.entries()) {
    const element = attempt(
      machine,
      () => `${spelled(value)}[${i}]`,
      () => {
        if (isUncertain(value) && value.kind === 'unknown') return item(machine, value, BigInt(i));
        const values = valuesIn(machine, read(machine, value));
        if (star < 0 && values.length !== targets.length)
          throw new PythonError('ValueError: another number of values to unpack');
        if (star < 0 || i < star) return values[i] ?? null;
        if (i > star) return values[values.length - (targets.length - i)] ?? null;
        return list(values.slice(star, values.length - after));
      },
    );
    assign(machine, target, element, scope, sources?.[i] ?? source);
  }
}

/** `object.name = value` */
export function setAttribute(machine: Machine, object: Value, name: string, value: Value): void {
  attempt(
    machine,
    () => 'set',
    () => {
      const plain = read(machine, object);
      if (!isObject(plain)) return null;
      if (plain.kind === 'instance' && name === '__dict__') {
        replaceAttributes(machine, plain, value);
      } else if (plain.kind === 'instance' || plain.kind === 'class') {
        plain.attributes.set(name, replaced(machine, plain.attributes.get(name), value));
      } else if (plain.kind === 'dict' && plain.attributes) {
        plain.entries.set(keyOf(name), [
          name,
          replaced(machine, plain.entries.get(keyOf(name))?.[1], asConfigDict(machine, value)),
        ]);
      }
      return null;
    },
  );
}

/** `instance.__dict__ = value` */
function replaceAttributes(machine: Machine, instance: Instance, value: Value): void {
  const replace = (): Value => {
    const pairs = pairsOf(machine, read(machine, value));
    instance.attributes.clear();
    for (const [name, attribute] of pairs) instance.attributes.set(toText(name), attribute);
    return null;
  };
  changing(instance, replace, () => 'self');
}

/**
 * `object[index] = value`
 *
 * @param name what the object is called there.
 */
export function setItem(
  machine: Machine,
  object: Value,
  index: Value,
  value: Value,
  name: () => string | undefined,
): void {
  attempt(
    machine,
    () => 'set',
    () => {
      const plain = read(machine, object);
      const set = (): Value => setItemOf(machine, object, plain, read(machine, index), value);
      return changing(plain, set, name);
    },
  );
}

function setItemOf(
  machine: Machine,
  object: Value,
  plain: Plain,
  index: Plain,
  value: Value,
): Value {
  if (!isObject(plain)) return null;
  switch (plain.kind) {
    case 'dict': {
      const key = keyOf(index);
      const stored = plain.attributes ? asConfigDict(machine, value) : value;
      plain.entries.set(key, [index, replaced(machine, plain.entries.get(key)?.[1], stored)]);
      return null;
    }
    case 'list':
      setListItem(machine, plain, index, value);
      return null;
    case 'array':
      writeItem(machine, object, plain, index, value);
      return null;
    case 'instance':
      return machine.call(machine.attribute(plain, '__setitem__'), [index, value]);
    default:
      return null;
  }
}

/** `del target`: a name, an entry or an attribute. */
export function remove(machine: Machine, target: Expression, scope: Scope): void {
  if (target.kind === 'name') {
    scope.variables.delete(target.name);
    return;
  }
  if (target.kind !== 'subscript' && target.kind !== 'attribute') return;
  const object = evaluate(machine, target.object, scope);
  const index = target.kind === 'subscript' ? evaluate(machine, target.index, scope) : target.name;
  attempt(
    machine,
    () => 'del',
    () => {
      const plain = read(machine, object);
      const at = read(machine, index);
      if (!isObject(plain)) return null;
      if (plain.kind === 'dict') plain.entries.delete(keyOf(at));
      else if (plain.kind === 'instance' && typeof at === 'string') plain.attributes.delete(at);
      else if (plain.kind === 'list' && isObject(at) && at.kind === 'slice') {
        const gone = new Set(indices(machine, at, plain.items.length));
        plain.items.splice(0, plain.items.length, ...plain.items.filter((_, i) => !gone.has(i)));
      } else if (plain.kind === 'list') plain.items.splice(toSize(at), 1);
      return null;
    },
  );
}
