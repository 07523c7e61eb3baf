import assert from 'node:assert/strict';
import { decodeEvent, encodeEvent, type ComparisonEvent } from '../../runner/protocol.ts';

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
      lossReduction: 'sum',
      optimizer: { name: 'sgd', args: { momentum: null, nesterov: false }, clipByGlobalNorm: null },
    },
    runs: [{ run: 'Infinity', name: 'Infinity', function: 'constant_schedule', totalSteps: 2 }],
  },
  { type: 'runStarted', run: 'NaN', fromEpoch: 1 },
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
  { type: 'runFailed', run: 'a', message: 'NaN' },
  { type: 'runStopped', run: 'a' },
  { type: 'comparisonCompleted', comparison: 'a', seconds: 12 },
];

const [started, , steps] = events;

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
          const isFree = field === 'settings' && wrong !== null && typeof wrong === 'object';
          if ((isText && wrong === 'a') || (isFree && !Array.isArray(wrong))) continue;
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
