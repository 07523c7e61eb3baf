import { configDictMethod } from '../libraries/configDict.ts';
import { dictMethod, setMethod } from './dictMethods.ts';
import { listMethod, tupleMethod } from './listMethods.ts';
import { native } from './native.ts';
import { textMethod } from './textMethods.ts';
import { type NativeFunction, type Plain, type Value, isObject } from './value.ts';

/** A method of one of Python's own types, bound to a value; undefined where it has no such one. */
export function methodOf(value: Plain, name: string): Value | undefined {
  if (typeof value === 'string') return textMethod(value, name);
  if (typeof value === 'bigint' || typeof value === 'number') return numberMember(value, name);
  if (!isObject(value)) return undefined;
  switch (value.kind) {
    case 'list':
      return listMethod(value, name);
    case 'tuple':
      return tupleMethod(value, name);
    case 'dict':
      return dictMethod(value, name) ?? configDictMethod(value, name);
    case 'set':
      return setMethod(value, name);
    case 'instance':
      return name === '_replace' || name === 'replace' ? replaceMethod(value) : undefined;
    default:
      return undefined;
  }
}

function numberMember(value: bigint | number, name: string): Value | undefined {
  switch (name) {
    case 'real':
      return value;
    case 'imag':
      return 0n;
    case 'is_integer':
      return native('is_integer', [], () => Number.isInteger(Number(value)));
    case 'item':
      return native('item', [], () => value);
    case 'bit_length':
      return native('bit_length', [], () => BigInt(value).toString(2).replace('-', '').length);
    default:
      return undefined;
  }
}

/** `_replace(name=value)` of a named tuple, `replace` of a Flax struct. */
function replaceMethod(instance: Extract<Value, { kind: 'instance' }>): NativeFunction {
  return {
    kind: 'native',
    name: 'replace',
    call({ keywords }) {
      const attributes = new Map([...instance.attributes, ...keywords]);
      return { kind: 'instance', class: instance.class, attributes };
    },
  };
}
