import { InputError, messageOf } from '../inputError.ts';
import { fashionMnist, imageSize } from './files.ts';
import { findDataHere } from './find.ts';
import { readDataFile } from './idx.ts';

/** Pictures of the test set by their index. */
export interface TestImages {
  readonly images: readonly number[];
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, row by row, image by image; 0 is the background. */
  readonly pixels: Uint8Array;
}

const { count, images: file } = fashionMnist.test;
const [, height, width] = file.shape;

/** By folder: read once in the life of a process. */
const known = new Map<string, Promise<Uint8Array>>();

/**
 * Pictures of test images, from the folder of the data where this computer has it.
 *
 * @param data the folder that the user names.
 * @throws InputError where the data is not here, or there is no such image.
 */
export async function readTestImages(
  images: readonly number[],
  data: string | undefined,
): Promise<TestImages> {
  const missing = images.find((image) => image >= count);
  if (missing !== undefined) {
    throw new InputError(`There is no test image ${missing}: they are 0 to ${count - 1}.`);
  }
  const all = await allImages(data);
  const pixels = new Uint8Array(images.length * imageSize);
  images.forEach((image, i) => {
    pixels.set(all.subarray(image * imageSize, (image + 1) * imageSize), i * imageSize);
  });
  return { images, width, height, pixels };
}

async function allImages(data: string | undefined): Promise<Uint8Array> {
  const key = data ?? '';
  const before = known.get(key);
  if (before) return before;
  const reading = readAll(data);
  known.set(key, reading);
  reading.catch(() => known.delete(key));
  return reading;
}

async function readAll(data: string | undefined): Promise<Uint8Array> {
  const folder = await findDataHere({ data });
  if (folder === undefined) {
    throw new InputError(
      'The pictures are not on this computer: train a comparison, which fetches Fashion-MNIST, or ' +
        'name the folder that holds it.',
    );
  }
  const verified = true; // when the folder was found
  return readDataFile(folder, file, verified).catch((error: unknown) => {
    throw new InputError(`${messageOf(error)}; open the comparison again.`, { cause: error });
  });
}
