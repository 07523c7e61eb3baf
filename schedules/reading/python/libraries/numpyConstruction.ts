import { raised } from '../values/arrayArithmetic.ts';
import { arrayOf, operandAs } from '../values/arrayConstruction.ts';
import { copyOf } from '../values/arrayLayout.ts';
import { broadcastShape, newArray, stretched, type Shape } from '../values/arrayShape.ts';
import {
  commonType,
  floatType,
  typeOf,
  type ElementType,
  type Library,
  type Operand,
} from '../values/arrayType.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { PythonError } from '../values/pythonError.ts';
import type { NativeFunction } from '../values/value.ts';
import { arrayFunction } from './numpyFunction.ts';
import { floatRange, geometricSpace, linearSpace } from './numpySpaces.ts';

export function constructionFunctions(library: Library): readonly NativeFunction[] {
  const standard = floatType(library);
  return [
    ...['array', 'asarray', 'asanyarray', 'ascontiguousarray'].map((name) =>
      arrayFunction(library, name, 'object dtype copy order subok ndmin', (args) =>
        named(
          name,
          arrayOf(args.value('object') ?? null, args.machine, library, args.type()?.dtype),
        ),
      ),
    ),
    ...Object.entries({ zeros: 0n, ones: 1n, empty: 0n }).flatMap(([name, value]) => [
      arrayFunction(library, name, 'shape dtype order', ({ sizes, type }) =>
        filled(type() ?? standard, sizes('shape'), value),
      ),
      arrayFunction(library, `${name}_like`, 'a dtype order subok shape', ({ array, type }) =>
        filled(type() ?? array('a'), array('a').shape, value),
      ),
    ]),
    arrayFunction(library, 'full', 'shape fill_value dtype order', ({ sizes, operand, type }) =>
      filled(
        type() ?? typeOf(library, operand('fill_value')),
        sizes('shape'),
        operand('fill_value'),
      ),
    ),
    arrayFunction(library, 'full_like', 'a fill_value dtype', ({ array, operand, type }) =>
      filled(type() ?? array('a'), array('a').shape, operand('fill_value')),
    ),
    ...['eye', 'identity'].map((name) =>
      arrayFunction(library, name, 'N M k dtype', ({ size, type }) => {
        const [rows, columns, diagonal] = [size('N'), size('M', size('N')), size('k', 0)];
        return newArray(type() ?? standard, [rows, columns], () =>
          Array.from({ length: rows * columns }, (_, i) =>
            Number((i % columns) - Math.floor(i / columns) === diagonal),
          ),
        );
      }),
    ),
    arrayFunction(library, 'arange', 'start stop step dtype', (args) => {
      const given = ['start', 'stop', 'step'].filter((name) => args.value(name) !== undefined);
      const type = args.type() ?? commonType(library, given.map(args.operand));
      const isFrom0 = args.value('stop') === undefined;
      const start = isFrom0 ? 0 : args.number('start');
      const stop = args.number(isFrom0 ? 'start' : 'stop');
      return floatRange(type, start, stop, args.number('step', 1));
    }),
    arrayFunction(library, 'linspace', 'start stop num endpoint retstep dtype', (args) =>
      linearSpace(
        args.type() ?? standard,
        args.number('start'),
        args.number('stop'),
        args.size('num', 50),
        args.truth('endpoint', true),
      ),
    ),
    arrayFunction(library, 'logspace', 'start stop num endpoint base dtype', (args) => {
      const exponents = linearSpace(
        standard,
        args.number('start'),
        args.number('stop'),
        args.size('num', 50),
        args.truth('endpoint', true),
      );
      const powers = raised(library, args.number('base', 10), exponents);
      return operandAs(powers, args.type() ?? standard);
    }),
    arrayFunction(library, 'geomspace', 'start stop num endpoint dtype', (args) =>
      operandAs(
        geometricSpace(
          standard,
          args.number('start'),
          args.number('stop'),
          args.size('num', 50),
          args.truth('endpoint', true),
        ),
        args.type() ?? standard,
      ),
    ),
  ];
}

/** `array` copies; the others give an array of the right type as it is. */
function named(name: string, array: NumericArray): NumericArray {
  return name === 'array' ? copyOf(array) : array;
}

/** An array of a shape, with one value or with those of an array that is stretched to it. */
function filled(type: ElementType, shape: Shape, value: Operand): NumericArray {
  const source = operandAs(value, type);
  if (String(broadcastShape([source.shape, shape])) !== String(shape)) {
    throw new PythonError('ValueError: the value does not fit the shape');
  }
  return newArray(type, shape, () => stretched(source, shape));
}
