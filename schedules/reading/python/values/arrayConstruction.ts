import { read } from '../machine/certainty.ts';
import type { Machine } from '../machine/machine.ts';
import {
  conversion,
  elementOf,
  isArray,
  isOperand,
  joinedType,
  pythonNumber,
  typeIn,
  typeOf,
  type ElementType,
  type Library,
  type Operand,
} from './arrayType.ts';
import { isKept, mostDimensions, newArray, newScalar, sizeOf, type Shape } from './arrayShape.ts';
import { typeName } from './keys.ts';
import type { DTypeName, NumericArray } from './numericArray.ts';
import { PythonError } from './pythonError.ts';
import { isObject, isUncertain, list, type Plain, type Value } from './value.ts';

/** `asarray` of numbers, arrays, and nested lists, tuples and ranges of them. */
export function arrayOf(
  value: Plain,
  machine: Machine,
  library: Library,
  dtype?: DTypeName,
): NumericArray {
  return asArray(value, library, dtype, (element) => read(machine, element));
}

/** @param known gives the value of an element. */
export function asArray(
  value: Plain,
  library: Library,
  dtype: DTypeName | undefined,
  known: (element: Value) => Plain = certain,
): NumericArray {
  if (isOperand(value))
    return operandAs(value, typeIn(library, dtype ?? typeOf(library, value).dtype));
  const { shape, first } = nestedShape(value, known);
  const leaves: Operand[] = [];
  if (isKept(shape) && sizeOf(shape) > 0) collectLeaves(value, shape, known, leaves);
  else if (first !== undefined) leaves.push(first);
  const dtypes = new Set(leaves.map((leaf) => typeOf(library, leaf).dtype));
  const joined = dtypes.size === 0 ? 'float64' : joinedType(library, [...dtypes]).dtype;
  const type = typeIn(library, dtype ?? joined);
  return newArray(type, shape, () => {
    if (leaves.some((leaf) => isArray(leaf) && !leaf.data)) return undefined;
    return leaves.flatMap((leaf) =>
      isArray(leaf) ? (operandAs(leaf, type).data ?? []) : elementOf(type, leaf),
    );
  });
}

/** @throws PythonError for what is not known. */
export function certain(value: Value): Plain {
  if (!isUncertain(value)) return value;
  throw new PythonError('TypeError: an array of what is not known');
}

/** The items of a list, a tuple or a range; undefined of anything else. */
function sequenceOf(value: Plain): { length: number; at(i: number): Value } | undefined {
  if (!isObject(value)) return undefined;
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return { length: value.items.length, at: (i) => value.items[i] ?? null };
    case 'range': {
      const { start, stop, step } = value;
      const length = Math.max(0, Math.ceil(Number(stop - start) / Number(step)));
      return { length, at: (i) => start + BigInt(i) * step };
    }
    default:
      return undefined;
  }
}

/** As the first elements tell it. */
function nestedShape(
  value: Plain,
  known: (element: Value) => Plain,
): { readonly shape: Shape; readonly first: Operand | undefined } {
  const shape: number[] = [];
  let inner = value;
  for (;;) {
    if (isArray(inner)) return { shape: [...shape, ...inner.shape], first: inner };
    if (isOperand(inner)) return { shape, first: inner };
    const sequence = sequenceOf(inner);
    if (!sequence) throw new PythonError(`TypeError: an array of '${typeName(inner)}'`);
    shape.push(sequence.length);
    if (sequence.length === 0) return { shape, first: undefined };
    // A list can hold itself.
    if (shape.length > mostDimensions) throw new PythonError('ValueError: too many dimensions');
    inner = known(sequence.at(0));
  }
}

function collectLeaves(
  value: Plain,
  shape: Shape,
  known: (element: Value) => Plain,
  leaves: Operand[],
): void {
  const sequence = sequenceOf(value);
  if (sequence?.length === shape[0] && sequence !== undefined) {
    const inner = shape.slice(1);
    for (let i = 0; i < sequence.length; i++) {
      collectLeaves(known(sequence.at(i)), inner, known, leaves);
    }
    return;
  }
  const fits = isOperand(value) && String(isArray(value) ? value.shape : []) === String(shape);
  if (!fits) throw new PythonError('ValueError: the array has an inhomogeneous shape');
  leaves.push(value);
}

/** An operand with the elements of a type. */
export function operandAs(operand: Operand, type: ElementType): NumericArray {
  if (!isArray(operand)) return newScalar(type, elementOf(type, operand));
  if (operand.dtype === type.dtype) {
    if (operand.library === type.library) return operand;
    return newArray(type, operand.shape, () => operand.data);
  }
  const convert = conversion(operand.dtype, type);
  return newArray(type, operand.shape, () => operand.data?.map((x) => convert(x)));
}

/** `len(array)` */
export function arrayLength({ shape }: NumericArray): number {
  const [length] = shape;
  if (length === undefined) throw new PythonError('TypeError: len() of unsized object');
  return length;
}

/** What `for` finds in an array: its parts along the first axis. */
export function arrayItems(array: NumericArray): NumericArray[] {
  const length = arrayLength(array);
  const { shape, data } = array;
  if (!isKept(shape)) throw new PythonError('MemoryError: the array is too large');
  const inner = shape.slice(1);
  const size = sizeOf(inner);
  return Array.from({ length }, (_, i) =>
    newArray(array, inner, () => data?.slice(i * size, (i + 1) * size)),
  );
}

/** `array.item()` */
export function scalarOf({ dtype, data }: NumericArray): bigint | number | boolean {
  const [element] = data ?? [];
  if (element !== undefined && data?.length === 1) return pythonNumber(dtype, element);
  throw new PythonError('ValueError: can only convert an array of size 1 to a Python scalar');
}

/** `array.tolist()` */
export function nestedList(array: NumericArray): Value {
  const { dtype, shape, data } = array;
  if (shape.length === 0) return scalarOf(array);
  if (shape.length === 1 && data) return list(data.map((element) => pythonNumber(dtype, element)));
  return list(arrayItems(array).map((part) => nestedList(part)));
}
