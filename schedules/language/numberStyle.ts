/** A number as Python and JSON write it: digits with `_` between them, a fraction, an exponent. */
const number = /^[+-]?(?:\d[\d_]*)?(\.[\d_]*)?(?:[eE]([+-]?)\d+)?$/;

/** Whether a text is a number, and nothing that computes one. */
export function isNumber(text: string): boolean {
  return /^[+-]?\.?\d/.test(text) && number.test(text);
}

/** So many significant digits tell apart what a hand can set; the rest is noise. */
const shownDigits = 3;

/**
 * A number in the style of another one: `1e-4` stays in powers of ten, `0.010` in decimals, `10_000`
 * in groups, and a whole number stays whole.
 */
export function writtenLike(original: string, value: number): string {
  const [, fraction, exponentSign] = number.exec(original) ?? [];
  const isExponential = /e/i.test(original);
  const isWhole = fraction === undefined && !isExponential;
  if (isWhole && (Number.isInteger(value) || Math.abs(value) >= 1)) {
    return grouped(String(Math.round(value)), original);
  }
  const rounded = Number(value.toPrecision(shownDigits));
  if (rounded === 0) return isExponential || fraction !== undefined ? '0.0' : '0';
  if (isExponential) return exponential(rounded, exponentSign ?? '');
  const plain = String(rounded);
  if (plain.includes('e') || Math.abs(rounded) < 1e-4) return exponential(rounded, '');
  return fraction !== undefined && Number.isInteger(rounded) ? `${plain}.0` : plain;
}

function exponential(value: number, sign: string): string {
  const text = value.toExponential();
  return sign === '+' ? text : text.replace('e+', 'e');
}

function grouped(digits: string, original: string): string {
  return original.includes('_') ? digits.replace(/\B(?=(\d{3})+$)/g, '_') : digits;
}
