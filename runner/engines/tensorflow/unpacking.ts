import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { libraryFiles } from './library.ts';
import { messageOf } from '../../inputError.ts';

/** The headers that the sources of tfjs-node's binding include, by `g++ -M`: 14 of 14,000. */
const headers = [
  'tensorflow/c/c_api.h',
  'tensorflow/c/c_api_macros.h',
  'tensorflow/c/eager/c_api.h',
  'tensorflow/c/tf_attrtype.h',
  'tensorflow/c/tf_buffer.h',
  'tensorflow/c/tf_datatype.h',
  'tensorflow/c/tf_status.h',
  'tensorflow/c/tf_tensor.h',
  'tensorflow/c/tf_tstring.h',
  'tensorflow/core/platform/ctstring.h',
  'tensorflow/core/platform/ctstring_internal.h',
  'tsl/platform/ctstring.h',
  'tsl/platform/ctstring_internal.h',
  'xla/tsl/c/tsl_status.h',
];

/** What is unpacked of the package tensorflow. */
export const packageFiles = [...libraryFiles, ...headers.map((header) => `include/${header}`)];

/**
 * Unpacks what the engine needs of a TensorFlow wheel: the C library, the headers and the metadata
 * that gives the version. `destination` is replaced, and appears only once it is complete.
 * Throws where the file is no wheel or lacks one of these.
 */
export async function unpackWheel(
  wheel: string,
  destination: string,
  signal?: AbortSignal,
): Promise<void> {
  const unfinished = `${destination}.unpacking`;
  const wanted = new Set(packageFiles.map((file) => `tensorflow/${file}`));
  await rm(unfinished, { recursive: true, force: true });
  try {
    const zip = await openPromise(wheel);
    try {
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName;
        if (!wanted.delete(name) && !/^[^/]+\.dist-info\/METADATA$/.test(name)) continue;
        const file = join(unfinished, name);
        await mkdir(dirname(file), { recursive: true });
        const bytes = await zip.openReadStreamPromise(entry);
        await pipeline(bytes, createWriteStream(file, { flush: true }), { signal });
      }
    } finally {
      zip.close();
    }
    if (wanted.size > 0) throw new Error(`it has no ${[...wanted].join(', ')}`);
    await rm(destination, { recursive: true, force: true });
    await rename(unfinished, destination);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    signal?.throwIfAborted();
    const what = messageOf(error);
    throw new Error(
      `${wheel} cannot be unpacked (${what}): delete it and run again, with room on its disk.`,
      { cause: error },
    );
  }
}
