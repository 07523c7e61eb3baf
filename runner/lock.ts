import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeFolder } from './durableFile.ts';
import { cannotWrite, systemErrorCode } from './inputError.ts';

/** A process, told apart from every other one that ever had its id. */
export interface Owner {
  readonly host: string;
  readonly process: number;
  /** Of the running system: changes when it starts. Empty where it is not told. */
  readonly boot: string;
  /** When the process began, in ticks of the system. Empty where it is not told. */
  readonly start: string;
}

export interface LockOptions {
  /** Called once with the other process's id, where one has the lock. */
  readonly onWait?: ((processId: number) => void) | undefined;
  /** Makes the error to throw where another has the lock, maybe on another machine; else waits. */
  readonly refusal?: ((owner: Owner, isHere: boolean) => Error) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does `work` while no other process does work under the same lock `file`: waits for its turn, and
 * takes over the lock of a process that has died.
 *
 * @throws InputError where the file cannot be written.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  { onWait, refusal, signal }: LockOptions = {},
): Promise<T> {
  await makeFolder(dirname(file)).catch((error: unknown) => {
    throw cannotWrite(dirname(file), error);
  });
  for (let waits = 0; !(await acquire(file)); waits++) {
    const owner = await ownerOf(file);
    if (owner === 'nobody') continue;
    if (owner === 'unknown' || !(await isAlive(owner))) {
      await removeLockOf(owner, file);
    } else {
      if (refusal) throw refusal(owner, owner.host === hostname());
      if (waits === 0) onWait?.(owner.process);
      await sleep(250, undefined, signal && { signal });
    }
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** The process that has a lock and is alive; undefined where none has it. */
export async function lockOwner(file: string): Promise<Owner | undefined> {
  const owner = await ownerOf(file);
  return typeof owner === 'object' && (await isAlive(owner)) ? owner : undefined;
}

/** Makes the lock file in one step with its owner, so that nobody ever reads half of it. */
async function acquire(file: string): Promise<boolean> {
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(own, JSON.stringify(await thisProcess()));
    await link(own, file);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false;
    throw cannotWrite(file, error);
  } finally {
    await rm(own, { force: true });
  }
}

/** Whose lock it is: `nobody` where it was given back, `unknown` where it names no process. */
async function ownerOf(file: string): Promise<Owner | 'unknown' | 'nobody'> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return 'nobody';
    throw cannotWrite(file, error);
  }
  try {
    const owner = JSON.parse(text) as Owner;
    return Number.isSafeInteger(owner.process) && owner.process > 0 ? owner : 'unknown';
  } catch {
    return 'unknown';
  }
}

/** Takes a dead process's lock away, and puts it back if another has got hold of it meanwhile. */
async function removeLockOf(dead: Owner | 'unknown', file: string): Promise<void> {
  const taken = `${file}.${process.pid}.stale`;
  try {
    await rename(file, taken);
    if (JSON.stringify(await ownerOf(taken)) !== JSON.stringify(dead)) await link(taken, file);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT' && code !== 'EEXIST') throw cannotWrite(file, error);
  } finally {
    await rm(taken, { force: true });
  }
}

async function thisProcess(): Promise<Owner> {
  const [boot, start] = await Promise.all([bootId(), startOf(process.pid)]);
  return { host: hostname(), process: process.pid, boot, start };
}

/** Of a process on another machine nothing is known: it counts as alive. */
async function isAlive({ host, process: processId, boot, start }: Owner): Promise<boolean> {
  if (host !== hostname()) return true;
  if (boot !== (await bootId())) return false;
  try {
    // Signal 0 only asks whether the process is there.
    process.kill(processId, 0);
  } catch (error) {
    if (systemErrorCode(error) !== 'EPERM') return false;
  }
  return (await startOf(processId)) === start;
}

/** Linux tells both; elsewhere a process is known by its id alone. */
const bootId = (): Promise<string> => systemFile('/proc/sys/kernel/random/boot_id');

async function startOf(processId: number): Promise<string> {
  const status = await systemFile(`/proc/${processId}/stat`);
  // The name in brackets may hold anything; the 22nd field of all is the 20th behind it.
  return status.slice(status.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

const systemFile = async (path: string): Promise<string> =>
  (await readFile(path, 'utf8').catch(() => '')).trim();
