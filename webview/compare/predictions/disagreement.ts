import type { ComparePredictions } from '../messages.ts';

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

const found = new WeakMap<ComparePredictions, readonly number[]>();

/** The images that one run gets wrong, or on which two runs differ, by their index. */
export function imagesToShow(predictions: ComparePredictions): readonly number[] {
  const known = found.get(predictions);
  if (known) return known;
  const { labels, runs } = predictions;
  const [first, second] = runs;
  const other = second?.predicted ?? labels;
  const images = first
    ? [...labels.keys()].filter((image) => first.predicted[image] !== other[image])
    : [];
  found.set(predictions, images);
  return images;
}
