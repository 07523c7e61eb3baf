import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cannotWrite, systemErrorCode } from './inputError.ts';

/**
 * Writes a file that is either whole or absent whatever happens meanwhile: to a temporary name in
 * the same folder, synced, renamed. Folders are made where they are missing.
 *
 * @throws InputError that says why the file cannot be written.
 */
export async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await makeFolder(dirname(path));
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(path, error);
  }
}

/**
 * Makes a folder and those above it where they are missing. (With `recursive`, Node's own `mkdir`
 * never returns below a folder that takes no files, such as /proc.)
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeOneFolder(path);
  } catch (error) {
    const parent = dirname(path);
    if (systemErrorCode(error) !== 'ENOENT' || parent === path) throw error;
    // Another may be making the same folders at the same time.
    const parentIsThere = await stat(parent).catch(() => undefined);
    if (!parentIsThere) await makeFolder(parent);
    await makeOneFolder(path);
  }
}

async function makeOneFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  }
}
