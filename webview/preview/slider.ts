import type { Slider } from '../messages.ts';

/** The positions of a slider: 0 to so many. */
export const positions = 1000;

/** The value at a position, with as many digits as positions can tell apart. */
export function valueAt({ min, max, isLogarithmic, isWhole }: Slider, position: number): number {
  const part = position / positions;
  const value = isLogarithmic ? min * (max / min) ** part : min + (max - min) * part;
  if (isWhole) return Math.round(value);
  return isLogarithmic ? Number(value.toPrecision(3)) : toDigitsOf((max - min) / positions, value);
}

export function positionOf({ min, max, isLogarithmic }: Slider, value: number): number {
  const part = isLogarithmic
    ? Math.log(value / min) / Math.log(max / min)
    : (value - min) / (max - min);
  return Math.round(positions * Math.min(Math.max(part, 0), 1));
}

function toDigitsOf(spacing: number, value: number): number {
  return Number(value.toFixed(Math.min(100, Math.max(0, -Math.floor(Math.log10(spacing))))));
}
