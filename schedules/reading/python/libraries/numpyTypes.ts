import { newScalar } from '../values/arrayShape.ts';
import {
  integerRange,
  isArray,
  isFloat,
  largestFloat,
  typeGiven,
  typeNamed,
  type ElementType,
  type Library,
} from '../values/arrayType.ts';
import { native } from '../values/native.ts';
import { PythonError } from '../values/pythonError.ts';
import type { DType, Plain, Value } from '../values/value.ts';
import { instanceWith } from './library.ts';
import { byName } from './numpyFunction.ts';

const typeNames = [
  'bool bool_ half single double bfloat16 float16 float32 float64 float_',
  'int8 int16 int32 int64 int_ uint8 uint16 uint32 uint64 uint',
].flatMap((names) => names.split(' '));

/** The types that arrays have, and what is known of their numbers. */
export function typeMembers(library: Library): Readonly<Record<string, Value>> {
  const types = typeNames.map((name): [string, Value] => [name, typeNamed(library, name) ?? null]);
  return {
    ...Object.fromEntries(types),
    ...byName([
      native('dtype', ['dtype'], ([given]): DType => ({
        kind: 'dtype',
        library,
        name: givenType(library, given).dtype,
      })),
      native('finfo', ['dtype'], ([given]) => {
        const { dtype } = givenType(library, given);
        if (!isFloat(dtype)) {
          throw new PythonError(`ValueError: data type '${dtype}' not inexact`);
        }
        const scalar = (x: number): Value => newScalar({ library: 'numpy', dtype }, x);
        const isDouble = dtype === 'float64';
        const largest = largestFloat(dtype);
        const smallest = isDouble ? 2 ** -1022 : 2 ** -126;
        return instanceWith({
          eps: scalar(isDouble ? 2 ** -52 : 2 ** -23),
          max: scalar(largest),
          min: scalar(-largest),
          tiny: scalar(smallest),
          smallest_normal: scalar(smallest),
        });
      }),
      native('iinfo', ['type'], ([given]) => {
        const { dtype } = givenType(library, given);
        if (dtype !== 'int32' && dtype !== 'int64') {
          throw new PythonError(`ValueError: invalid integer data type '${dtype}'`);
        }
        const [min, max] = integerRange(dtype);
        return instanceWith({ min, max, bits: BigInt(dtype.slice(3)) });
      }),
    ]),
  };
}

function givenType(library: Library, given: Plain | undefined): ElementType {
  if (isArray(given)) return given;
  const type = typeGiven(library, given);
  if (type) return type;
  throw new PythonError('TypeError: a data type is needed');
}
