import { InputError, messageOf } from '../inputError.ts';
import { type DataFile, fashionMnist, imageSize } from './files.ts';
import { readDataFile } from './idx.ts';

/** Images and labels in file order. */
export interface Examples {
  readonly count: number;
  /** Grey values 0 to 255, [count, 28, 28] row by row. */
  readonly images: Uint8Array;
  /** Classes 0 to 9, [count]. */
  readonly labels: Uint8Array;
}

export interface Dataset {
  readonly train: Examples;
  readonly test: Examples;
}

export interface DatasetOptions {
  /** The first so many of the 60,000; all of them if not given. */
  readonly trainExamples?: number | undefined;
  /** The first so many of the 10,000; all of them if not given. */
  readonly testExamples?: number | undefined;
  /** Skips the sha256, for a process that is given a folder which `findData` has verified. */
  readonly verified?: boolean | undefined;
}

/**
 * Loads Fashion-MNIST from a folder that holds its four files, compressed or not.
 *
 * @throws InputError where a count is not available, or a file is missing or not the expected one.
 */
export async function loadDataset(folder: string, options: DatasetOptions = {}): Promise<Dataset> {
  const { trainExamples, testExamples, verified = false } = options;
  const { train, test } = fashionMnist;
  checkCount('--train-examples', trainExamples, train.count, 'training images');
  checkCount('--test-examples', testExamples, test.count, 'test images');
  const [trainSplit, testSplit] = await Promise.all([
    loadExamples(folder, train, trainExamples ?? train.count, verified),
    loadExamples(folder, test, testExamples ?? test.count, verified),
  ]);
  return { train: trainSplit, test: testSplit };
}

function checkCount(
  option: string,
  count: number | undefined,
  available: number,
  what: string,
): void {
  if (count === undefined) return;
  if (count > available) {
    throw new InputError(`${option} ${count}: Fashion-MNIST has ${available} ${what}.`);
  }
  if (!Number.isInteger(count) || count < 1) {
    throw new InputError(`${option} ${count}: give a whole number from 1 to ${available}.`);
  }
}

async function loadExamples(
  folder: string,
  files: { readonly images: DataFile; readonly labels: DataFile },
  count: number,
  verified: boolean,
): Promise<Examples> {
  const [images, labels] = await Promise.all([
    readDataFile(folder, files.images, verified),
    readDataFile(folder, files.labels, verified),
  ]).catch((error: unknown) => {
    const defect = messageOf(error);
    throw new InputError(`${defect}; run again to have the data checked.`, { cause: error });
  });
  // Copied, so that a few examples do not keep the whole file in memory.
  return { count, images: images.slice(0, count * imageSize), labels: labels.slice(0, count) };
}
