/** Checks of the messages between extension and comparison: neither side believes the other. */
import type {
  ComparisonResults,
  EstimatedFigure,
  TrainingSettings,
} from '../../runner/protocol.ts';
import {
  isAnything,
  isBoolean,
  isBytes,
  isCount,
  isEither,
  isFloats,
  isListOf,
  isNull,
  isNullOr,
  isNumber,
  isOneOf,
  isRecordOf,
  isShape,
  isSingles,
  isTagged,
  isText,
  type Check,
} from '../shared/shape.ts';
import type {
  CompareRun,
  ComparisonStatus,
  DrawnComparison,
  FromCompare,
  RunSteps,
  SavedComparison,
  ToCompare,
} from './messages.ts';

const isNames = isListOf(isText);

const isSettings = isShape<TrainingSettings>({
  epochs: isNumber,
  batchSize: isNumber,
  trainExamples: isNumber,
  testExamples: isNumber,
  seed: isNumber,
  shuffle: isBoolean,
  lossReduction: isOneOf('sum', 'mean'),
  optimizer: isShape({
    name: isText,
    args: isRecordOf(isNullOr(isEither(isNumber, isBoolean))),
    clipByGlobalNorm: isNullOr(isNumber),
  }),
});

const statusFields = {
  status: isOneOf(
    ...(['reading', 'starting', 'training', 'paused', 'stopping', 'stopped', 'completed'] as const),
    ...(['failed', 'opened', 'elsewhere'] as const),
  ),
  engine: isText,
  device: isText,
  notice: isNullOr(isText),
  progress: isNumber,
  seconds: isNumber,
  secondsLeft: isNullOr(isNumber),
};
const isStatus = isShape<ComparisonStatus>(statusFields);

const isStepsShape = isShape<RunSteps>({
  firstStep: isCount,
  losses: isSingles,
  learningRates: isSingles,
  clock: isSingles,
});
const isSteps: Check<RunSteps> = (value): value is RunSteps =>
  isStepsShape(value) &&
  value.losses.length === value.learningRates.length &&
  value.clock.length % 2 === 0;

const isRun = isShape<CompareRun>({
  run: isText,
  schedule: isText,
  seed: isNumber,
  function: isText,
  color: isCount,
  totalSteps: isCount,
  status: isOneOf('waiting', 'training', 'completed', 'stopped', 'failed'),
  isDiverged: isBoolean,
  isReused: isBoolean,
  message: isNullOr(isText),
  epochs: isListOf(
    isShape({
      epoch: isCount,
      loss: isNullOr(isNumber),
      accuracy: isNullOr(isNumber),
      learningRate: isNullOr(isNumber),
      seconds: isNullOr(isNumber),
    }),
  ),
  stepsDone: isCount,
  stepsPerSecond: isNullOr(isNumber),
  hasSource: isBoolean,
  steps: isSteps,
});

const isEstimate = isNullOr(
  isShape<EstimatedFigure>({ mean: isNumber, margin: isNullOr(isNumber) }),
);

const isRanking: Check<ComparisonResults['schedules'][number]['ranking']> = isTagged<
  ComparisonResults['schedules'][number]['ranking']
>({
  best: isShape({ type: isOneOf('best') }),
  behind: isShape({
    type: isOneOf('behind'),
    points: isNumber,
    p: isNullOr(isNumber),
    isDistinguished: isNullOr(isBoolean),
  }),
  unfinished: isShape({ type: isOneOf('unfinished') }),
});

const isPair: Check<readonly [string, string]> = (value): value is readonly [string, string] =>
  isNames(value) && value.length === 2;

