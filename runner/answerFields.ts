import {
  count,
  finite,
  flag,
  list,
  nullOr,
  oneOf,
  shape,
  tagged,
  text,
  type MessageChecks,
} from './messageFields.ts';
import type {
  Answer,
  ComparisonResults,
  EngineState,
  EstimatedFigure,
  KeptComparison,
  PredictionsAnswer,
  PrintedRun,
  ScheduleFigures,
} from './questions.ts';

const question = { question: count } as const;

const keptComparison = shape<KeptComparison>({
  folder: text,
  comparison: text,
  title: text,
  started: finite,
  status: oneOf('training', 'stopped', 'completed', 'failed', 'damaged'),
  problem: nullOr(text),
  schedules: count,
  runs: count,
  epochs: count,
  best: nullOr(shape<NonNullable<KeptComparison['best']>>({ schedule: text, accuracy: finite })),
  bytes: count,
});

const engineState = shape<EngineState>({
  name: text,
  isReady: flag,
  device: nullOr(text),
  what: text,
});

const estimated = nullOr(shape<EstimatedFigure>({ mean: finite, margin: nullOr(finite) }));

const results = shape<ComparisonResults>({
  seeds: count,
  schedules: list(
    shape<ScheduleFigures>({
      schedule: text,
      function: text,
      runs: list(text),
      finalAccuracy: estimated,
      bestAccuracy: estimated,
      finalLoss: estimated,
      seconds: nullOr(finite),
      reused: flag,
      ranking: tagged<ScheduleFigures['ranking']>({
        best: {},
        behind: { points: finite, p: nullOr(finite), isDistinguished: nullOr(flag) },
        unfinished: {},
      }),
    }),
  ),
  tests: list(shape<ComparisonResults['tests'][number]>({ schedules: list(text), p: finite })),
  explanation: text,
  printed: list(shape<PrintedRun>({ run: text, losses: list(finite), accuracies: list(finite) })),
});

/** What a runner's answers have to be. */
export const answerChecks: MessageChecks<Answer> = {
  comparisonsAnswer: { ...question, comparisons: list(keptComparison) },
  enginesAnswer: { ...question, engines: list(engineState) },
  measureAnswer: {
    ...question,
    engine: text,
    device: text,
    stepsPerSecond: finite,
    evaluationSeconds: finite,
  },
  resultsAnswer: { ...question, title: text, results },
  predictionsAnswer: {
    ...question,
    classes: list(text),
    labels: list(count),
    runs: list(
      shape<PredictionsAnswer['runs'][number]>({ run: text, epoch: count, predicted: list(count) }),
    ),
  },
  imagesAnswer: { ...question, images: list(count), width: count, height: count, pixels: text },
  done: question,
  refused: { ...question, message: text },
};
