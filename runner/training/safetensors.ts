import type { FileHandle } from 'node:fs/promises';

/** A tensor of float32 or int32 values in C order; a scalar has the shape []. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

export interface StoredTensors {
  readonly tensors: Readonly<Record<string, StoredTensor>>;
  /** Free text by name, such as the step at which a checkpoint was taken. */
  readonly metadata: Readonly<Record<string, string>>;
}

type StoredType = 'F32' | 'I32';

interface HeaderEntry {
  readonly name: string;
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** The header's length, as an unsigned 64-bit integer, comes before the header. */
const lengthBytes = 8;
const metadataKey = '__metadata__';

/**
 * Tensors in the safetensors format (https://github.com/huggingface/safetensors), byte for byte as
 * Python's safetensors writes them, except that the metadata is sorted by name: float32 before
 * int32, each sorted by name, the header padded with spaces to a multiple of 8 bytes.
 *
 * Throws if a shape does not fit the number of its values.
 */
export function encodeSafetensors({ tensors, metadata }: StoredTensors): Uint8Array {
  const sorted = Object.entries(tensors).sort(
    ([nameA, a], [nameB, b]) =>
      compareText(storedType(a), storedType(b)) || compareText(nameA, nameB),
  );
  let end = 0;
  const entries = sorted.map(([name, tensor]) => {
    const { shape, values } = tensor;
    if (elements(shape) !== values.length) {
      throw new Error(
        `The tensor ${name} has ${values.length} values, but its shape [${shape.join(', ')}] needs ${elements(shape)}.`,
      );
    }
    const begin = end;
    end += values.byteLength;
    return [name, { dtype: storedType(tensor), shape, data_offsets: [begin, end] }] as const;
  });
  const texts = Object.entries(metadata).sort(([a], [b]) => compareText(a, b));
  const header = new TextEncoder().encode(
    JSON.stringify({
      ...(texts.length > 0 && { [metadataKey]: Object.fromEntries(texts) }),
      ...Object.fromEntries(entries),
    }),
  );

  const dataStart = lengthBytes + Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(dataStart + end).fill(0x20, 0, dataStart);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - lengthBytes), true);
  bytes.set(header, lengthBytes);
  sorted.forEach(([, { values }], i) => {
    const begin = entries[i]?.[1].data_offsets[0] ?? 0;
    bytes.set(
      new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
      dataStart + begin,
    );
  });
  return bytes;
}

/**
 * Reads what `encodeSafetensors` or Python's safetensors wrote; only float32 and int32 tensors.
 *
 * Throws a sentence without a file name if the bytes are cut short, are no safetensors at all, hold
 * another type, or do not hold each byte of the data in exactly one tensor.
 */
export function decodeSafetensors(bytes: Uint8Array): StoredTensors {
  const { header, data } = split(bytes);
  const entries = Object.entries(header)
    .filter(([name]) => name !== metadataKey)
    .map(([name, value]) => readEntry(name, value))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCoverage(entries, data.length);
  const tensors = entries.map(({ name, type, shape, begin, end }) => {
    // A copy is aligned for the typed array and does not keep the whole file in memory. (`slice`
    // would not do: that of a Buffer does not copy.)
    const { buffer } = new Uint8Array(data.subarray(begin, end));
    const values = type === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer);
    return [name, { shape, values }] as const;
  });
  return {
    tensors: Object.fromEntries(tensors),
    metadata: readMetadata(header[metadataKey] ?? {}),
  };
}

/**
 * The metadata of a safetensors file, without reading its tensors.
 *
 * Throws as `decodeSafetensors` does.
 */
export async function readSafetensorsMetadata(file: FileHandle): Promise<Record<string, string>> {
  const length = new DataView(new ArrayBuffer(lengthBytes));
  await file.read(length, { position: 0 });
  const size = Number(length.getBigUint64(0, true));
  const { size: fileSize } = await file.stat();
  if (lengthBytes + size > fileSize) throw damaged(`it ends within its header`);
  const header = new Uint8Array(size);
  await file.read(header, { position: lengthBytes });
  return readMetadata(parseHeader(header)[metadataKey] ?? {});
}

function split(bytes: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  if (bytes.length < lengthBytes) {
    throw damaged(`it has ${bytes.length} bytes, too few for a header`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const dataStart = lengthBytes + Number(view.getBigUint64(0, true));
  if (dataStart > bytes.length) {
    throw damaged(`its header should end at byte ${dataStart}, but it has ${bytes.length} bytes`);
  }
  return {
    header: parseHeader(bytes.subarray(lengthBytes, dataStart)),
    data: bytes.subarray(dataStart),
  };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw damaged('its header is not JSON');
  }
  if (!isRecord(header)) throw damaged('its header is not a JSON object');
  return header;
}

function readEntry(name: string, value: unknown): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = isRecord(value) ? value : {};
  if (!isSizes(shape) || !isSizes(offsets)) {
    throw damaged(`its header has no shape and data_offsets for ${name}`);
  }
  if (dtype !== 'F32' && dtype !== 'I32') {
    throw new Error(
      `The tensor ${name} is of type ${JSON.stringify(dtype)}; only F32 and I32 can be read: convert it first.`,
    );
  }
  const [begin, end] = offsets;
  if (begin === undefined || end === undefined || offsets.length !== 2) {
    throw damaged(`the data_offsets of ${name} are not two numbers`);
  }
  if (end - begin !== elements(shape) * 4) {
    throw damaged(`${name} of shape [${shape.join(', ')}] cannot be ${end - begin} bytes long`);
  }
  return { name, type: dtype, shape, begin, end };
}

/** Each byte belongs to exactly one tensor, as the format demands: no holes, no overlaps. */
function checkCoverage(entries: readonly HeaderEntry[], length: number): void {
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== covered) {
      throw damaged(`${name} begins at byte ${begin} of the data instead of ${covered}`);
    }
    covered = end;
  }
  if (covered !== length) {
    throw damaged(`its tensors take ${covered} bytes, but ${length} follow the header`);
  }
}

function readMetadata(value: unknown): Record<string, string> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (!isRecord(value) || texts.length < entries.length) {
    throw damaged(`its ${metadataKey} is not a record of texts`);
  }
  return Object.fromEntries(texts);
}

function damaged(why: string): Error {
  return new Error(`This is not a complete safetensors file: ${why}. Delete it or make it anew.`);
}

function storedType({ values }: StoredTensor): StoredType {
  return values instanceof Float32Array ? 'F32' : 'I32';
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
