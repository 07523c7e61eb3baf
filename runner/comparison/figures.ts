/** How figures are written everywhere on the terminal and in reports. */

export const lossText = (loss: number): string => loss.toFixed(3);
export const accuracyText = (accuracy: number): string => accuracy.toFixed(4);

/** A rate in few characters: 0.0001, 3.333e-6. */
export function rateText(rate: number): string {
  return String(Number(rate.toPrecision(4)));
}

/** A name or a message for one line: what would move a terminal's cursor becomes a space. */
export function lineText(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

/** Seconds as people say them: 12 s, 3 min 05 s, 1 h 02 min. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const pad = (n: number): string => String(n).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`;
}

/** A size of files, in units of a thousand: 512 bytes, 81.2 MB. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const size = bytes / 1000 ** power;
  return `${power === 0 ? size : size.toFixed(1)} ${units[power] ?? ''}`;
}
