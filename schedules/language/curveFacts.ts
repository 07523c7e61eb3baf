import { counted, figure } from '../checking/figures.ts';
import type { KnownTraining } from '../checking/training.ts';
import { sampleSchedule, type Point } from '../drawing/sampling.ts';
import { naturalLength, type PhasedSchedule } from '../optax/phases.ts';
import type { Reading } from '../reading/reading.ts';
import { defaultEpochs, stepsPerEpoch } from '../reading/trainingSteps.ts';
import { rateText } from './lenses.ts';

/** The last step that a picture of a schedule shows. */
export interface Extent {
  readonly lastStep: number;
  /** The steps that are trained, where that is known. */
  readonly trainedSteps?: number;
}

/** A schedule that goes on for so many times as long as the training is cut. */
const mostTrainings = 4;

/**
 * How far a schedule is shown: to its end and to that of the training; a constant, which has no
 * end, as far as the longest schedule of the text.
 */
export function extentOf(
  schedule: PhasedSchedule,
  { definitions, training: facts }: Pick<Reading, 'definitions' | 'training'>,
  training: KnownTraining | undefined,
): Extent {
  const length = naturalLength(schedule.phases);
  if (training) {
    const trainedSteps = training.epochs * training.stepsPerEpoch;
    return {
      lastStep: Math.max(trainedSteps, Math.min(length, mostTrainings * trainedSteps)),
      trainedSteps,
    };
  }
  if (length > 0) return { lastStep: length };
  const lengths = definitions.map((one) => naturalLength(one.schedule?.phases ?? []));
  return { lastStep: Math.max(0, ...lengths) || defaultEpochs * stepsPerEpoch(facts) };
}

/** Pixel columns of a curve, and steps of each that are evaluated: a hover may take 10 ms. */
const sampling = {
  built: { columns: 300, perColumn: 6 },
  interpreted: { columns: 100, perColumn: 1 },
};

/** The points of a schedule that the picture of a hover needs. */
export function pointsOf(schedule: PhasedSchedule, { lastStep }: Extent): readonly Point[] {
  const { columns, perColumn } = sampling[schedule.interpreted ? 'interpreted' : 'built'];
  return sampleSchedule(schedule, lastStep + 1, columns, perColumn);
}

/**
 * `start 0 · peak 3e-4 at step 470 · end 1e-5 · 2350 steps (10 epochs)`
 *
 * @param points of the schedule, as far as it is shown.
 */
export function factsLine(
  phased: PhasedSchedule,
  points: readonly Point[],
  training: KnownTraining | undefined,
): string {
  const { schedule, phases } = phased;
  const trained = training && training.epochs * training.stepsPerEpoch;
  const last = phases.at(-1);
  const start = schedule(0);
  if (isConstant(phased)) {
    return [`constant ${rateText(start)}`, ...durations(trained, training)].join(' · ');
  }
  // What has no end of its own ends with the training, or with the picture.
  const isEndless = last?.name !== 'hold';
  const length = isEndless ? (trained ?? points.at(-1)?.x ?? 0) : last.from;
  const end = schedule(length);
  const inner = points.filter(({ x, y }) => x < length && Number.isFinite(y));
  const peak = inner.reduce((a, b) => (b.y > a.y ? b : a), { x: 0, y: start });
  const isPassed = rateText(peak.y) !== rateText(Math.max(start, end)) && peak.y > end;
  const isCut = trained !== undefined && trained < length;
  return [
    `start ${rateText(start)}`,
    ...(isPassed ? [`peak ${rateText(peak.y)} at step ${figure(peak.x)}`] : []),
    `end ${rateText(end)}`,
    ...durations(length, training),
    ...(isCut ? [`training ends with ${rateText(schedule(trained - 1))}`] : []),
  ].join(' · ');
}

export function isConstant({ phases }: PhasedSchedule): boolean {
  return phases.length === 1 && phases[0]?.name === 'hold';
}

function durations(
  steps: number | undefined,
  training: KnownTraining | undefined,
): readonly string[] {
  if (steps === undefined) return [];
  const epochs = training ? ` (${epochsText(steps / training.stepsPerEpoch)})` : '';
  return [`${counted(steps, 'step')}${epochs}`];
}

const epochsText = (epochs: number): string => counted(Number(epochs.toPrecision(3)), 'epoch');
