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

/** The right class of each test image; undefined where they are not kept, or not whole. */
export function readLabels(
  { labels }: ComparisonFolder,
  testExamples: number,
): Promise<Uint8Array | undefined> {
  return readClasses(labels, testExamples);
}

/** The class that a run gave each test image after an epoch; undefined as with labels. */
export function readPredictions(
  folder: ComparisonFolder,
  run: string,
  epoch: number,
  testExamples: number,
): Promise<Uint8Array | undefined> {
  return readClasses(predictionFile(folder.predictions(run), epoch), testExamples);
}

async function readClasses(path: string, count: number): Promise<Uint8Array | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes?.length === count ? bytes : undefined;
}

/** For each run 1 for every test image that it classifies correctly in the end, 0 for the others. */
export type CorrectImages = ReadonlyMap<string, Uint8Array>;

/** Of the completed runs; those whose predictions are not kept, or not whole, are left out. */
export async function readCorrectImages(
  folder: ComparisonFolder,
  { runs, started }: ComparisonState,
): Promise<CorrectImages> {
  const { epochs, testExamples } = started.settings;
  const labels = await readLabels(folder, testExamples);
  const completed = [...runs.values()].filter(({ status }) => status === 'completed');
  const entries = completed.map(async ({ run }): Promise<[string, Uint8Array] | undefined> => {
    const predicted = await readPredictions(folder, run, epochs, testExamples);
    return labels && predicted && [run, predicted.map((label, i) => Number(label === labels[i]))];
  });
  return new Map((await Promise.all(entries)).filter((entry) => entry !== undefined));
}

export const predictionFile = (folder: string, epoch: number): string =>
  join(folder, `epoch-${epoch}.u8`);
