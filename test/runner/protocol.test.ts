import assert from 'node:assert/strict';
import {
  decodeEvent,
  decodeFromRunner,
  decodeReport,
  decodeRequest,
  encodeEvent,
  encodeReport,
  type ComparisonEvent,
  type FromRunner,
  type ReportData,
  type Request,
} from '../../runner/protocol.ts';

/** One event of each type, with figures that JSON does not have. */
const events: readonly ComparisonEvent[] = [
  {
    type: 'comparisonStarted',
    comparison: 'NaN',
    engine: 'wasm',
    device: 'CPU',
    settings: {
      epochs: 1,
      batchSize: 2,
      trainExamples: 3,
      testExamples: 4,
      seed: 0,
      shuffle: false,
      lossReduction: 'sum',
      optimizer: { name: 'sgd', args: { momentum: null, nesterov: false }, clipByGlobalNorm: null },
    },
    runs: [
      {
        run: 'Infinity',
        name: 'Infinity',
        schedule: 'Infinity',
        seed: 0,
        function: 'constant_schedule',
        totalSteps: 2,
      },
    ],
  },
  { type: 'comparisonResumed', comparison: 'a', engine: 'wasm', device: 'CPU' },
  { type: 'comparisonPaused', comparison: 'a' },
  { type: 'comparisonContinued', comparison: 'a' },
  { type: 'comparisonStopped', comparison: 'a', seconds: 1.5 },
  { type: 'runStarted', run: 'NaN', fromEpoch: 2, fromStep: 7 },
  {
    type: 'stepsCompleted',
    run: '-Infinity',
    firstStep: 0,
    losses: [1.5, NaN, Infinity, -Infinity],
    learningRates: [Math.fround(1e-4), 0, 1e-45, NaN],
    stepsPerSecond: Infinity,
  },
  {
    type: 'epochCompleted',
    run: '"\n\u2028🚀\ud800',
    epoch: 1,
    loss: NaN,
    accuracy: 0.1,
    learningRate: Infinity,
    seconds: 1.25,
  },
  { type: 'runCompleted', run: '', accuracy: NaN, seconds: 3, reused: false },
  { type: 'runInterrupted', run: 'a', message: 'killed' },
  { type: 'runFailed', run: 'a', message: 'NaN', diverged: true },
  { type: 'runStopped', run: 'a' },
  { type: 'comparisonCompleted', comparison: 'a', seconds: 12 },
];

const started = events.find(({ type }) => type === 'comparisonStarted');
const steps = events.find(({ type }) => type === 'stepsCompleted');

describe('An event of a comparison', () => {
  for (const event of events) {
    it(`${event.type} is one line, and is read as it was written`, () => {
      const line = encodeEvent(event);
      assert.doesNotMatch(line, /[\n\r]/);
      assert.deepEqual(decodeEvent(line), event);
    });
  }

  it('has figures that are not finite as strings', () => {
    const { losses, stepsPerSecond } = JSON.parse(encodeEvent(steps!)) as Record<string, unknown>;
    assert.deepEqual(losses, [1.5, 'NaN', 'Infinity', '-Infinity']);
    assert.equal(stepsPerSecond, 'Infinity');
  });

  it('keeps the fields that a later version adds', () => {
    const decoded = decodeEvent('{"type":"runStopped","run":"a","reason":"NaN"}');
    assert.deepEqual(decoded, { type: 'runStopped', run: 'a', reason: 'NaN' });
  });

  it('is refused where a field is missing or of another kind', () => {
    for (const event of events) {
      for (const field of Object.keys(event).filter((name) => name !== 'type')) {
        for (const wrong of [undefined, {}, [{}], 'a', null]) {
          const isText = ['run', 'comparison', 'engine', 'device', 'message'].includes(field);
          if (isText && wrong === 'a') continue;
          const line = JSON.stringify({ ...event, [field]: wrong });
          assert.throws(() => decodeEvent(line), { name: 'SyntaxError' }, line);
        }
      }
    }
  });

  it('is refused where the line is none', () => {
    const lines = [
      '',
      '{',
      '[]',
      'null',
      '3',
      '{}',
      '{"type":"started"}',
      '{"type":"constructor"}',
      '{"type":"__proto__"}',
      encodeEvent(started!).slice(0, -1),
      `${encodeEvent(started!)}${encodeEvent(started!)}`,
    ];
    for (const line of lines) assert.throws(() => decodeEvent(line), { name: 'SyntaxError' }, line);
  });
});

