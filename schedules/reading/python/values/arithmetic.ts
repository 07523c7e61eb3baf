import { typeName } from './keys.ts';
import { power } from './power.ts';
import { PythonError } from './pythonError.ts';
import { type Plain } from './value.ts';

/** More digits or elements than any schedule has; what would grow beyond is an error. */
const mostBits = 4096;

export type Integer = bigint | boolean;

export const isInteger = (value: Plain): value is Integer =>
  typeof value === 'bigint' || typeof value === 'boolean';

export const isNumber = (value: Plain): value is Integer | number =>
  isInteger(value) || typeof value === 'number';

export function integerOperation(operator: string, a: bigint, b: bigint): Plain {
  switch (operator) {
    case '+':
      return bounded(a + b);
    case '-':
      return bounded(a - b);
    case '*':
      return bounded(a * b);
    case '/':
      return floatOperation('/', Number(a), Number(b));
    case '//':
      return floorDivide(a, b);
    case '%':
      return a - floorDivide(a, b) * b;
    case '**':
      return integerPower(a, b);
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<<':
      if (b < 0n || b > mostBits) throw new PythonError('OverflowError: shifts too far');
      return bounded(a << b);
    case '>>':
      if (b < 0n) throw new PythonError('ValueError: negative shift count');
      return a >> b;
    default:
      throw unsupported(operator, a, b);
  }
}

function bounded(value: bigint): bigint {
  if (BigInt.asIntN(mostBits, value) !== value) {
    throw new PythonError('OverflowError: the number has more digits than are computed with here');
  }
  return value;
}

function floorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) throw new PythonError('ZeroDivisionError: integer division by zero');
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function integerPower(base: bigint, exponent: bigint): Plain {
  if (exponent < 0n) return floatOperation('**', Number(base), Number(exponent));
  const bits = BigInt((base < 0n ? -base : base).toString(2).length);
  if (base !== 0n && base !== 1n && base !== -1n && bits * exponent > mostBits * 2) {
    throw new PythonError('OverflowError: the number has more digits than are computed with here');
  }
  if (exponent > mostBits * 2) return base === -1n && exponent % 2n === 0n ? 1n : base;
  return bounded(base ** exponent);
}

export function floatOperation(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0) throw new PythonError('ZeroDivisionError: division by zero');
      return a / b;
    case '//':
      return divideFloored(a, b)[0];
    case '%':
      return divideFloored(a, b)[1];
    case '**':
      return floatPower(a, b);
    default:
      throw unsupported(operator, a, b);
  }
}

/**
 * Quotient and remainder as CPython's `float_divmod` computes them: the remainder has the sign of
 * the divisor, and 1 // 0.1 is 9.
 */
function divideFloored(a: number, b: number): readonly [quotient: number, remainder: number] {
  if (b === 0) throw new PythonError('ZeroDivisionError: float floor division by zero');
  const cut = a % b;
  const remainder = cut !== 0 && cut < 0 !== b < 0 ? cut + b : cut;
  return [Math.round((a - cut) / b) - Number(remainder !== cut), remainder];
}

function floatPower(base: number, exponent: number): number {
  if (base === 0 && exponent < 0) {
    throw new PythonError('ZeroDivisionError: 0.0 cannot be raised to a negative power');
  }
  const result = power(base, exponent);
  if (Number.isNaN(result) && !Number.isNaN(base) && !Number.isNaN(exponent)) {
    throw new PythonError('ValueError: the power is a complex number');
  }
  if (!Number.isFinite(result) && Number.isFinite(base) && Number.isFinite(exponent)) {
    throw new PythonError('OverflowError: numerical result out of range');
  }
  return result;
}

export function unsupported(operator: string, a: Plain, b: Plain): PythonError {
  return new PythonError(
    `TypeError: unsupported operand types for ${operator}: '${typeName(a)}' and '${typeName(b)}'`,
  );
}
