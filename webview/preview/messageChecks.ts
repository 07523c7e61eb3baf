/** Checks of the messages between extension and preview: neither side believes the other. */
import type {
  Curve,
  DrawnChart,
  FromPreview,
  PreviewSchedule,
  SavedPreview,
  Slider,
  ToPreview,
  UnchangedSchedule,
  WhatIf,
} from '../messages.ts';
import {
  isAnything,
  isBoolean,
  isBytes,
  isCount,
  isEither,
  isFinite,
  isFloats,
  isListOf,
  isNullOr,
  isNumber,
  isOneOf,
  isRecordOf,
  isShape,
  isTagged,
  isText,
  isTrue,
  type Check,
} from '../shared/shape.ts';

const isPlain = isEither(isEither(isNumber, isBoolean), isText);
const isNames = isListOf(isText);
const isWhatIf = isShape<WhatIf>({ epochs: isNullOr(isNumber), batchSize: isNullOr(isNumber) });

const isCurveShape = isShape<Curve>({
  from: isCount,
  to: isCount,
  steps: isFloats,
  rates: isFloats,
});
const isCurve: Check<Curve> = (value): value is Curve =>
  isCurveShape(value) && value.steps.length === value.rates.length;

const isSlider = isShape<Slider>({
  min: isFinite,
  max: isFinite,
  isLogarithmic: isBoolean,
  isWhole: isBoolean,
});

const isSchedule = isShape<PreviewSchedule>({
  name: isText,
  function: isText,
  color: isCount,
  refused: isNullOr(isText),
  length: isCount,
  curve: isNullOr(isCurve),
  phases: isListOf(isShape({ name: isText, from: isCount, to: isNullOr(isCount) })),
  arguments: isListOf(
    isShape({
      name: isText,
      summary: isText,
      unit: isNullOr(isText),
      source: isText,
      value: isNullOr(isPlain),
      change: isOneOf('literal', 'default', 'expression', 'assumed'),
      through: isNullOr(isText),
      slider: isNullOr(isSlider),
      choices: isNullOr(isNames),
    }),
  ),
  assumptions: isListOf(isShape({ name: isText, value: isPlain, why: isText, isBound: isBoolean })),
  handles: isListOf(
    isShape({
      argument: isText,
      axis: isOneOf('step', 'rate'),
      step: isFinite,
      rate: isFinite,
      value: isFinite,
      perUnit: isFinite,
      isWhole: isBoolean,
    }),
  ),
  usedBy: isNames,
});

const isUnchanged = isShape<UnchangedSchedule>({ name: isText, isUnchanged: isTrue });

/** What the page accepts of its host. */
export const isToPreview: Check<ToPreview> = isTagged<ToPreview>({
  state: isShape({
    type: isOneOf('state'),
    revision: isCount,
    file: isText,
    uri: isText,
    isLocked: isBoolean,
    stale: isNullOr(isText),
    schedules: isListOf(isEither(isUnchanged, isSchedule)),
    active: isNullOr(isText),
    training: isShape({
      stepsPerEpoch: isNullOr(isFinite),
      epochs: isNullOr(isFinite),
      batchSize: isNullOr(isFinite),
      steps: isNullOr(isFinite),
      canChange: isShape({ epochs: isBoolean, batchSize: isBoolean }),
    }),
    whatIf: isWhatIf,
  }),
  active: isShape({ type: isOneOf('active'), active: isNullOr(isText) }),
  samples: isShape({ type: isOneOf('samples'), request: isCount, curves: isRecordOf(isCurve) }),
  rates: isShape({ type: isOneOf('rates'), request: isCount, rates: isRecordOf(isFloats) }),
  inspect: isShape({ type: isOneOf('inspect'), request: isCount }),
});

const isDrawnChart = isShape<DrawnChart>({
  revision: isCount,
  drawnAt: isFinite,
  from: isFinite,
  to: isFinite,
  series: isListOf(
    isShape({
      name: isText,
      color: isText,
      isActive: isBoolean,
      isHidden: isBoolean,
      isDashed: isBoolean,
      steps: isFloats,
      rates: isFloats,
    }),
  ),
});

/** What the extension accepts of a preview page. */
export const isFromPreview: Check<FromPreview> = isTagged<FromPreview>({
  ready: isShape({ type: isOneOf('ready') }),
  drawn: isShape({ type: isOneOf('drawn'), revision: isCount }),
  sample: isShape({
    type: isOneOf('sample'),
    request: isCount,
    schedules: isNames,
    from: isCount,
    to: isCount,
    columns: isCount,
  }),
  evaluate: isShape({ type: isOneOf('evaluate'), request: isCount, steps: isListOf(isCount) }),
  inspected: isShape({ type: isOneOf('inspected'), request: isCount, chart: isDrawnChart }),
  setArgument: isShape({
    type: isOneOf('setArgument'),
    schedule: isText,
    argument: isText,
    value: isPlain,
    done: isBoolean,
  }),
  reveal: isShape({ type: isOneOf('reveal'), schedule: isText, argument: isNullOr(isText) }),
  select: isShape({ type: isOneOf('select'), schedule: isNullOr(isText) }),
  bind: isShape({ type: isOneOf('bind'), name: isText, value: isNullOr(isText) }),
  whatIf: isShape({ type: isOneOf('whatIf'), whatIf: isWhatIf }),
  setLocked: isShape({ type: isOneOf('setLocked'), isLocked: isBoolean }),
  copy: isShape({
    type: isOneOf('copy'),
    schedules: isNames,
    format: isOneOf('optax', 'json', 'csv', 'svg'),
  }),
  savePicture: isShape({ type: isOneOf('savePicture'), png: isBytes }),
  insert: isShape({ type: isOneOf('insert'), function: isText }),
  compare: isShape({ type: isOneOf('compare'), schedules: isNames }),
});

/** What VS Code gives back when it restores a page. */
export const isSavedPreview: Check<SavedPreview> = isShape<SavedPreview>({
  uri: isText,
  isLocked: isBoolean,
  view: isAnything,
});
