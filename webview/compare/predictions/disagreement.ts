import type { ComparePredictions } from '../messages.ts';
import type { Surroundings } from '../page.ts';

export type RunPredictions = ComparePredictions['runs'][number];

/** How often the images of each class (rows) were given each class (columns). */
export function confusion(
  { classes, labels }: ComparePredictions,
  { predicted }: RunPredictions,
): readonly (readonly number[])[] {
  const counts = classes.map(() => classes.map(() => 0));
  labels.forEach((label, image) => {
    const row = counts[label];
    const given = predicted[image] ?? -1;
    if (row?.[given] !== undefined) row[given]++;
  });
  return counts;
}

export interface ImagesToShow {
  /** How many there are. */
  readonly count: number;
  /** Those that there are pictures of, by their index. */
  readonly shown: readonly number[];
}

const found = new WeakMap<ComparePredictions, ImagesToShow>();

/** The images that one run gets wrong, or on which two runs differ. */
export function imagesToShow(
  predictions: ComparePredictions,
  surroundings: Surroundings,
): ImagesToShow {
  const known = found.get(predictions);
  if (known) return known;
  const { labels, runs } = predictions;
  const [first, second] = runs;
  const other = second?.predicted ?? labels;
  const all = first
    ? [...labels.keys()].filter((image) => first.predicted[image] !== other[image])
    : [];
  const shown =
    surroundings.type === 'report' ? all.filter((image) => surroundings.pictured.has(image)) : all;
  const images = { count: all.length, shown };
  found.set(predictions, images);
  return images;
}

/** Pictures that are seen at a time. */
const imagesPerPage = 24;

export interface ImagePage {
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly images: readonly number[];
}

/** A page of images, or the last one where there are fewer. */
export function pageOf(all: readonly number[], wanted: number): ImagePage {
  const pages = Math.max(1, Math.ceil(all.length / imagesPerPage));
  const page = Math.min(wanted, pages - 1);
  return { page, pages, images: all.slice(page * imagesPerPage, (page + 1) * imagesPerPage) };
}
