/** The number that a person typed, as Python writes numbers too; undefined where it is none. */
export function typedNumber(text: string): number | undefined {
  const plain = text.trim().replace(/(?<=\d)_(?=\d)/g, '');
  const value = Number(plain);
  return plain !== '' && Number.isFinite(value) ? value : undefined;
}

/** A value as Python writes it. */
export function pythonText(value: number | boolean | string | null): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : plainNumber(value);
}

/** `0.0001` and `1e-7` alike as people write rates: `1e-4`, `1e-7`. */
function plainNumber(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && size < 0.01 ? value.toExponential() : String(value);
}
