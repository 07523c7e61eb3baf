import { join } from 'node:path';
import { writeDurably } from '../durableFile.ts';
import type { TrainingState } from '../training/loop.ts';
import type { Tensors } from '../training/parameters.ts';
import { encodeSafetensors, type StoredTensor } from '../training/safetensors.ts';

/**
 * Saves all that a run needs to go on: the parameters under Flax's names, the optimizer's state
 * under `optimizer/`, and, as metadata, the steps done and what was summed of the epoch so far.
 */
export async function saveCheckpoint(
  folder: string,
  name: string,
  { step, parameters, optimizer, lossSum, seconds }: TrainingState,
): Promise<void> {
  const tensors = {
    ...(await stored(parameters, '')),
    ...(await stored(optimizer, 'optimizer/')),
  };
  const metadata = { step: String(step), lossSum: String(lossSum), seconds: String(seconds) };
  await writeDurably(join(folder, `${name}.safetensors`), encodeSafetensors({ tensors, metadata }));
}

async function stored(tensors: Tensors, prefix: string): Promise<Record<string, StoredTensor>> {
  const entries = Object.entries(tensors).map(async ([name, tensor]) => {
    const values = await tensor.data<'float32' | 'int32'>();
    return [`${prefix}${name}`, { shape: tensor.shape, values }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
