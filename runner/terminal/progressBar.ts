import { SingleBar } from 'cli-progress';

/** Told how much of something has arrived, 0 to 1; undefined where its size is not known. */
export type FetchProgress = (what: string, fraction: number | undefined) => void;

/** A bar for downloads, one after the other, on a terminal; nothing where there is none. */
export function progressBar(stream: NodeJS.WriteStream): FetchProgress {
  if (!stream.isTTY) return () => undefined;
  const format = '{what} {bar} {percentage} %, {eta_formatted} left';
  const bar = new SingleBar({ stream, format, hideCursor: true, clearOnComplete: true });
  let shown: string | undefined;
  return (what, fraction) => {
    if (fraction === undefined) return;
    if (shown !== what) bar.start(1, fraction, { what });
    shown = what;
    bar.update(fraction, { what });
    if (fraction < 1) return;
    bar.stop();
    shown = undefined;
  };
}
