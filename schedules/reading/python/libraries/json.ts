import { toText } from '../values/conversion.ts';
import { keyOf } from '../values/keys.ts';
import { native } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import { type Value, list } from '../values/value.ts';
import { library } from './library.ts';

/** A JSON value as Python has it: whole numbers are ints. */
function fromJson(value: unknown, depth = 0): Value {
  if (depth > 50) throw new PythonError('RecursionError: nested too deeply');
  if (Array.isArray(value)) return list(value.map((element) => fromJson(element, depth + 1)));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, entry]) => [keyOf(key), [key, fromJson(entry, depth + 1)]] as const,
    );
    return { kind: 'dict', entries: new Map(entries) };
  }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

export const jsonModule = library('json', {
  loads: native('loads', ['s'], ([text]) => {
    try {
      return fromJson(JSON.parse(toText(text)));
    } catch (error) {
      if (error instanceof SyntaxError) throw new PythonError('JSONDecodeError: no JSON');
      throw error;
    }
  }),
});
