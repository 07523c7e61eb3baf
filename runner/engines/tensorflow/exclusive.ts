import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface ExclusiveOptions {
  /** Called once where another process must be waited for. */
  readonly onWait?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs `action` while no other process on this machine runs one of the same name, after waiting
 * for its turn. The lock is a socket in Linux's abstract namespace, which the kernel takes away
 * with the process however that ends, so there is never a stale one.
 */
export async function exclusively<T>(
  name: string,
  action: () => Promise<T>,
  { onWait, signal }: ExclusiveOptions = {},
): Promise<T> {
  const digest = createHash('sha256').update(name).digest('hex');
  const address = `\0anneal-${digest}`;
  let lock = await listen(address);
  if (lock === undefined) onWait?.();
  while (lock === undefined) {
    await delay(200);
    signal?.throwIfAborted();
    lock = await listen(address);
  }
  try {
    return await action();
  } finally {
    lock.close();
  }
}

/** The listening server, or undefined where another listens at the address. */
async function listen(address: string): Promise<Server | undefined> {
  const server = createServer((connection) => connection.destroy());
  try {
    server.listen(address);
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return undefined;
    throw error;
  }
}
