import { setTimeout } from 'node:timers/promises';

/** Waits until a claim holds: a page draws at the next frame, which comes late on a busy machine. */
export async function eventually(claim: () => void | Promise<void>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      await claim();
      return;
    } catch {
      await setTimeout(30);
    }
  }
  await claim();
}
