import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type DataFile, dataFiles } from './files.ts';
import { messageOf, systemErrorCode } from '../inputError.ts';

/** Dimensions of unsigned bytes: the magic number's third byte is 8, its fourth the rank. */
export const magicOfBytes = 0x0800;

/**
 * The bytes of a data file behind its IDX header, row by row, from `NAME.gz` or else `NAME` in
 * `folder`. Size and header are always checked, the sha256 unless the caller says that the folder
 * was `verified` already.
 *
 * @throws Error that names the file and what is wrong with it, as a clause without a full stop.
 */
export async function readDataFile(
  folder: string,
  file: DataFile,
  verified: boolean,
): Promise<Uint8Array> {
  const { path, content } = await readContent(folder, file);
  const headerSize = 4 + 4 * file.shape.length;
  const size = headerSize + file.shape.reduce((product, n) => product * n);
  if (content.length !== size) {
    throw new Error(`${path} holds ${content.length} bytes instead of ${size}`);
  }
  const header = Array.from({ length: 1 + file.shape.length }, (_, i) =>
    content.readUInt32BE(4 * i),
  );
  const isBytes = header[0] === magicOfBytes + file.shape.length;
  if (!isBytes || file.shape.some((n, i) => header[i + 1] !== n)) {
    throw new Error(
      `${path} does not have the header of an IDX file of ${file.shape.join(' x ')} bytes`,
    );
  }
  if (!verified && createHash('sha256').update(content).digest('hex') !== file.sha256) {
    throw new Error(`${path} does not hold Fashion-MNIST: its sha256 is not ${file.sha256}`);
  }
  return new Uint8Array(content.buffer, content.byteOffset + headerSize, size - headerSize);
}

/** The first thing that is wrong with the files in `folder`; undefined where all four are good. */
export async function firstDefect(folder: string): Promise<string | undefined> {
  const defects = await Promise.all(dataFiles.map((file) => defectOf(folder, file)));
  return defects.find((defect) => defect !== undefined);
}

/** What is wrong with a file, as a clause that names it; undefined where it is the expected one. */
export async function defectOf(folder: string, file: DataFile): Promise<string | undefined> {
  try {
    await readDataFile(folder, file, false);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

async function readContent(
  folder: string,
  { name }: DataFile,
): Promise<{ path: string; content: Buffer }> {
  const path = join(folder, name);
  const compressed = await readIfThere(`${path}.gz`);
  if (compressed) {
    return { path: `${path}.gz`, content: await decompress(`${path}.gz`, compressed) };
  }
  const content = await readIfThere(path);
  if (content) return { path, content };
  throw new Error(`${path}.gz is missing`);
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Error(`${path} cannot be read (${String(code)})`, { cause: error });
  }
}

async function decompress(path: string, compressed: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(compressed, { maxOutputLength: 100_000_000 });
  } catch (error) {
    const reason = messageOf(error);
    throw new Error(`${path} cannot be decompressed (${reason})`, { cause: error });
  }
}