/** Of a file too: what a report holds is checked like a message. */
export const isResults: Check<ComparisonResults> = isShape<ComparisonResults>({
  seeds: isCount,
  schedules: isListOf(
    isShape({
      schedule: isText,
      function: isText,
      runs: isNames,
      finalAccuracy: isEstimate,
      bestAccuracy: isEstimate,
      finalLoss: isEstimate,
      seconds: isNullOr(isNumber),
      reused: isBoolean,
      ranking: isRanking,
    }),
  ),
  tests: isListOf(isShape({ schedules: isPair, p: isNumber })),
  explanation: isText,
  printed: isListOf(
    isShape({ run: isText, losses: isListOf(isNumber), accuracies: isListOf(isNumber) }),
  ),
});

const isImages = isShape<Extract<ToCompare, { type: 'images' }>>({
  type: isOneOf('images'),
  request: isCount,
  images: isListOf(isCount),
  width: isCount,
  height: isCount,
  pixels: isBytes,
});

/** What the page accepts of its host. */
export const isToCompare: Check<ToCompare> = isTagged<ToCompare>({
  state: isShape({
    ...statusFields,
    type: isOneOf('state'),
    revision: isCount,
    title: isText,
    folder: isText,
    settings: isNullOr(isSettings),
    runs: isListOf(isRun),
    results: isNullOr(isResults),
  }),
  changes: isShape({
    type: isOneOf('changes'),
    revision: isCount,
    status: isStatus,
    runs: isListOf(isRun),
  }),
  results: isShape({ type: isOneOf('results'), results: isResults }),
  title: isShape({ type: isOneOf('title'), title: isText }),
  predictions: isShape({
    type: isOneOf('predictions'),
    request: isCount,
    classes: isNames,
    labels: isBytes,
    runs: isListOf(isShape({ run: isText, epoch: isCount, predicted: isBytes })),
  }),
  images: (value): value is Extract<ToCompare, { type: 'images' }> =>
    isImages(value) && value.pixels.length === value.images.length * value.width * value.height,
  refused: isShape({ type: isOneOf('refused'), request: isCount, message: isText }),
  inspect: isShape({ type: isOneOf('inspect'), request: isCount }),
});

const isDrawn = isShape<DrawnComparison>({
  revision: isCount,
  ranked: isNames,
  charts: isListOf(
    isShape({
      chart: isOneOf('accuracy', 'loss', 'epochLoss', 'learningRate'),
      series: isListOf(
        isShape({
          run: isText,
          color: isText,
          isHidden: isBoolean,
          xs: isFloats,
          ys: isFloats,
        }),
      ),
    }),
  ),
});

const isOneRunOrAll = isEither(isNull, isText);

/** What the extension accepts of a comparison page. */
export const isFromCompare: Check<FromCompare> = isTagged<FromCompare>({
  ready: isShape({ type: isOneOf('ready') }),
  drawn: isShape({ type: isOneOf('drawn'), revision: isCount }),
  inspected: isShape({ type: isOneOf('inspected'), request: isCount, drawn: isDrawn }),
  stop: isShape({ type: isOneOf('stop'), run: isOneRunOrAll }),
  pause: isShape({ type: isOneOf('pause') }),
  continue: isShape({ type: isOneOf('continue'), run: isOneRunOrAll }),
  first: isShape({ type: isOneOf('first'), run: isText }),
  showCode: isShape({ type: isOneOf('showCode'), run: isText }),
  apply: isShape({ type: isOneOf('apply'), schedule: isText }),
  predictions: isShape({ type: isOneOf('predictions'), request: isCount, runs: isNames }),
  images: isShape({ type: isOneOf('images'), request: isCount, images: isListOf(isCount) }),
  savePicture: isShape({ type: isOneOf('savePicture'), png: isBytes }),
  export: isShape({
    type: isOneOf('export'),
    format: isOneOf('html', 'md', 'csv', 'json', 'svg', 'tensorboard', 'link'),
  }),
});

/** What VS Code gives back when it restores a page. */
export const isSavedComparison: Check<SavedComparison> = isShape<SavedComparison>({
  folder: isText,
  view: isAnything,
});
