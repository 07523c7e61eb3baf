import { readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** The processes that a process has started and that still run (Linux only); none of one that is gone. */
export async function childrenOf(processId: number): Promise<readonly number[]> {
  const file = `/proc/${processId}/task/${processId}/children`;
  const children = await readFile(file, 'utf8').catch(() => '');
  return children.split(' ').filter(Boolean).map(Number);
}

/** Waits until some processes are gone; those that are not within some seconds. */
export async function remaining(processIds: readonly number[]): Promise<readonly number[]> {
  let left = processIds;
  for (let waits = 0; left.length > 0 && waits < 50; waits++) {
    left = left.filter(isRunning);
    if (left.length > 0) await setTimeout(100);
  }
  return left;
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

/** The processes whose command line has a match of a pattern (Linux only). */
export async function processesOf(pattern: string): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).map(Number).filter(Number.isSafeInteger);
  const lines = await Promise.all(
    ids.map(async (id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')),
  );
  const wanted = new RegExp(pattern);
  return ids.filter((_, i) => wanted.test(lines[i] ?? ''));
}
