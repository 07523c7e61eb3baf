import type { ComparisonEvent } from '../protocol.ts';

/** An event that a journal tells, where its steps are read as float32. */
export type PastEvent = ComparisonEvent | Float32Steps;

/** Consecutive steps of a run; all figures but the first step are rounded to float32. */
export interface Float32Steps {
  readonly type: 'float32Steps';
  readonly run: string;
  readonly firstStep: number;
  readonly losses: Float32Array;
  readonly learningRates: Float32Array;
  readonly stepsPerSecond: number;
}

/**
 * Reads a line of a journal that tells of steps as `encodeEvent` writes it, much faster than
 * `decodeEvent`: a journal is nearly all such lines. Each figure is the float32 nearest to what
 * `decodeEvent` reads.
 *
 * @param line in UTF-8, without its end.
 * @returns undefined for every other line, whole or damaged: `decodeEvent` tells what it is.
 */
export function float32StepsOf(line: Buffer): Float32Steps | undefined {
  const text = new LineText(line);
  if (!text.skip(beforeRun)) return undefined;
  const run = text.plainString();
  if (run === undefined || !text.skip(beforeFirstStep)) return undefined;
  const firstStep = text.count();
  if (!text.skip(beforeLosses)) return undefined;
  const losses = text.float32s();
  if (!losses || !text.skip(beforeRates)) return undefined;
  const learningRates = text.float32s();
  if (!learningRates || !text.skip(beforeSpeed)) return undefined;
  const stepsPerSecond = text.float32();
  const isWhole = !Number.isNaN(firstStep) && !Number.isNaN(stepsPerSecond) && text.isAtEnd();
  if (!isWhole) return undefined;
  return { type: 'float32Steps', run, firstStep, losses, learningRates, stepsPerSecond };
}

const beforeRun = Buffer.from('{"type":"stepsCompleted","run":"');
const beforeFirstStep = Buffer.from(',"firstStep":');
const beforeLosses = Buffer.from(',"losses":[');
const beforeRates = Buffer.from(',"learningRates":[');
const beforeSpeed = Buffer.from(',"stepsPerSecond":');

/** Characters of a line. */
const quote = 0x22;
const minus = 0x2d;
const point = 0x2e;
const comma = 0x2c;
const zero = 0x30;
const exponent = 0x65;
const bracket = 0x5d;
const backslash = 0x5c;
const brace = 0x7d;
const firstPrintable = 0x20;

/** More than float32 has decimals. */
const powersOfTen = Array.from({ length: 64 }, (_, i) => Number(`1e${i}`));
/** An integer below it is a double also with one digit more. */
const longMantissa = 1e14;
/** How far off a number may be of which so many digits were read, as a share of it; also by rounding. */
const slack = 2 ** -44;

/** Takes the list that is being read: an array that grows is slower. */
let list = new Float32Array();

/** A line that is read from its start to its end. */
class LineText {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Passes over what has to come next; false where something else does. */
  skip(part: Buffer): boolean {
    const [bytes, at] = [this.#bytes, this.#at];
    for (let i = 0; i < part.length; i++) {
      if (bytes[at + i] !== part[i]) return false;
    }
    this.#at = at + part.length;
    return true;
  }

  /** The rest of a string and its quote; undefined where it has escapes. */
  plainString(): string | undefined {
    const [bytes, start] = [this.#bytes, this.#at];
    const end = bytes.indexOf(quote, start);
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === backslash || byte < firstPrintable) return undefined;
    }
    this.#at = end + 1;
    return end < 0 ? undefined : bytes.toString('utf8', start, end);
  }

  /** The rest of a list of numbers and its bracket; undefined where something else is in it. */
  float32s(): Float32Array | undefined {
    const bytes = this.#bytes;
    // A number and its comma are two bytes at least.
    if (list.length < bytes.length / 2) list = new Float32Array(bytes.length);
    if (bytes[this.#at] === bracket) {
      this.#at++;
      return new Float32Array();
    }
    for (let i = 0; ; i++) {
      const value = this.float32();
      if (Number.isNaN(value)) return undefined;
      list[i] = value;
      const next = bytes[this.#at++];
      if (next === bracket) return list.slice(0, i + 1);
      if (next !== comma) return undefined;
    }
  }

  /**
   * A number, rounded to float32; NaN where there is none, and where its first digits do not tell
   * which float32 it is.
   */
  float32(): number {
    const bytes = this.#bytes;
    const isNegative = bytes[this.#at] === minus;
    if (isNegative) this.#at++;
    let mantissa = this.count();
    /** The number is the mantissa divided by this power of ten. */
    let power = 0;
    if (bytes[this.#at] === point) {
      const start = ++this.#at;
      mantissa = this.#digits(mantissa);
      power = this.#at - start;
      if (power === 0) return NaN;
      while (isDigit(digitAt(bytes, this.#at))) this.#at++;
    }
    // Where rates are small: 1.5e-7.
    if (bytes[this.#at] === exponent && bytes[this.#at + 1] === minus) {
      const start = (this.#at += 2);
      power += this.#digits(0);
      if (this.#at === start) return NaN;
    }
    const size = mantissa / (powersOfTen[power] ?? NaN);
    const rounded = Math.fround(size * (1 - slack));
    if (rounded !== Math.fround(size * (1 + slack))) return NaN;
    return isNegative ? -rounded : rounded;
  }

  /** An integer without a sign; NaN where there is none. Of a very long one, only the first digits. */
  count(): number {
    const start = this.#at;
    const value = this.#digits(0);
    const length = this.#at - start;
    const hasLeadingZero = length > 1 && this.#bytes[start] === zero;
    return length === 0 || hasLeadingZero ? NaN : value;
  }

  /** A mantissa with the digits that follow, as many as it can take. */
  #digits(mantissa: number): number {
    const bytes = this.#bytes;
    let value = mantissa;
    let at = this.#at;
    let digit = digitAt(bytes, at);
    while (isDigit(digit) && value < longMantissa) {
      value = 10 * value + digit;
      digit = digitAt(bytes, ++at);
    }
    this.#at = at;
    return value;
  }

  /** Whether only the end of the object is left. */
  isAtEnd(): boolean {
    return this.#at === this.#bytes.length - 1 && this.#bytes[this.#at] === brace;
  }
}

const isDigit = (digit: number): boolean => digit >= 0 && digit <= 9;

/** The digit at a place; out of 0 to 9 where there is none. */
const digitAt = (bytes: Buffer, at: number): number => (bytes[at] ?? 0) - zero;
