/** A time that is not known exactly: `under a minute`, `about 6 min`, `about 2 h 10 min`. */
export function aboutTime(seconds: number): string {
  if (seconds < 45) return 'under a minute';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  const tens = Math.round(minutes / 10);
  const [hours, rest] = [Math.floor(tens / 6), (tens % 6) * 10];
  return `about ${hours} h${rest > 0 ? ` ${rest} min` : ''}`;
}

export const percent = (share: number): string => `${Math.floor(100 * share)} %`;

/** `97.31 %` */
export const accuracyText = (accuracy: number): string => `${(100 * accuracy).toFixed(2)} %`;

/** A size of files, in units of a thousand: 512 bytes, 81.2 MB. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const size = bytes / 1000 ** power;
  return `${power === 0 ? size : size.toFixed(1)} ${units[power] ?? ''}`;
}
