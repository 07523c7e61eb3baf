import { spend, type Machine } from '../machine/machine.ts';
import { arrayParts } from './arrayOperations.ts';
import { typeName } from './keys.ts';
import { mostElements } from './arrayShape.ts';
import { PythonError } from './pythonError.ts';
import { isObject, type Plain, type Value } from './value.ts';

/**
 * What `for` finds in a value, in its order.
 *
 * @throws PythonError for what cannot be iterated over, or has too many elements.
 */
export function valuesIn(machine: Machine, value: Plain): Value[] {
  const values = elementsOf(machine, value);
  spend(machine, values.length >> 3);
  return values;
}

function elementsOf(machine: Machine, value: Plain): Value[] {
  if (typeof value === 'string') return Array.from(value.slice(0, mostElements));
  if (isObject(value)) {
    switch (value.kind) {
      case 'list':
      case 'tuple':
        return [...value.items];
      case 'dict':
        return [...value.entries.values()].map(([key]) => key);
      case 'set':
        return [...value.items.values()];
      case 'range': {
        const length = rangeLength(value);
        if (length > mostElements)
          throw new PythonError('MemoryError: a range of too many elements');
        return Array.from({ length }, (_, i) => value.start + BigInt(i) * value.step);
      }
      case 'array':
        return arrayParts(value);
      case 'instance': {
        if (value.class?.form === 'namedtuple') return [...value.attributes.values()];
        const iterate = machine.attribute(value, '__iter__');
        if (isObject(iterate) && iterate.kind === 'method') {
          const found = machine.call(iterate, []);
          if (isObject(found) && found.kind === 'list') return [...found.items];
        }
        break;
      }
      case 'class':
        if (value.form === 'enum') return [...value.attributes.values()];
        break;
      default:
        break;
    }
  }
  throw new PythonError(`TypeError: '${typeName(value)}' object is not iterable`);
}

export function rangeLength({
  start,
  stop,
  step,
}: {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;
}): number {
  const span = step > 0n ? stop - start : start - stop;
  const size = step > 0n ? step : -step;
  return span <= 0n ? 0 : Number((span + size - 1n) / size);
}

/** `len(value)` */
export function lengthOf(value: Plain): number {
  if (typeof value === 'string') return value.length;
  if (isObject(value)) {
    switch (value.kind) {
      case 'list':
      case 'tuple':
        return value.items.length;
      case 'dict':
        return value.entries.size;
      case 'set':
        return value.items.size;
      case 'range':
        return rangeLength(value);
      case 'array': {
        const [length] = value.shape;
        if (length !== undefined) return length;
        break;
      }
      case 'class':
        if (value.form === 'enum') return value.attributes.size;
        break;
      default:
        break;
    }
  }
  throw new PythonError(`TypeError: object of type '${typeName(value)}' has no len()`);
}
