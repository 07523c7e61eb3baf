/** A stretch of finite numbers, both ends included. */
export type Range = readonly [min: number, max: number];

/** From the least of finite numbers to the largest; 0 to 1 where there are none. */
export function rangeOf(values: readonly number[]): Range {
  return values.length === 0
    ? [0, 1]
    : [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface Axis {
  readonly ticks: readonly Tick[];
  /** Where a value lies, from 0 at the beginning of the axis to 1 at its end. */
  position(value: number): number;
}

/** An axis that begins and ends at given values, with about so many ticks. */
export type MakeAxis = (range: Range, count: number) => Axis;

/** An axis of whole numbers, such as steps or epochs, that begins and ends as they do. */
export const stepAxis: MakeAxis = ([low, high], count) => {
  const [min, max] = low < high ? [low, high] : [low - 0.5, low + 0.5];
  const spacing = niceSpacing((max - min) / count, 0);
  return {
    ticks: multiples(
      spacing,
      Math.ceil(min / valueOf(spacing)),
      Math.floor(max / valueOf(spacing)),
    ).map((value) => ({ value, label: stepLabel(value) })),
    position: (step) => (step - min) / (max - min),
  };
};

/**
 * An axis of figures, such as rates, that begins and ends at a tick; at 0 too, unless that would
 * squeeze the figures into one half of it.
 */
export const figureAxis: MakeAxis = (range, count) => {
  const [min, max] = withZero(range);
  const spacing = niceSpacing((max - min) / count);
  const first = Math.floor(min / valueOf(spacing) + float32Noise);
  const last = Math.ceil(max / valueOf(spacing) - float32Noise);
  return {
    ticks: figureTicks(multiples(spacing, first, last), spacing),
    position: (figure) => (figure / valueOf(spacing) - first) / (last - first),
  };
};

/** Smaller relative differences are the noise of float32. */
const float32Noise = 1e-6;

function withZero([low, high]: Range): Range {
  if (high - low <= float32Noise * Math.max(Math.abs(low), Math.abs(high))) {
    return low === 0 ? [0, 1] : [Math.min(0, 2 * low), Math.max(0, 2 * low)];
  }
  if (low > 0 && low < high / 2) return [0, high];
  return high < 0 && high > low / 2 ? [low, 0] : [low, high];
}

/** A logarithmic axis of positive figures that begins and ends at a tick. */
export const logarithmicAxis: MakeAxis = ([low, high], count) => {
  const decades = Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low));
  const mantissas = 2 * decades <= count ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil(decades / count));
  const candidates = Array.from({ length: decades + every + 1 }, (_, i) => i)
    .filter((decade) => decade % every === 0)
    .map((decade) => Math.floor(Math.log10(low)) + decade)
    .flatMap((exponent) => mantissas.map((mantissa) => valueOf({ mantissa, exponent })));
  const first = candidates.findLast((tick) => tick <= low) ?? low;
  const last = candidates.find((tick) => tick >= high && tick > first) ?? high;
  return {
    ticks: candidates
      .filter((tick) => first <= tick && tick <= last)
      .map((value) => ({ value, label: rateLabel(value) })),
    position: (figure) => Math.log(figure / first) / Math.log(last / first),
  };
};

/** mantissa * 10 ** exponent */
interface Decimal {
  readonly mantissa: number;
  readonly exponent: number;
}

/** Divided where that is exact: 3 / 10 is 0.3, and 3 * 0.1 is not. */
function valueOf({ mantissa, exponent }: Decimal): number {
  return exponent < 0 ? mantissa / 10 ** -exponent : mantissa * 10 ** exponent;
}

/** The least of 1, 2 and 5 times a power of ten that is at least `spacing`. */
function niceSpacing(spacing: number, leastExponent = -Infinity): Decimal {
  const exponent = Math.max(leastExponent, Math.floor(Math.log10(spacing)));
  const mantissa = [1, 2, 5, 10].find(
    (candidate) => valueOf({ mantissa: candidate, exponent }) >= spacing * (1 - float32Noise),
  );
  return { mantissa: mantissa ?? 10, exponent };
}

function multiples(
  { mantissa, exponent }: Decimal,
  first: number,
  last: number,
): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, i) =>
    valueOf({ mantissa: mantissa * (first + i), exponent }),
  );
}

/** A number of steps in few characters: 500, 1k, 2.5k, 10M. */
export function stepLabel(steps: number): string {
  const [size, unit] = (
    [
      [1e9, 'G'],
      [1e6, 'M'],
      [1e3, 'k'],
    ] as const
  ).find(([size]) => Math.abs(steps) >= size) ?? [1, ''];
  return `${steps / size}${unit}`;
}

/** Labels of one notation, with the decimals that their spacing needs: 0.08, 0.10 or 8e-5, 1e-4. */
function figureTicks(values: readonly number[], { exponent }: Decimal): readonly Tick[] {
  const plain = isPlain(values.reduce((a, b) => Math.max(a, Math.abs(b)), 0));
  const label = (value: number): string =>
    plain ? value.toFixed(Math.max(0, -exponent)) : scientific(value);
  return values.map((value) => ({ value, label: value === 0 ? '0' : label(value) }));
}

/** A rate in few characters: 0, 1e-4, 2.5e-4, 0.01. */
export function rateLabel(rate: number): string {
  return rate === 0 || isPlain(Math.abs(rate)) ? String(significant(rate)) : scientific(rate);
}

const isPlain = (size: number): boolean => 0.01 <= size && size < 1e5;
const scientific = (rate: number): string => significant(rate).toExponential().replace('+', '');

/** Without the digits in which only float arithmetic differs. */
const significant = (rate: number): number => Number(rate.toPrecision(9));
