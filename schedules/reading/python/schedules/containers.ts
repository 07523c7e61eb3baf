import { alternatives } from '../machine/forks.ts';
import { spelled } from '../values/keys.ts';
import { type PythonObject, type Value, isObject, isUncertain } from '../values/value.ts';

/** More than any file has; a loop could make any number. */
export const mostListed = 500;

const deepestContainer = 4;

/** The schedules in dicts, lists and attributes of a value: `a["b"]`, `a[0]`, `a.b`. */
export function* heldBy(
  value: Value,
  path: string,
  depth = 0,
): Generator<{ readonly path: string; readonly object: PythonObject }> {
  if (!isObject(value) || depth > deepestContainer) return;
  const inner = function* (element: Value, name: string): ReturnType<typeof heldBy> {
    for (const { value: one } of alternatives(element)) {
      if (!isObject(one) || isUncertain(one)) continue;
      if (one.kind === 'schedule' || one.kind === 'function' || one.kind === 'method')
        yield { path: name, object: one };
      else yield* heldBy(one, name, depth + 1);
    }
  };
  switch (value.kind) {
    case 'assumed':
      yield* heldBy(value.value, path, depth + 1);
      break;
    case 'fork':
      yield* heldBy(value.then, path, depth + 1);
      yield* heldBy(value.otherwise, path, depth + 1);
      break;
    case 'list':
    case 'tuple':
      for (const [i, element] of value.items.slice(0, mostListed).entries()) {
        if (!isObject(element)) continue;
        const field = value.kind === 'tuple' ? value.names?.[i] : undefined;
        yield* inner(element, field === undefined ? `${path}[${i}]` : `${path}.${field}`);
      }
      break;
    case 'dict':
      for (const [key, element] of [...value.entries.values()].slice(0, mostListed)) {
        if (!isObject(element)) continue;
        const name = typeof key === 'string' ? JSON.stringify(key) : spelled(key);
        yield* inner(
          element,
          value.attributes && typeof key === 'string' ? `${path}.${key}` : `${path}[${name}]`,
        );
      }
      break;
    case 'instance':
      for (const [name, element] of value.attributes) {
        if (isObject(element)) yield* inner(element, `${path}.${name}`);
      }
      break;
    default:
    // Nothing else holds schedules.
  }
}

/** Where a schedule of Optax is made, if that is in the text itself. */
