import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { dataFiles } from '../../runner/data/files.ts';
import { fashionMnistFolder } from './fashionMnist.ts';

export type Damage = (compressed: Buffer) => Buffer | undefined;

/**
 * Makes a folder of the real data in which one file is replaced by what `damage` makes of its
 * compressed content, or is missing where that is undefined.
 */
export async function damagedFolder(folder: string, name: string, damage: Damage): Promise<string> {
  const real = await fashionMnistFolder();
  await mkdir(folder, { recursive: true });
  for (const file of dataFiles) {
    const path = join(real, `${file.name}.gz`);
    if (file.name !== name) {
      await symlink(path, join(folder, `${file.name}.gz`));
      continue;
    }
    const damaged = damage(await readFile(path));
    if (damaged) await writeFile(join(folder, `${name}.gz`), damaged);
  }
  return folder;
}

/** Damage to the decompressed content. */
export function recompressed(change: (content: Buffer) => Buffer): Damage {
  return (compressed) => gzipSync(change(gunzipSync(compressed)), { level: 1 });
}
