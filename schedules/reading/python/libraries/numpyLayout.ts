import {
  along,
  concatenated,
  repeated,
  reshaped,
  reshapedView,
  transposed,
  withAxisAt,
} from '../values/arrayLayout.ts';
import { axisOf, broadcastShape, multiples, newArray, stretched } from '../values/arrayShape.ts';
import { viewed } from '../values/arrayView.ts';
import { isOperand, type Library, type Operand } from '../values/arrayType.ts';
import type { NumericArray } from '../values/numericArray.ts';
import { PythonError } from '../values/pythonError.ts';
import { list, tuple, type NativeFunction, type Value } from '../values/value.ts';
import { arrayFunction, arrayOfOperand, type Arguments } from './numpyFunction.ts';

export function layoutFunctions(library: Library): readonly NativeFunction[] {
  const arrays = (operands: readonly Operand[]): readonly NumericArray[] =>
    operands.map((operand) => arrayOfOperand(library, operand));
  return [
    arrayFunction(library, 'reshape', 'a shape order', ({ array, sizes }) =>
      reshapedView(array('a'), sizes('shape')),
    ),
    arrayFunction(library, 'ravel', 'a order', ({ array }) => reshapedView(array('a'), [-1])),
    arrayFunction(library, 'flatten', 'a order', ({ array }) => reshaped(array('a'), [-1])),
    arrayFunction(library, 'transpose', 'a axes', (args) => {
      const array = args.array('a');
      if (args.value('axes') === undefined) return viewed(array, transposed);
      const axes = args.sizes('axes').map((axis) => axisOf(BigInt(axis), array.shape.length));
      return viewed(array, (elements) => transposed(elements, axes));
    }),
    arrayFunction(library, 'moveaxis', 'a source destination', ({ array, value }) => {
      const dimensions = array('a').shape.length;
      const axis = (name: string): number => axisOf(value(name), dimensions);
      const [from, to] = [axis('source'), axis('destination')];
      return viewed(array('a'), (elements) => withAxisAt(elements, from, to));
    }),
    arrayFunction(library, 'expand_dims', 'a axis', ({ array, value }) => {
      const axis = axisOf(value('axis'), array('a').shape.length + 1);
      return viewed(array('a'), (elements) => expanded(elements, axis));
    }),
    arrayFunction(library, 'squeeze', 'a axis', squeezed),
    arrayFunction(library, 'broadcast_to', 'array shape', ({ array, sizes }) => {
      const [source, shape] = [array('array'), sizes('shape')];
      if (String(broadcastShape([source.shape, shape])) !== String(shape)) {
        throw new PythonError('ValueError: the array cannot be broadcast to this shape');
      }
      return viewed(source, (elements) =>
        newArray(elements, shape, () => stretched(elements, shape)),
      );
    }),
    arrayFunction(library, 'flip', 'm axis', (args) => {
      const array = args.array('m');
      const axes = args.value('axis') === undefined ? array.shape.keys() : args.sizes('axis');
      const places = [...axes].map((axis) => axisOf(BigInt(axis), array.shape.length));
      return viewed(array, (elements) => places.reduce(flipped, elements));
    }),
    arrayFunction(library, 'concatenate', 'arrays axis', ({ operands, value }) => {
      const parts = arrays(operands('arrays'));
      return concatenated(library, parts, axisOf(value('axis') ?? 0n, dimensionsOf(parts)));
    }),
    arrayFunction(library, 'stack', 'arrays axis', ({ operands, value }) => {
      const parts = arrays(operands('arrays'));
      const axis = axisOf(value('axis') ?? 0n, dimensionsOf(parts) + 1);
      return concatenated(
        library,
        parts.map((part) => expanded(part, axis)),
        axis,
      );
    }),
    arrayFunction(library, 'hstack', 'tup', ({ operands }) => {
      const parts = arrays(operands('tup')).map((part) => withDimensions(part, 1));
      return concatenated(library, parts, dimensionsOf(parts) > 1 ? 1 : 0);
    }),
    arrayFunction(library, 'vstack', 'tup', ({ operands }) =>
      concatenated(
        library,
        arrays(operands('tup')).map((part) => withDimensions(part, 2)),
        0,
      ),
    ),
    arrayFunction(library, 'append', 'arr values axis', (args) => {
      const parts = arrays([args.operand('arr'), args.operand('values')]);
      const axis = args.value('axis');
      if (axis !== undefined)
        return concatenated(library, parts, axisOf(axis, dimensionsOf(parts)));
      return concatenated(
        library,
        parts.map((part) => reshaped(part, [-1])),
        0,
      );
    }),
    arrayFunction(library, 'repeat', 'a repeats axis', (args) => {
      const axis = args.value('axis');
      const array = axis === undefined ? reshaped(args.array('a'), [-1]) : args.array('a');
      return repeated(array, args.sizes('repeats'), axisOf(axis ?? 0n, array.shape.length));
    }),
    arrayFunction(library, 'tile', 'A reps', ({ array, sizes }) =>
      tiled(array('A'), sizes('reps')),
    ),
    ...['split', 'array_split'].map((name) =>
      arrayFunction(library, name, 'ary indices_or_sections axis', (args) =>
        list(parted(args, name === 'split')),
      ),
    ),
    arrayFunction(library, 'shape', 'a', ({ array }) => tuple(array('a').shape.map(BigInt))),
    arrayFunction(library, 'ndim', 'a', ({ array }) => BigInt(array('a').shape.length)),
    arrayFunction(library, 'size', 'a axis', ({ array, value }) => {
      const { shape } = array('a');
      const axis = value('axis');
      const counted = axis === undefined ? shape : [shape[axisOf(axis, shape.length)] ?? 0];
      return BigInt(counted.reduce((size, length) => size * length, 1));
    }),
  ];
}

