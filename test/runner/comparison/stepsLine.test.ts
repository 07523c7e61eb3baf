import assert from 'node:assert/strict';
import { float32StepsOf, type Float32Steps } from '../../../runner/comparison/stepsLine.ts';
import { decodeEvent, encodeEvent, type StepsCompleted } from '../../../runner/protocol.ts';
import { syntheticEvents } from '../../support/syntheticComparison.ts';

describe('A line of steps that is read as float32', () => {
  const read = (line: string) => float32StepsOf(Buffer.from(line));
  const lineOf = (losses: string, run = '"a"', firstStep = '0', speed = '2.5') =>
    `{"type":"stepsCompleted","run":${run},"firstStep":${firstStep},"losses":[${losses}],` +
    `"learningRates":[0.1],"stepsPerSecond":${speed}}`;
  const rounded = (event: StepsCompleted): Float32Steps => ({
    ...event,
    type: 'float32Steps',
    losses: Float32Array.from(event.losses),
    learningRates: Float32Array.from(event.learningRates),
    stepsPerSecond: Math.fround(event.stepsPerSecond),
  });
  const decoded = (line: string): Float32Steps => {
    const event = decodeEvent(line);
    assert.ok(event.type === 'stepsCompleted');
    return rounded(event);
  };

  it('has the float32 nearest to each of its figures', () => {
    const steps = syntheticEvents({ epochs: 2, stepsPerMessage: 5 })
      .filter((event) => event.type === 'stepsCompleted')
      .map((event) => ({ event, told: read(encodeEvent(event)) }));
    // Where its first digits do not tell, a figure is left to others.
    const left = steps.filter(({ told }) => told === undefined);
    assert.ok(left.length < steps.length / 1000, `${left.length} of ${steps.length}`);
    for (const { event, told } of steps) if (told) assert.deepEqual(told, rounded(event));
  });

  it('has them in all ways in which JSON writes numbers', () => {
    for (const losses of [
      ...['', '0', '-0', '1', '-1.5', '120', '0.1', '0.000001', '1e-7', '1.2345678901234567e-9'],
      ...['538.34818649441', '0.00009999999747378752', '999999999999999', '12345678901234.567'],
      ...['1e-20,3,-4e-7', '0.0000000000000001', '1,2,3'],
    ]) {
      const line = lineOf(losses);
      assert.deepEqual(read(line), decoded(line), line);
    }
    assert.deepEqual(read(lineOf('1', '"é 🙂"')), decoded(lineOf('1', '"é 🙂"')));
    const long = lineOf(Array.from({ length: 1000 }, (_, i) => i / 8).join(','));
    assert.deepEqual(read(long), decoded(long));
  });

  it('is never rounded another way close to the middle of two float32s', () => {
    // 1 + 2^-24 lies in the middle of 1 and its next; beyond 15 digits it is decided.
    for (const loss of [
      ...['1.000000059604644775390625', '1.0000000596046447', '1.0000000596046449'],
      ...['1.00000005960464', '1.00000005960465', '16777217', '33554433.5'],
    ]) {
      const told = read(lineOf(loss));
      if (told) assert.deepEqual(told, decoded(lineOf(loss)), loss);
    }
    assert.equal(read(lineOf('1.000000059604644775390626')), undefined);
  });

  it('is left to others where it is none, or not written as it is usually', () => {
    for (const line of [
      ...['', '{}', '{"type":"runStopped","run":"a"}', lineOf('1').slice(0, -1), `${lineOf('1')}}`],
      ...['"NaN"', '01', '-', '1.', '.5', '1e', '1e-', '1,', ',1', '1 ', 'null', '1e-400', '1-1'],
    ].map((text) => (text.startsWith('{') || text === '' ? text : lineOf(text)))) {
      assert.equal(read(line), undefined, line);
    }
    for (const run of ['"a\\"b"', '"a\tb"', '1', '"a']) {
      assert.equal(read(lineOf('1', run)), undefined, run);
    }
    for (const firstStep of ['-1', '1.5', '01', '', '9007199254740993']) {
      assert.equal(read(lineOf('1', '"a"', firstStep)), undefined, firstStep);
    }
    for (const speed of ['"Infinity"', 'null', '', '01', '1 ']) {
      assert.equal(read(lineOf('1', '"a"', '0', speed)), undefined, speed);
    }
  });
});
