import { comparisonResults } from './comparison/comparisonResults.ts';
import { comparisonFolder } from './comparison/folder.ts';
import { listComparisons } from './comparison/listing.ts';
import { titleOfOpen, type OpenComparison } from './comparison/openComparison.ts';
import { writeReport } from './comparison/reports/formats.ts';
import { runPredictions } from './comparison/runPredictions.ts';
import { workersFor } from './comparison/session.ts';
import { writeTitle } from './comparison/title.ts';
import { findDataHere } from './data/find.ts';
import { readTestImages } from './data/testImages.ts';
import { candidatesFor, chooseEngine } from './engines/choice.ts';
import { engineChoice, engineNames } from './engines/engines.ts';
import { measure } from './engines/measurement.ts';
import { tryEngine, type TriedEngine } from './engines/trial.ts';
import { messageOf } from './inputError.ts';
import type { Answer, EngineState, Question } from './protocol.ts';

/** What questions are answered from. */
export interface Knowledge {
  /**
   * The comparison that is open, once all of it is told.
   *
   * @throws InputError where there is none.
   */
  readonly open: () => Promise<OpenComparison>;
  /** Folder of the data, where it is named. */
  readonly data: () => string | undefined;
  /** What a person should know, a sentence at a time. */
  readonly report: (message: string) => void;
  /** Aborted when nobody waits for answers any more. */
  readonly signal: AbortSignal;
}

/** The answer to a question; a refusal where it has none. */
export async function answer(question: Question, knowledge: Knowledge): Promise<Answer> {
  try {
    return { ...(await answered(question, knowledge)), question: question.question };
  } catch (error) {
    return { type: 'refused', question: question.question, message: messageOf(error) };
  }
}

type WithoutNumber<T> = T extends Answer ? Omit<T, 'question'> : never;

async function answered(
  question: Question,
  { open, data, report, signal }: Knowledge,
): Promise<WithoutNumber<Answer>> {
  switch (question.type) {
    case 'comparisons':
      return {
        type: 'comparisonsAnswer',
        comparisons: await listComparisons(question.folder),
      };
    case 'engines': {
      const engines = await Promise.all(engineNames.map(tryEngine));
      return { type: 'enginesAnswer', engines: engines.map(engineState) };
    }
    case 'measure': {
      const { settings, data: named } = question;
      const candidates = candidatesFor(engineChoice(question.engine));
      const count = workersFor(Infinity, undefined);
      const dataFolder = await findDataHere({ data: named });
      const chosen = await chooseEngine(candidates, count, report, signal);
      const measured = await measure(chosen, settings, count, dataFolder, signal);
      return { type: 'measureAnswer', ...measured };
    }
    case 'rename':
      await writeTitle(comparisonFolder(question.folder), question.title);
      return { type: 'done' };
    case 'results': {
      const opened = await open();
      const [title, results] = await Promise.all([titleOfOpen(opened), comparisonResults(opened)]);
      return { type: 'resultsAnswer', title, results };
    }
    case 'predictions':
      return { type: 'predictionsAnswer', ...(await runPredictions(await open(), question.runs)) };
    case 'images': {
      const { pixels, ...images } = await readTestImages(question.images, data());
      return { type: 'imagesAnswer', ...images, pixels: Buffer.from(pixels).toString('base64') };
    }
    case 'export': {
      const { format, path } = question;
      await writeReport({ open: await open(), format, path, data: data(), report });
      return { type: 'done' };
    }
  }
}

function engineState(engine: TriedEngine): EngineState {
  const { name } = engine;
  return engine.state === 'ready'
    ? { name, isReady: true, device: engine.device, what: engine.what }
    : { name, isReady: false, device: null, what: `${engine.why} ${engine.howToGet}` };
}
