/** A stretch of numbers, both ends included. */
export type Range = readonly [min: number, max: number];

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface Axis {
  readonly ticks: readonly Tick[];
  /** Where a value lies, from 0 at the axis' beginning to 1 at its end. */
  position(value: number): number;
}

/** Smaller differences are the noise of float32. */
const relativeNoise = 1e-6;

/** An axis of whole numbers, such as steps or epochs, that begins and ends as they do. */
export function stepAxis(steps: Range, count: number): Axis {
  const [min, max] = wider(steps, ([step]) => [step - 0.5, step + 0.5]);
  const distance = tickDistance((max - min) / count, 1);
  const ticks = multiples(distance, [Math.ceil(min / distance.size), Math.floor(max / distance.size)]);
  return { ticks: labelled(ticks, stepLabel), position: (step) => (step - min) / (max - min) };
}

/**
 * An axis of figures, such as rates, that begins and ends at a tick; at 0 unless that would squeeze
 * the figures into its upper half.
 */
export function figureAxis(figures: Range, count: number): Axis {
  const [low, high] = wider(figures, ([figure]) => (figure === 0 ? [0, 1] : [0, 2 * figure]));
  const min = low > 0 && low < high / 2 ? 0 : low;
  const max = high < 0 && high > low / 2 ? 0 : high;
  const distance = tickDistance((max - min) / count);
  const first = Math.floor(min / distance.size + relativeNoise);
  const last = Math.ceil(max / distance.size - relativeNoise);
  const span = (last - first) * distance.size;
  return {
    ticks: labelled(multiples(distance, [first, last]), rateLabel),
    position: (figure) => (figure - first * distance.size) / span,
  };
}

/** A logarithmic axis of positive figures that begins and ends at a tick. */
export function logarithmicAxis([min, max]: Range, count: number): Axis {
  const decades = multiples({ mantissa: 1, exponent: 0, size: 1 }, [
    Math.floor(Math.log10(min)),
    Math.ceil(Math.log10(max)),
  ]);
  const candidates = decades.flatMap((exponent) =>
    mantissas.map((mantissa) => multiple({ mantissa, exponent }, 1)),
  );
  const first = candidates.findLast((tick) => tick <= min) ?? min;
  const last = candidates.find((tick) => tick >= max && tick > first) ?? max;
  const all = candidates.filter((tick) => first <= tick && tick <= last);
  const every = Math.ceil(decades.length / count);
  const powers = decades.filter((_, i) => i % every === 0).map((exponent) => 10 ** exponent);
  const ticks =
    all.length <= 2 * count ? all : powers.filter((tick) => first <= tick && tick <= last);
  return {
    ticks: labelled(ticks, rateLabel),
    position: (figure) => Math.log(figure / first) / Math.log(last / first),
  };
}
