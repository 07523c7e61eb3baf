import { type Literal } from './syntax.ts';

const integer = /^(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*)$/;

/** A longer one takes time to read, and no schedule has it. */
const mostDigits = 1000;

/** The value of a number in Python's spelling; undefined for what Python refuses, and for 1j. */
export function numberValue(text: string): Literal | undefined {
  // Python refuses 0777, which would be octal in C.
  if (text.length > mostDigits || /__|_$|^0[\d_]*[1-9][\d_]*$/.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  if (integer.test(text)) return BigInt(plain);
  const value = Number(plain);
  return Number.isNaN(value) ? undefined : value;
}
