import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LockOptions {
  /** Called once with the other process's id, where one has the lock. */
  readonly onWait?: ((processId: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does `work` while no other process does work under the same lock `file`: waits for its turn, and
 * takes over the lock of a process that has died.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  { onWait, signal }: LockOptions = {},
): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  for (let waits = 0; !(await acquire(file)); waits++) {
    const holder = await holderOf(file);
    if (holder === undefined) {
      await rm(file, { force: true });
    } else {
      if (waits === 0) onWait?.(holder);
      await sleep(250, undefined, signal && { signal });
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The id of the process that holds the lock, while that process lives. */
async function holderOf(file: string): Promise<number | undefined> {
  const processId = Number(await readFile(file, 'utf8').catch(() => ''));
  return processId > 0 && isAlive(processId) ? processId : undefined;
}

function isAlive(processId: number): boolean {
  try {
    // Signal 0 only asks whether the process is there.
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
