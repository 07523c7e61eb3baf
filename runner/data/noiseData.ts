import { randomFillSync } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { classNames, dataFiles } from './files.ts';
import { magicOfBytes } from './idx.ts';

/**
 * Writes noise in the form of Fashion-MNIST, for measurements where the data is not here yet: how long
 * a step takes does not depend on what is in the pictures.
 *
 * @returns the folder.
 */
export async function writeNoiseData(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const { name, shape } of dataFiles) {
    const header = Buffer.alloc(4 + 4 * shape.length);
    header.writeUInt32BE(magicOfBytes + shape.length);
    shape.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
    const isOfLabels = shape.length === 1;
    const noise = randomFillSync(new Uint8Array(shape.reduce((product, n) => product * n)));
    const content = isOfLabels ? noise.map((byte) => byte % classNames.length) : noise;
    await writeFile(join(folder, name), Buffer.concat([header, content]));
  }
  return folder;
}
