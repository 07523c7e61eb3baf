/** A number as a person writes it in Python: `2350`, `0.95`, `1e-5`, `nan`; to six digits. */
export function figure(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Number.isInteger(value)) return String(value).replace('e+', 'e');
  const rounded = Number(value.toPrecision(6));
  return Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}

/** `1 step`, `2350 steps` */
export function counted(count: number, unit: string): string {
  return `${figure(count)} ${unit}${count === 1 ? '' : 's'}`;
}
