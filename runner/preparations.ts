import type { FromRunner } from './protocol.ts';

/** Tells what is done before there is a comparison, and which share of it, where that is known. */
export type Prepare = (message: string, share: number | null) => void;

/** Ten times a second is enough to look at. */
const leastMilliseconds = 100;

/** Tells of preparations, but not of every little progress. */
export function preparations(tell: (message: FromRunner) => void): Prepare {
  let last: { readonly message: string; readonly time: number } | undefined;
  return (message, share) => {
    const time = performance.now();
    const isSoon = last?.message === message && time - last.time < leastMilliseconds;
    if (isSoon && share !== 1) return;
    last = { message, time };
    tell({ type: 'preparing', message, share });
  };
}
