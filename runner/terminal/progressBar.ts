import { SingleBar } from 'cli-progress';

/** Shows how much of something has arrived. */
export interface ProgressBar {
  /** @param fraction 0 to 1; undefined where the size is not known. */
  readonly show: (what: string, fraction: number | undefined) => void;
  /** To be called whatever happened: an open bar keeps the process alive. */
  readonly end: () => void;
}

/** A bar for downloads, one after the other, on a terminal; nothing where there is none. */
export function progressBar(stream: NodeJS.WriteStream): ProgressBar {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  const format = '{what} {bar} {percentage} %, {eta_formatted} left';
  const bar = new SingleBar({ stream, format, hideCursor: true, clearOnComplete: true });
  let shown: string | undefined;
  const end = (): void => {
    if (shown !== undefined) bar.stop();
    shown = undefined;
  };
  const show = (what: string, fraction: number | undefined): void => {
    if (fraction === undefined) return;
    if (shown !== what) {
      end();
      bar.start(1, fraction, { what });
      shown = what;
    }
    bar.update(fraction, { what });
    if (fraction >= 1) end();
  };
  return { show, end };
}
