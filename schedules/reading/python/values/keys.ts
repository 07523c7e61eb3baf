import { PythonError } from './pythonError.ts';
import { isObject, type Plain, type Value } from './value.ts';

/**
 * What two values have in common exactly where Python takes them for equal keys: 1, 1.0 and True
 * are one key.
 *
 * @throws PythonError for what cannot be a key.
 */
export function keyOf(value: Value, depth = 0): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return `'${value}`;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number' && Number.isInteger(value)) return String(BigInt(value));
  if (!isObject(value)) return String(value);
  if (value.kind === 'tuple') {
    if (depth > deepestKey) throw new PythonError('RecursionError: nested too deeply');
    return `(${value.items.map((item) => keyOf(item, depth + 1)).join(',')})`;
  }
  if (value.kind === 'list' || value.kind === 'dict' || value.kind === 'set')
    throw new PythonError(`TypeError: unhashable type: '${value.kind}'`);
  return `#${identityOf(value)}`;
}

const deepestKey = 20;

const identities = new WeakMap<object, number>();
let identitiesGiven = 0;

/** A number that is an object's own. */
export function identityOf(value: object): number {
  const known = identities.get(value);
  if (known !== undefined) return known;
  identities.set(value, ++identitiesGiven);
  return identitiesGiven;
}

/** A value in Python's spelling, for keys and messages. */
export function spelled(value: Value, depth = 0): string {
  if (value === null) return 'None';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return spelledFloat(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
  switch (value.kind) {
    case 'unknown':
    case 'assumed':
      return value.key;
    case 'fork':
      return depth > deepestSpelling
        ? '...'
        : `${spelled(value.then, depth + 1)} if ${value.condition} else ${spelled(value.otherwise, depth + 1)}`;
    case 'list':
      return `[${spelledItems(value.items, depth)}]`;
    case 'tuple':
      return `(${spelledItems(value.items, depth)}${value.items.length === 1 ? ',' : ''})`;
    case 'module':
    case 'class':
    case 'function':
    case 'native':
      return value.name;
    case 'array':
      return value.shape.length === 0
        ? spelledFloat(value.data?.[0] ?? NaN)
        : `array#${identityOf(value)}`;
    default:
      return `${value.kind}#${identityOf(value)}`;
  }
}

/** A list can hold itself, and what is deep is no good for a key. */
const deepestSpelling = 4;

function spelledItems(items: readonly Value[], depth: number): string {
  if (depth > deepestSpelling) return '...';
  return items
    .slice(0, 20)
    .map((item) => spelled(item, depth + 1))
    .join(', ');
}

/** As `repr` of a float: 1.0, 1e-05, inf. */
export function spelledFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
    const digits = exponent.slice(1).padStart(2, '0');
    return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${digits}`;
  }
  return text.includes('.') ? text : `${text}.0`;
}

/** The name of a value's type. */
export function typeName(value: Plain): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  return value.kind === 'instance' ? (value.class?.name ?? 'SimpleNamespace') : value.kind;
}
