import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemErrorCode } from './inputError.ts';

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
    if (holder === undefined) continue;
    if (isAlive(holder)) {
      if (waits === 0) onWait?.(holder);
      await sleep(250, undefined, signal && { signal });
    } else {
      await removeLockOf(holder, file);
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Makes the lock file in one step with its holder's id, so that nobody ever reads half of it. */
async function acquire(file: string): Promise<boolean> {
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** The id in the lock file, 0 where it has none; undefined where the lock was given back. */
async function holderOf(file: string): Promise<number | undefined> {
  try {
    const holder = Number(await readFile(file, 'utf8'));
    return Number.isSafeInteger(holder) && holder > 0 ? holder : 0;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Takes a dead process's lock away, and puts it back if another has got hold of it meanwhile. */
async function removeLockOf(dead: number, file: string): Promise<void> {
  const taken = `${file}.${process.pid}.stale`;
  try {
    await rename(file, taken);
    if ((await holderOf(taken)) !== dead) await link(taken, file);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error;
  } finally {
    await rm(taken, { force: true });
  }
}

function isAlive(processId: number): boolean {
  if (processId === 0) return false;
  try {
    // Signal 0 only asks whether the process is there.
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}
