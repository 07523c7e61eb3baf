import type { TrainingSettings } from '../../protocol.ts';
import { accuracyText, durationText, lossText } from '../figures.ts';
import { bestEpoch, byFinalAccuracy, type ComparisonState } from '../runStates.ts';

/** The heads of the table of a comparison, on the terminal and in reports. */
export const tableHeads = [
  'Schedule',
  'Final accuracy',
  'Best accuracy',
  'Best epoch',
  'Final loss',
  'Time',
] as const;

/** One row per run, sorted by final accuracy. */
export function tableRows(state: ComparisonState): readonly (readonly string[])[] {
  return byFinalAccuracy(state).map((run) => {
    const last = run.epochs.at(-1);
    const best = bestEpoch(run);
    const mark = run.status === 'completed' ? '' : ` (${run.status})`;
    return [
      `${run.run}${mark}`,
      last ? accuracyText(last.accuracy) : '',
      best ? accuracyText(best.accuracy) : '',
      best ? String(best.epoch) : '',
      last ? lossText(last.loss) : '',
      last ? durationText(run.epochs.reduce((sum, { seconds }) => sum + seconds, 0)) : '',
    ];
  });
}

/** What all runs share, in a sentence. */
export function settingsText(settings: TrainingSettings): string {
  const { epochs, batchSize, trainExamples, testExamples, seed, lossReduction, optimizer } =
    settings;
  const clipping =
    optimizer.clipByGlobalNorm === null
      ? ''
      : `, gradients clipped at ${optimizer.clipByGlobalNorm}`;
  return (
    `${epochs} epochs of ${trainExamples} images in batches of ${batchSize}, tested on ` +
    `${testExamples}; ${optimizer.name}${clipping}, loss: ${lossReduction} over the batch, seed ${seed}.`
  );
}
