import type { Assumption } from '../../reading.ts';
import { AttributeEntries } from '../values/attributeEntries.ts';
import { ArrayView } from '../values/arrayView.ts';
import { identityOf, spelled } from '../values/keys.ts';
import {
  isObject,
  isUncertain,
  type CallSite,
  type Plain,
  type PythonObject,
  type Uncertain,
  type Value,
} from '../values/value.ts';
import { deepestInheritance } from './attributes.ts';
import { leavesOfFailure, restingOn } from './certainty.ts';
import type { Machine } from './machine.ts';

/**
 * Changes a value in place. Where it is not known how, or where that cannot be followed, the value is
 * not known any more: what it was before would be wrong.
 *
 * @param name tells what the value is called where it is changed.
 */
export function changing(value: Plain, change: () => Value, name: () => string | undefined): Value {
  try {
    return change();
  } catch (error) {
    const leaves = leavesOfFailure(error);
    if (leaves) forget(value, leaves, name());
    throw error;
  }
}

/** What a method's owner is called where the method is called: `a` in `a.append(b)`. */
export function ownerText(
  machine: Machine,
  site: CallSite | undefined,
  method: string,
): string | undefined {
  return site && machine.textAt(site).split(`.${method}(`)[0];
}

/** From now on it is not known what is in a value, whatever is bound to it. */
export function forget(value: Plain, leaves: readonly string[] = [], name?: string): void {
  if (!isObject(value)) return;
  const key = name ?? `${value.kind}#${identityOf(value)}`;
  switch (value.kind) {
    case 'array':
      if (value.library === 'jax') return;
      if (value instanceof ArrayView) forget(value.base, leaves, name);
      become(value, { kind: 'unknown', key, leaves });
      return;
    case 'list':
    case 'set':
      become(value, { kind: 'unknown', key, leaves });
      return;
    case 'dict': {
      if (value.entries instanceof AttributeEntries) {
        forget(value.entries.instance, leaves, name && ownerOfDict(name));
        return;
      }
      const nameOf = (entry: Value): string =>
        value.attributes && typeof entry === 'string'
          ? `${key}.${entry}`
          : `${key}[${typeof entry === 'string' ? JSON.stringify(entry) : spelled(entry)}]`;
      for (const [text, [entry, held]] of value.entries)
        value.entries.set(text, [entry, assumedToStay(held, nameOf(entry), key)]);
      return;
    }
    case 'instance':
      for (const [attribute, held] of [...inherited(value.class), ...value.attributes])
        value.attributes.set(attribute, assumedToStay(held, `${key}.${attribute}`, key));
      return;
    default:
  }
}

/**
 * Puts an uncertain value where another one was, for all that is bound to that: in Python it is the
 * same object still.
 */
export function become(value: PythonObject | Uncertain, uncertain: Uncertain): void {
  // Views of it find nothing there any more.
  if (value.kind === 'array' && !(value instanceof ArrayView)) value.data = undefined;
  Object.assign(value, uncertain);
}

/** `a` of `a.__dict__` and `vars(a)` */
function ownerOfDict(text: string): string {
  return text.replace(/\.__dict__$/, '').replace(/^vars\((.*)\)$/, '$1');
}

/** The settings that an instance has from its class, those of the bases first. */
function inherited(of: Value | undefined, depth = 0): readonly (readonly [string, Value])[] {
  if (of === undefined || !isObject(of) || of.kind !== 'class' || depth > deepestInheritance)
    return [];
  const own = [...of.attributes].filter(([, value]) => !isObject(value) || isUncertain(value));
  return [...of.bases.toReversed().flatMap((base) => inherited(base, depth + 1)), ...own];
}

/** A setting that may have been replaced: most of them are not. */
function assumedToStay(held: Value, name: string, owner: string): Value {
  const plain = isUncertain(held) && held.kind === 'assumed' ? held.value : held;
  if (plain === null || isObject(plain)) return held;
  const assumption: Assumption = {
    name,
    value: typeof plain === 'bigint' ? Number(plain) : plain,
    why: `It is not known what is written into '${owner}': assumed, '${name}' stays as it was.`,
  };
  return restingOn(held, [assumption], () => name);
}
