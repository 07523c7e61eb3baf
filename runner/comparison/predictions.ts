import { join } from 'node:path';
import { writeDurably } from '../durableFile.ts';

/**
 * Keeps the class that a run gave each test image after an epoch, one byte an image: what paired
 * statistics between runs are computed from.
 */
export async function savePredictions(
  folder: string,
  epoch: number,
  predictions: Uint8Array,
): Promise<void> {
  await writeDurably(join(folder, `epoch-${epoch}.u8`), predictions);
}
