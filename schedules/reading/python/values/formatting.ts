import { isNumeric, toNumber } from './conversion.ts';
import { spelled, spelledFloat } from './keys.ts';
import type { Plain } from './value.ts';

/** `str(value)` */
export function textOfValue(value: Plain): string {
  return typeof value === 'string' ? value : spelled(value);
}

/** `format(value, spec)` for the specifications that numbers are usually given. */
export function formatted(value: Plain, spec: string): string {
  const [, fill = '', sign = '', width = '', comma = '', precision, type = ''] =
    /^(?:.?[<>^=])?([0 ]?)([+-]?)0?(\d*)([,_]?)(?:\.(\d+))?([a-zA-Z%]?)$/.exec(spec) ?? [];
  if (!isNumeric(value)) return textOfValue(value).padEnd(Math.min(Number(width), 1000));
  const number = toNumber(value);
  const digits = Math.min(Number(precision ?? 6), 100);
  let text = textOfValue(value);
  if (type === 'f' || type === 'F') text = number.toFixed(digits);
  else if (type === '%') text = `${(number * 100).toFixed(digits)}%`;
  else if (type === 'e') text = spelledExponent(number, digits);
  else if (type === 'g' || precision !== undefined)
    text = spelledFloat(Number(number.toPrecision(Math.max(1, digits)))).replace(/\.0$/, '');
  if (comma !== '') text = text.replace(/\B(?=(\d{3})+(?!\d))/g, comma);
  if (sign === '+' && number >= 0) text = `+${text}`;
  return text.padStart(
    Math.min(Number(width), 1000),
    fill === '0' || spec.startsWith('0') ? '0' : ' ',
  );
}

function spelledExponent(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits).split('e');
  const size = exponent.replace(/[+-]/, '').padStart(2, '0');
  return `${mantissa}e${exponent.startsWith('-') ? '-' : '+'}${size}`;
}
