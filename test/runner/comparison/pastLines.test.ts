import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { pastLines } from '../../../runner/comparison/pastLines.ts';
import { collectSteps } from '../../../runner/comparison/runSteps.ts';
import {
  decodeFromRunner,
  type ComparisonEvent,
  type FromRunner,
} from '../../../runner/protocol.ts';
import { syntheticEvents } from '../../support/syntheticComparison.ts';

describe('Events of the past in few lines', () => {
  function told(events: readonly ComparisonEvent[]): readonly FromRunner[] {
    const lines = pastLines();
    const text = lines.add(events) + lines.rest();
    return text.split('\n').slice(0, -1).map(decodeFromRunner);
  }
  const steps = (run: string, firstStep: number, losses: readonly number[]): ComparisonEvent => ({
    ...{ type: 'stepsCompleted', run, firstStep, losses },
    learningRates: losses.map(() => 0.5),
    stepsPerSecond: 4,
  });
  const start = (run: string, fromStep: number): ComparisonEvent => ({
    ...{ type: 'runStarted', run, fromEpoch: 1, fromStep },
  });

  it('are the same steps, and all other events between them', async () => {
    const events = syntheticEvents({ runs: 5, epochs: 2, stepsPerMessage: 3 });
    const less = told(events);
    assert.ok(less.length < events.length / 20, `${less.length} of ${events.length}`);
    const others = (all: readonly FromRunner[]) =>
      all.filter(({ type }) => type !== 'stepsCompleted');
    assert.deepEqual(others(less), others(events));

    const before = await collectSteps(stream(events));
    const after = await collectSteps(stream(less as readonly ComparisonEvent[]));
    for (const [run, { losses, learningRates, seconds }] of before) {
      assert.deepEqual(after.get(run)?.losses, losses.map(Math.fround));
      assert.deepEqual(after.get(run)?.learningRates, learningRates.map(Math.fround));
      const [a, b] = [seconds, after.get(run)?.seconds ?? []].map((all) =>
        all.reduce((sum, one) => sum + one),
      );
      assert.ok(Math.abs(a! / b! - 1) < 1e-12);
    }
  });

  it('keep figures that are not finite', () => {
    const [event] = told([steps('a', 0, [1, NaN, Infinity, -Infinity])]);
    assert.deepEqual(event, steps('a', 0, [1, NaN, Infinity, -Infinity]));
  });

  it('keep steps apart between which some are missing, or were trained again', () => {
    const events = [
      ...[steps('a', 0, [1, 2]), steps('a', 5, [3])],
      ...[start('a', 1), steps('a', 1, [4, 5]), steps('b', 0, [6]), steps('a', 3, [7])],
    ];
    assert.deepEqual(told(events), [
      ...[steps('a', 0, [1, 2]), steps('a', 5, [3])],
      ...[start('a', 1), steps('a', 1, [4, 5, 7]), steps('b', 0, [6])],
    ]);
  });

  it('are the same where one event has very many steps', () => {
    const losses = Array.from({ length: 300_000 }, (_, i) => i);
    const events = told([steps('a', 0, [-1]), steps('a', 1, losses)]);
    const figures = events.flatMap((event) =>
      event.type === 'stepsCompleted' ? event.losses : [],
    );
    assert.deepEqual(figures, [-1, ...losses]);
  });

  it('are not longer than can be read at a time', () => {
    const few = Array.from({ length: 1000 }, (_, i) =>
      steps('a', 25 * i, new Array<number>(25).fill(1)),
    );
    const many = [steps('a', 0, new Array<number>(25_000).fill(1))];
    for (const events of [few, many]) {
      const lengths = told(events).map((event) =>
        event.type === 'stepsCompleted' ? event.losses.length : 0,
      );
      assert.ok(Math.max(...lengths) < 10_000);
      assert.equal(
        lengths.reduce((a, b) => a + b),
        25_000,
      );
    }
  });

  it('are the same where other events come in between after few steps', () => {
    const events = Array.from({ length: 50 }, (_, i) => [
      ...[steps('a', 3 * i, [i, i, i]), steps(`b${i}`, 0, [i])],
      { type: 'runStopped' as const, run: 'a' },
    ]).flat();
    assert.deepEqual(told(events), events);
  });

  it('are refused where their figures are none', () => {
    const packed = { type: 'packedSteps', run: 'a', firstStep: 0, stepsPerSecond: 1 };
    for (const [losses, learningRates] of [
      ['AAAAAA==', ''],
      ['AAA=', 'AAA='],
      ['?', '?'],
      [1, 1],
    ]) {
      const line = JSON.stringify({ ...packed, losses, learningRates });
      assert.throws(() => decodeFromRunner(line), { name: 'SyntaxError' }, line);
    }
  });
});

/** As a journal gives them. */
const stream = (events: readonly ComparisonEvent[]): AsyncIterable<ComparisonEvent> =>
  Readable.from(events);
