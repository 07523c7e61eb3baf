import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { download } from '../download.ts';
import { dataFiles } from './files.ts';
import { defectOf } from './idx.ts';
import type { Source } from './source.ts';

/** A web address under which the four compressed files are. */
export function webSource(address: string): Source {
  return {
    name: address,
    fetch: async (folder, { onProgress, signal }) => {
      for (const file of dataFiles) {
        if ((await defectOf(folder, file)) === undefined) continue;
        const name = `${file.name}.gz`;
        await download(`${address}/${name}`, join(folder, name), {
          onProgress: (received, total) => onProgress?.(name, total && received / total),
          signal,
        });
        const defect = await defectOf(folder, file);
        if (defect === undefined) continue;
        await rm(join(folder, name));
        throw new Error(`${address} sends something else, which was deleted: ${defect}`);
      }
    },
  };
}
