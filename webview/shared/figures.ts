import { rateLabel } from '../../schedules/drawing/axes.ts';

/** A rate for people, with the digits that float32 holds safely. */
export function rateText(rate: number): string {
  if (Number.isNaN(rate)) return 'NaN';
  if (!Number.isFinite(rate)) return rate > 0 ? '∞' : '−∞';
  return rateLabel(Number(rate.toPrecision(6)));
}

const grouped = new Intl.NumberFormat('en-US');

export function stepText(step: number): string {
  return grouped.format(step);
}

/** A step with its epoch, counted from 1, where that is known. */
export function placeText(step: number, stepsPerEpoch: number | null): string {
  const epoch = stepsPerEpoch === null ? '' : `, epoch ${epochOf(step, stepsPerEpoch)}`;
  return `step ${stepText(step)}${epoch}`;
}

export function epochOf(step: number, stepsPerEpoch: number): number {
  return Math.floor(step / stepsPerEpoch) + 1;
}

/** A rate in the few digits that fit beside others. */
export const shortRateText = (rate: number): string => rateText(Number(rate.toPrecision(3)));

/** An accuracy as it is printed everywhere: `0.8748`. */
export const accuracyText = (accuracy: number): string => figureText(accuracy, 4);

/** A loss as it is printed everywhere: `78.408`; very large ones in few characters. */
export function lossText(loss: number): string {
  return Math.abs(loss) >= 1e6 && Number.isFinite(loss) ? rateText(loss) : figureText(loss, 3);
}

/** A figure that may be negative, or none at all. */
export function figureText(figure: number, decimals: number): string {
  if (!Number.isFinite(figure)) return rateText(figure);
  return figure.toFixed(decimals).replace('-', '−');
}

/** Seconds as people say them, on one line: 12 s, 3 min 05 s, 1 h 02 min. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.round(seconds);
  const pad = (n: number): string => String(n).padStart(2, '0');
  if (whole < 60) return `${whole}\u00a0s`;
  const [minutes, hours] = [Math.floor(whole / 60), Math.floor(whole / 3600)];
  return whole < 3600
    ? `${minutes}\u00a0min\u00a0${pad(whole % 60)}\u00a0s`
    : `${hours}\u00a0h\u00a0${pad(minutes % 60)}\u00a0min`;
}

/** `1 schedule`, `2 schedules`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
