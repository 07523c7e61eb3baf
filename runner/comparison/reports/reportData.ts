import { imageSize } from '../../data/files.ts';
import { readTestImages } from '../../data/testImages.ts';
import { messageOf } from '../../inputError.ts';
import {
  encodeReport,
  type ComparisonEvent,
  type ImagesAnswer,
  type PredictionsAnswer,
  type ReportData,
} from '../../protocol.ts';
import { comparisonResults } from '../comparisonResults.ts';
import { joinedState, type OpenComparison } from '../openComparison.ts';
import { eventsOf } from '../opening.ts';
import { runPredictions } from '../runPredictions.ts';

/** What the data of a report comes from. */
export interface ReportSources {
  readonly open: OpenComparison;
  /** Folder of the data, where it is named: for pictures of test images. */
  readonly data: string | undefined;
  /** What a person should know, a sentence at a time. */
  readonly report: (message: string) => void;
}

/** Pictures are left out until a report has so many characters, */
const longestReport = 3_000_000;
/** but not below the smaller of these numbers. */
const [fewestPictures, mostPictures] = [100, 1000];

/** All that the page in a report shows. */
export async function reportData(title: string, sources: ReportSources): Promise<ReportData> {
  const { open } = sources;
  const events: ComparisonEvent[] = [];
  for await (const event of eventsOf(open)) events.push(shortened(event));
  const predictions = await predictionsOf(sources);
  const data: ReportData = {
    title,
    events,
    results: await comparisonResults(open),
    predictions,
    images: noPictures,
  };
  const room = longestReport - encodeReport(data).length;
  const affordable = Math.floor(room / ((4 / 3) * imageSize));
  const count = Math.min(mostPictures, Math.max(fewestPictures, affordable));
  return { ...data, images: await pictures(mistaken(predictions).slice(0, count), sources) };
}

const noPictures: ImagesAnswer = {
  type: 'imagesAnswer',
  question: 0,
  images: [],
  width: 28,
  height: 28,
  pixels: '',
};

/** Nine digits tell every float32 apart. */
function shortened(event: ComparisonEvent): ComparisonEvent {
  if (event.type !== 'stepsCompleted') return event;
  const short = (figures: readonly number[]): readonly number[] =>
    figures.map((figure) => Number(figure.toPrecision(9)));
  const { losses, learningRates } = event;
  return { ...event, losses: short(losses), learningRates: short(learningRates) };
}

async function predictionsOf({ open, report }: ReportSources): Promise<PredictionsAnswer> {
  const answer = { type: 'predictionsAnswer', question: 0 } as const;
  try {
    const runs = [...joinedState(open).runs.keys()];
    return { ...answer, ...(await runPredictions(open, runs)) };
  } catch (error) {
    report(`The report is without predictions: ${messageOf(error)}`);
    return { ...answer, classes: [], labels: [], runs: [] };
  }
}

/** The test images that some run got wrong, first those that most runs did. */
function mistaken({ labels, runs }: PredictionsAnswer): readonly number[] {
  const mistakes = labels.map(
    (label, i) => runs.filter(({ predicted }) => predicted[i] !== label).length,
  );
  return [...mistakes.keys()]
    .filter((i) => (mistakes[i] ?? 0) > 0)
    .sort((a, b) => (mistakes[b] ?? 0) - (mistakes[a] ?? 0) || a - b);
}

async function pictures(
  images: readonly number[],
  { data, report }: ReportSources,
): Promise<ImagesAnswer> {
  if (images.length === 0) return noPictures;
  try {
    const { pixels, ...read } = await readTestImages(images, data);
    return { ...noPictures, ...read, pixels: Buffer.from(pixels).toString('base64') };
  } catch (error) {
    report(`The report is without pictures of test images: ${messageOf(error)}`);
    return noPictures;
  }
}
