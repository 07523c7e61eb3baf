import type { Projection } from './projection.ts';
import { accuracyText } from '../shared/figures.ts';

/** What the comparison has come to, for those who do not see it: said when a run ends, no oftener. */
export function sentenceOf({ comparison, runs }: Projection): string {
  if (comparison.status === 'reading') return 'Reading the comparison.';
  const ended = runs.filter(({ condition }) => condition.kind === 'done');
  const failed = runs.filter(({ condition }) => condition.kind === 'failed');
  const best = ended.reduce(
    (most, { epochs }) => Math.max(most, epochs.at(-1)?.accuracy ?? -Infinity),
    -Infinity,
  );
  return [
    `${comparison.status}: ${ended.length} of ${runs.length} runs done.`,
    ...(failed.length > 0 ? [`${failed.length} failed.`] : []),
    ...(Number.isFinite(best) ? [`Best accuracy ${accuracyText(best)}.`] : []),
  ].join(' ');
}
