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

/** What is unpacked of a wheel besides the metadata that gives its version. */
export interface WheelPart {
  /** Files that have to be there. */
  readonly files: readonly string[];
  /** Others by their names. */
  readonly others?: RegExp;
}

/** What the engine needs of TensorFlow: the C library and the headers. */
export const tensorflowPart: WheelPart = {
  files: packageFiles.map((file) => `tensorflow/${file}`),
};

/** What it needs of CUDA: the libraries. */
export const cudaPart: WheelPart = { files: [], others: /^nvidia\/[^/]+\/lib\/[^/]+\.so[^/]*$/ };

/**
 * Unpacks a part of a wheel. `destination` is replaced, and appears only once it is complete.
 * Throws where the file is no wheel or lacks a file of the part.
 */
export async function unpackWheel(
  wheel: string,
  destination: string,
  { signal, part = tensorflowPart }: { signal?: AbortSignal | undefined; part?: WheelPart } = {},
): Promise<void> {
  const unfinished = `${destination}.unpacking`;
  const wanted = new Set(part.files);
  const isMetadata = (name: string): boolean => /^[^/]+\.dist-info\/METADATA$/.test(name);
  await rm(unfinished, { recursive: true, force: true });
  try {
    const zip = await openPromise(wheel);
    try {
      for await (const entry of zip.eachEntry()) {
        const name = entry.fileName;
        if (!wanted.delete(name) && !part.others?.test(name) && !isMetadata(name)) continue;
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