const { settings } = events.find((event) => event.type === 'comparisonStarted')!;

/** One request of each type, with all that may be in it, and with the least. */
const requests: readonly Request[] = [
  {
    type: 'start',
    folder: '/a',
    engine: 'wasm',
    parallel: 2,
    data: '/data',
    settings,
    runs: [
      { name: 'a', function: 'f', learningRates: [0.1, 1], optimizer: settings.optimizer },
      {
        name: 'b',
        function: 'f',
        learningRates: [],
        source: '/code/train.py',
        definition: { function: 'f', args: { value: 'peak' } },
      },
    ],
    seeds: 5,
    fresh: true,
  },
  { type: 'start', folder: '/a', settings, runs: [] },
  { type: 'resume', folder: '/a' },
  { type: 'stop' },
  { type: 'stop', run: 'a' },
  { type: 'pause' },
  { type: 'continue' },
  { type: 'continue', run: 'a' },
  { type: 'parallel', parallel: 1 },
  { type: 'reorder', runs: ['b', 'a'] },
  { type: 'open', folders: ['/a', '/b'], data: '/data' },
  { type: 'open', folders: ['/a'] },
  { type: 'comparisons', question: 1, folder: '/a' },
  { type: 'engines', question: 2 },
  { type: 'measure', question: 3, engine: 'wasm', settings, data: '/data' },
  { type: 'rename', question: 4, folder: '/a', title: 'Warm-up' },
  { type: 'results', question: 5 },
  { type: 'predictions', question: 6, runs: ['a'] },
  { type: 'images', question: 7, images: [0, 9999] },
  { type: 'export', question: 8, format: 'html', path: '/a.html' },
];

describe('A request to a runner', () => {
  for (const request of requests) {
    it(`${JSON.stringify(request).slice(0, 40)} is read from its line`, () => {
      assert.deepEqual(decodeRequest(JSON.stringify(request)), request);
    });
  }

  it('is refused where a field is of another kind, or one that it needs is missing', () => {
    for (const request of requests) {
      for (const field of Object.keys(request).filter((name) => name !== 'type')) {
        const isText = ['run', 'folder', 'engine', 'data', 'title', 'path'].includes(field);
        const wrongs = [null, {}, [field === 'images' ? 'a' : 1], -1, 0.5, isText ? 1 : 'a'];
        for (const wrong of wrongs) {
          const line = JSON.stringify({ ...request, [field]: wrong });
          assert.throws(() => decodeRequest(line), { name: 'SyntaxError' }, line);
        }
      }
    }
    for (const line of [
      '{"type":"start","folder":"/a"}',
      '{"type":"parallel"}',
      '{}',
      'null',
      '',
    ]) {
      assert.throws(() => decodeRequest(line), { name: 'SyntaxError' }, line);
    }
  });

  it('to start is refused where its settings are none', () => {
    const { optimizer } = settings;
    for (const wrong of [
      { epochs: 0 },
      { batchSize: 1.5 },
      { seed: -1 },
      { shuffle: 'yes' },
      { lossReduction: 'product' },
      { optimizer: { ...optimizer, name: undefined } },
      { optimizer: { ...optimizer, args: { momentum: 'much' } } },
    ]) {
      const request = {
        type: 'start',
        folder: '/a',
        runs: [],
        settings: { ...settings, ...wrong },
      };
      assert.throws(
        () => decodeRequest(JSON.stringify(request)),
        /a request with a bad 'settings'/,
      );
    }
  });
});

