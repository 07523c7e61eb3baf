import { isArray, isOperand, truthType, type Library, type Operand } from './arrayType.ts';
import * as arithmetic from './arrayArithmetic.ts';
import { asArray } from './arrayConstruction.ts';
import { newArray } from './arrayShape.ts';
import { applied, type Operation } from './arrayElementwise.ts';
import { matrixProduct } from './arrayProduct.ts';
import { typeName } from './keys.ts';
import type { NumericArray } from './numericArray.ts';
import { PythonError } from './pythonError.ts';
import { isObject, type Plain } from './value.ts';

export { arrayLength, arrayOf } from './arrayConstruction.ts';
export { arrayParts } from './arrayView.ts';
export { arrayItem } from './arrayIndexing.ts';
export { arrayAttribute } from '../libraries/numpyAttributes.ts';

type Operations = Readonly<Partial<Record<string, Operation>>>;

const binaryOperations: Operations = {
  '+': arithmetic.add,
  '-': arithmetic.subtract,
  '*': arithmetic.multiply,
  '/': arithmetic.divide,
  '//': arithmetic.floorDivide,
  '%': arithmetic.remainder,
  '&': arithmetic.bitwiseAnd,
  '|': arithmetic.bitwiseOr,
  '^': arithmetic.bitwiseXor,
  '<<': arithmetic.leftShift,
  '>>': arithmetic.rightShift,
};

const comparisons: Operations = {
  '<': arithmetic.less,
  '<=': arithmetic.lessEqual,
  '>': arithmetic.greater,
  '>=': arithmetic.greaterEqual,
  '==': arithmetic.equal,
  '!=': arithmetic.notEqual,
};

const unaryOperations: Operations = {
  '-': arithmetic.negative,
  '+': arithmetic.positive,
  '~': arithmetic.invert,
};

/**
 * `a + b` and its like, where at least one is an array.
 *
 * @throws PythonError where NumPy or JAX would raise.
 */
export function arrayBinary(operator: string, a: Plain, b: Plain): NumericArray {
  const library = libraryOf(a, b);
  const [x, y] = [operand(library, a, operator), operand(library, b, operator)];
  if (operator === '**') return arithmetic.raised(library, x, y);
  if (operator === '@') return matrixProduct(library, x, y);
  return applied(operation(binaryOperations, operator), library, [x, y]);
}

/** `a < b` and its like. */
export function arrayCompare(operator: string, a: Plain, b: Plain): Plain {
  const compared = operation(comparisons, operator);
  const isNumeric = [a, b].every((value) => isOperand(value) || isSequence(value));
  const library = libraryOf(a, b);
  if (!isNumeric && (operator === '==' || operator === '!=')) {
    const isDifferent = operator === '!=';
    const array = isArray(a) ? a : b;
    // NumPy compares each element, JAX the whole array.
    if (library === 'jax' || !isArray(array)) return isDifferent;
    return newArray(truthType(library), array.shape, () =>
      array.data?.map(() => Number(isDifferent)),
    );
  }
  return applied(compared, library, [operand(library, a, operator), operand(library, b, operator)]);
}

/** `-a`, `+a` and `~a` */
export function arrayUnary(operator: string, a: Plain): NumericArray {
  const library = libraryOf(a, a);
  return applied(operation(unaryOperations, operator), library, [operand(library, a, operator)]);
}

function operation(operations: Operations, operator: string): Operation {
  const found = operations[operator];
  if (found) return found;
  throw new PythonError(`TypeError: ${operator} is no operation on arrays`);
}

/** JAX's arrays take NumPy's along. */
function libraryOf(a: Plain, b: Plain): Library {
  const isJax = [a, b].some((x) => isObject(x) && x.kind === 'array' && x.library === 'jax');
  return isJax ? 'jax' : 'numpy';
}

function operand(library: Library, value: Plain, operator: string): Operand {
  if (isOperand(value)) return value;
  if (isSequence(value) && library === 'numpy') return asArray(value, library, undefined);
  throw new PythonError(`TypeError: unsupported operand for ${operator}: '${typeName(value)}'`);
}

function isSequence(value: Plain): boolean {
  return isObject(value) && (value.kind === 'list' || value.kind === 'tuple');
}
