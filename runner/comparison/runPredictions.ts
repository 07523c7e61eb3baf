import { classNames } from '../data/files.ts';
import { InputError } from '../inputError.ts';
import type { PredictionsAnswer } from '../protocol.ts';
import { ownRun, type OpenComparison } from './openComparison.ts';
import { readLabels, readPredictions } from './predictions.ts';

type RunPredictions = Pick<PredictionsAnswer, 'classes' | 'labels' | 'runs'>;

/**
 * Which class some runs give each test image, after the last epoch that each has completed; runs
 * whose predictions are not kept are left out.
 *
 * @throws InputError where there is no such run, or the right classes are not kept.
 */
export async function runPredictions(
  open: OpenComparison,
  names: readonly string[],
): Promise<RunPredictions> {
  const [first] = open.parts;
  const { testExamples = 0 } = first?.state.started.settings ?? {};
  const labels = first && (await readLabels(first.folder, testExamples));
  if (!labels) {
    throw new InputError(
      `${first?.folder.labels ?? 'labels.u8'} is missing or damaged: the right classes of the test ` +
        'images are not known; train the comparison again.',
    );
  }
  const runs = names.map(async (name) => {
    const own = ownRun(open, name);
    if (!own) throw new InputError(`There is no run '${name}' in the comparison that is open.`);
    const { part, run } = own;
    const epoch = run.epochs.at(-1)?.epoch;
    if (epoch === undefined) return [];
    const predicted = await readPredictions(part.folder, run.run, epoch, testExamples);
    return predicted ? [{ run: name, epoch, predicted: [...predicted] }] : [];
  });
  return { classes: classNames, labels: [...labels], runs: (await Promise.all(runs)).flat() };
}