const figures = { mean: 0.9, margin: 0.01 };
const results: ReportData['results'] = {
  seeds: 5,
  schedules: [
    {
      schedule: 'NaN',
      function: 'f',
      runs: ['NaN (seed 0)'],
      finalAccuracy: figures,
      bestAccuracy: { ...figures, margin: null },
      finalLoss: null,
      seconds: null,
      reused: true,
      ranking: { type: 'behind', points: -1.5, p: null, isDistinguished: null },
    },
  ],
  tests: [{ schedules: ['a', 'b'], p: 1e-9 }],
  explanation: '',
  printed: [{ run: 'a', losses: [186.878], accuracies: [0.827] }],
};
const predictions: ReportData['predictions'] = {
  type: 'predictionsAnswer',
  question: 6,
  classes: ['Trouser'],
  labels: [0],
  runs: [{ run: 'a', epoch: 2, predicted: [0] }],
};
const images: ReportData['images'] = {
  type: 'imagesAnswer',
  question: 7,
  images: [3],
  width: 28,
  height: 28,
  pixels: 'AAAA',
};

/** What a runner says beside events: one of each type. */
const messages: readonly FromRunner[] = [
  { type: 'preparing', message: 'Starting the engine', share: null },
  { type: 'following' },
  { type: 'ended', outcome: 'refused', message: 'The disk is full.', isInUse: false },
  {
    type: 'comparisonsAnswer',
    question: 1,
    comparisons: [
      {
        folder: '/a',
        comparison: 'a',
        title: 'Warm-up',
        started: 1.5e12,
        status: 'damaged',
        problem: 'It is damaged.',
        schedules: 0,
        runs: 0,
        epochs: 0,
        best: { schedule: 'a', accuracy: 0.9 },
        bytes: 10,
      },
    ],
  },
  {
    type: 'enginesAnswer',
    question: 2,
    engines: [{ name: 'wasm', isReady: true, device: 'CPU', what: 'WebAssembly' }],
  },
  {
    type: 'measureAnswer',
    question: 3,
    engine: 'wasm',
    device: 'CPU',
    stepsPerSecond: 2.5,
    evaluationSeconds: 4,
  },
  { type: 'done', question: 4 },
  { type: 'resultsAnswer', question: 5, title: 'Warm-up', results },
  predictions,
  images,
  { type: 'refused', question: 8, message: 'No comparison is open.' },
];

describe('What a runner prints', () => {
  for (const message of [...events, ...messages]) {
    it(`${message.type} is read as it was written`, () => {
      assert.deepEqual(decodeFromRunner(encodeEvent(message)), message);
    });
  }

  it('is refused where a field is missing or of another kind', () => {
    for (const message of messages) {
      for (const field of Object.keys(message)) {
        for (const wrong of [undefined, {}, [[]], -1]) {
          const line = JSON.stringify({ ...message, [field]: wrong });
          if (wrong === -1 && ['stepsPerSecond', 'evaluationSeconds', 'share'].includes(field)) {
            continue;
          }
          assert.throws(() => decodeFromRunner(line), { name: 'SyntaxError' }, line);
        }
      }
    }
  });

  it('is refused where something within it is of another kind', () => {
    const [schedule] = results.schedules;
    for (const wrong of [
      { ...results, schedules: [{ ...schedule, ranking: { type: 'worst' } }] },
      { ...results, schedules: [{ ...schedule, ranking: { type: 'behind' } }] },
      { ...results, schedules: [{ ...schedule, finalLoss: { mean: 'NaN', margin: null } }] },
      { ...results, tests: [{ schedules: ['a', 1], p: 1 }] },
      { ...results, printed: [{ run: 'a', losses: [] }] },
    ]) {
      const line = JSON.stringify({
        type: 'resultsAnswer',
        question: 1,
        title: '',
        results: wrong,
      });
      assert.throws(() => decodeFromRunner(line), /with a bad 'results'/, line);
    }
  });
});

describe('The data of an HTML report', () => {
  it('is read as it was written, figures that JSON does not have too', () => {
    const report: ReportData = { title: '</script>', events, results, predictions, images };
    assert.deepEqual(decodeReport(encodeReport(report)), report);
  });
});
