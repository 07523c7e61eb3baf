/** An expression that has no value: says what is wrong with it, as a sentence without a subject. */
export class ExpressionError extends Error {}

export type ExpressionValue = number | boolean | string | null;

/** A value as Python's arithmetic takes it. */
export function numeric(value: ExpressionValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  const what = value === null ? 'None' : 'text';
  throw new ExpressionError(`computes with ${what}, which is not a number`);
}

/** What `if`, `not`, `and` and `or` take for true: NaN is. */
export function isTrue(value: ExpressionValue): boolean {
  return value !== null && value !== false && value !== 0 && value !== '';
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw new ExpressionError('divides by zero');
  return divisor;
}

/**
 * Quotient and remainder as CPython's `float_divmod` computes them: the remainder has the sign of
 * the divisor, and 1 // 0.1 is 9.
 */
function divideFloored(a: number, b: number): readonly [quotient: number, remainder: number] {
  // Python's whole numbers have all their digits; from 2**53 on, the last ones are missing here.
  if (Math.abs(a) > Number.MAX_SAFE_INTEGER) {
    throw new ExpressionError(`divides ${a}, of which the last digits are not known`);
  }
  const cut = a % nonZero(b);
  const remainder = cut !== 0 && cut < 0 !== b < 0 ? cut + b : cut;
  return [Math.round((a - cut) / b) - Number(remainder !== cut), remainder];
}

function power(base: number, exponent: number): number {
  if (exponent < 0) nonZero(base);
  return finiteOf('a power', [base, exponent], base ** exponent);
}

/** Python raises an error where finite numbers would give an infinity or no real number. */
function finiteOf(what: string, numbers: readonly number[], result: number): number {
  if (Number.isFinite(result) || !numbers.every(Number.isFinite)) return result;
  throw new ExpressionError(`has ${what} of ${numbers.join(' and ')}, which is no finite number`);
}

export const binaryOperations: Readonly<Partial<Record<string, (a: number, b: number) => number>>> =
  {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / nonZero(b),
    '//': (a, b) => divideFloored(a, b)[0],
    '%': (a, b) => divideFloored(a, b)[1],
    '**': power,
  };

export const comparisons: Readonly<Partial<Record<string, (a: number, b: number) => boolean>>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** The value of a number in Python's spelling. */
export function numberOf(text: string): number {
  // Python refuses 0777, which would be octal in C.
  const malformed = /__|_$|^0[\d_]*[1-9][\d_]*$/.test(text);
  const value = malformed ? NaN : Number(text.replaceAll('_', ''));
  if (Number.isNaN(value)) throw new ExpressionError(`has the number ${text}, which is not real`);
  return value;
}

/** Whole, or with a number of digits behind the point; halves go to the even neighbour. */
function round(value: number, digits?: number): number {
  if (digits === undefined) return roundHalfToEven(whole(value));
  if (!Number.isInteger(digits)) throw new ExpressionError('rounds to a fraction of digits');
  if (!Number.isFinite(value) || digits > 100) return value;
  if (digits < -308) return 0;
  if (digits <= 0) return roundHalfToEven(value / 10 ** -digits) * 10 ** -digits;
  // `toFixed` rounds the exact binary value, as Python does, but halves away from zero. Half of
  // such a digit is in the way only if the value is an odd multiple of 2 ** -(digits + 1).
  const rounded = value.toFixed(digits);
  const isHalfway = Math.abs(value * 2 ** (digits + 1)) % 2 === 1;
  if (!isHalfway || Number(rounded.at(-1)) % 2 === 0) return Number(rounded);
  return Number((value * (1 - Number.EPSILON / 2)).toFixed(digits));
}

function roundHalfToEven(value: number): number {
  const lower = Math.floor(value);
  if (value - lower !== 0.5) return Math.round(value);
  return lower % 2 === 0 ? lower : lower + 1;
}

/** A number that has a whole part. */
function whole(value: number): number {
  if (!Number.isFinite(value)) throw new ExpressionError(`has no whole number for ${value}`);
  return value;
}

/** The argument of `float`: a number, or the text of one, such as 'inf'. */
function toFloat(value: ExpressionValue): number {
  if (typeof value !== 'string') return numeric(value);
  const [, sign, name] = /^\s*([+-]?)(inf|infinity|nan)\s*$/i.exec(value) ?? [];
  if (name === undefined) return numberOf(value.trim() || 'of no digits');
  const size = name.toLowerCase() === 'nan' ? NaN : Infinity;
  return sign === '-' ? -size : size;
}

interface PythonFunction {
  /** How many arguments it takes, at the least and at the most. */
  readonly takes: readonly [least: number, most: number];
  readonly value: (...numbers: number[]) => number;
}

const ofOne = (value: (x: number) => number): PythonFunction => ({ takes: [1, 1], value });

/** Of two equal or incomparable ones the first stays, which decides about NaN. */
const extreme = (isBetter: (a: number, b: number) => boolean): PythonFunction => ({
  takes: [2, Infinity],
  value: (...numbers) => numbers.reduce((best, next) => (isBetter(next, best) ? next : best)),
});

const builtins: Readonly<Record<string, PythonFunction>> = {
  int: ofOne((x) => Math.trunc(whole(x))),
  float: ofOne((x) => x),
  round: { takes: [1, 2], value: round },
  abs: ofOne(Math.abs),
  min: extreme((a, b) => a < b),
  max: extreme((a, b) => a > b),
  pow: { takes: [2, 2], value: power },
};

const mathematics: Readonly<Record<string, PythonFunction>> = {
  ceil: ofOne((x) => Math.ceil(whole(x))),
  floor: ofOne((x) => Math.floor(whole(x))),
  sqrt: ofOne(Math.sqrt),
  exp: ofOne(Math.exp),
  log: {
    takes: [1, 2],
    value: (x, base?: number) =>
      base === undefined ? Math.log(x) : Math.log(x) / nonZero(Math.log(base)),
  },
  log2: ofOne(Math.log2),
  log10: ofOne(Math.log10),
  pow: { takes: [2, 2], value: power },
};

const constants: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  inf: Infinity,
  nan: NaN,
};

/** The own member of a table, such as `functions`, under a name that anyone may have written. */
function ownMember<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

const ofMathematics = /^(?:math|np|numpy|jnp)\.(\w+)$/;

/** The value of `math.pi` and its like. */
export function constantOf(name: string): number {
  const constant = ownMember(constants, ofMathematics.exec(name)?.[1] ?? '');
  if (constant === undefined) throw new ExpressionError(`uses '${name}', which is not known here`);
  return constant;
}

/** Calls a function of Python or, with or without its module's name, of `math`. */
export function callFunction(name: string, args: readonly ExpressionValue[]): number {
  const short = ofMathematics.exec(name)?.[1];
  const f =
    ownMember(mathematics, short ?? name) ??
    (short === undefined ? ownMember(builtins, name) : undefined);
  if (!f) throw new ExpressionError(`calls '${name}', which is not available here`);
  const [least, most] = f.takes;
  if (args.length < least || args.length > most) {
    throw new ExpressionError(`calls ${name} with ${args.length} arguments`);
  }
  const numbers = args.map(name === 'float' ? toFloat : numeric);
  return finiteOf(name, numbers, f.value(...numbers));
}
