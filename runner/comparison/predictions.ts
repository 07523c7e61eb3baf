import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fashionMnist } from '../data/files.ts';
import { readDataFile } from '../data/idx.ts';
import { writeDurably } from '../durableFile.ts';
import type { ComparisonFolder } from './folder.ts';
import type { ComparisonState } from './runStates.ts';

/**
 * Keeps the class that a run gave each test image after an epoch, one byte an image: what paired
 * statistics between runs are computed from.
 */
export async function savePredictions(
  folder: string,
  epoch: number,
  predictions: Uint8Array,
): Promise<void> {
  await writeDurably(predictionFile(folder, epoch), predictions);
}

/** Keeps the right classes beside them, so that a comparison can be judged without the data set. */
export async function saveLabels(
  { labels }: ComparisonFolder,
  dataFolder: string,
  testExamples: number,
): Promise<void> {
  const verified = true; // when the folder was found
  const classes = await readDataFile(dataFolder, fashionMnist.test.labels, verified);
  await writeDurably(labels, classes.subarray(0, testExamples));
}

/** For each run 1 for every test image that it classifies correctly in the end, 0 for the others. */
export type CorrectImages = ReadonlyMap<string, Uint8Array>;

/** Of the completed runs; those whose predictions are not kept, or not whole, are left out. */
export async function readCorrectImages(
  folder: ComparisonFolder,
  { runs, started }: ComparisonState,
): Promise<CorrectImages> {
  const { epochs, testExamples } = started.settings;
  const classes = async (path: string): Promise<Uint8Array | undefined> => {
    const bytes = await readFile(path).catch(() => undefined);
    return bytes?.length === testExamples ? bytes : undefined;
  };
  const labels = await classes(folder.labels);
  const completed = [...runs.values()].filter(({ status }) => status === 'completed');
  const entries = completed.map(async ({ run }): Promise<[string, Uint8Array] | undefined> => {
    const predicted = await classes(predictionFile(folder.predictions(run), epochs));
    return labels && predicted && [run, predicted.map((label, i) => Number(label === labels[i]))];
  });
  return new Map((await Promise.all(entries)).filter((entry) => entry !== undefined));
}

export const predictionFile = (folder: string, epoch: number): string =>
  join(folder, `epoch-${epoch}.u8`);