function flipped(array: NumericArray, axis: number): NumericArray {
  const length = array.shape[axis] ?? 0;
  return along(array, axis, length, () => multiples(length, 1).toReversed());
}

const dimensionsOf = ([first]: readonly NumericArray[]): number => first?.shape.length ?? 0;

function expanded(array: NumericArray, axis: number): NumericArray {
  return reshaped(array, array.shape.toSpliced(axis, 0, 1));
}

function withDimensions(array: NumericArray, dimensions: number): NumericArray {
  const missing = Math.max(0, dimensions - array.shape.length);
  return reshaped(array, [...Array.from({ length: missing }, () => 1), ...array.shape]);
}

function squeezed(args: Arguments): NumericArray {
  const array = args.array('a');
  const { shape } = array;
  if (args.value('axis') === undefined)
    return reshapedView(
      array,
      shape.filter((length) => length !== 1),
    );
  const axes = args.sizes('axis').map((axis) => axisOf(BigInt(axis), shape.length));
  if (axes.some((axis) => shape[axis] !== 1)) {
    throw new PythonError('ValueError: cannot squeeze an axis of more than one element');
  }
  return reshapedView(
    array,
    shape.filter((_, axis) => !axes.includes(axis)),
  );
}

function tiled(array: NumericArray, counts: readonly number[]): NumericArray {
  const dimensions = Math.max(array.shape.length, counts.length);
  const times = [...Array.from({ length: dimensions - counts.length }, () => 1), ...counts];
  return times.reduce(
    (tile, count, axis) => {
      const length = tile.shape[axis] ?? 0;
      const places = (): readonly number[] => multiples(length * count, 1).map((i) => i % length);
      return along(tile, axis, length * count, places);
    },
    withDimensions(array, dimensions),
  );
}

const mostParts = 1000;

/** Parts along an axis: equal ones, of which the first are longer by one, or cut at some places. */
function parted(args: Arguments, mustBeEqual: boolean): Value[] {
  const array = args.array('ary');
  const axis = axisOf(args.value('axis') ?? 0n, array.shape.length);
  const length = array.shape[axis] ?? 0;
  const sections = args.sizes('indices_or_sections');
  const isCount = isOperand(args.value('indices_or_sections')) && sections.length === 1;
  const [count = 0] = sections;
  if (isCount && !(count > 0 && count <= mostParts && !(mustBeEqual && length % count))) {
    throw new PythonError('ValueError: the array does not split into equal parts');
  }
  const clamp = (i: number): number => Math.min(Math.max(i < 0 ? i + length : i, 0), length);
  const cuts = isCount
    ? multiples(count, 1).map((i) => i * Math.floor(length / count) + Math.min(i, length % count))
    : [0, ...sections.map(clamp)];
  return cuts.map((start, i) => {
    const size = Math.max(0, (cuts[i + 1] ?? length) - start);
    const places = (): readonly number[] => multiples(size, 1).map((place) => start + place);
    return viewed(array, (elements) => along(elements, axis, size, places));
  });
}
