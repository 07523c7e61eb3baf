import assert from 'node:assert/strict';
import type { Curve } from '../../../webview/messages.ts';
import {
  hasEveryStep,
  isSameCurve,
  rateAt,
  rateExtremes,
  refined,
} from '../../../webview/preview/curves.ts';

function curve(...points: readonly (readonly [step: number, rate: number])[]): Curve {
  return {
    from: points[0]![0],
    to: points.at(-1)![0],
    steps: Float64Array.from(points, ([step]) => step),
    rates: Float64Array.from(points, ([, rate]) => rate),
  };
}

describe('a sampled curve', () => {
  const line = curve([0, 1], [10, 0], [20, 2]);

  it('is read exactly at its samples and between them as a line', () => {
    assert.deepEqual(rateAt(line, 10), { rate: 0, isExact: true });
    assert.deepEqual(rateAt(line, 15), { rate: 1, isExact: false });
    assert.equal(rateAt(line, 21), undefined);
    assert.equal(rateAt(line, -1), undefined);
  });

  it('takes finer samples of a stretch in place of its own', () => {
    const finer = curve([8, 0.2], [9, 5], [10, 0], [11, 0.2]);
    const { steps, rates, from, to } = refined(line, finer);
    assert.deepEqual([...steps], [0, 8, 9, 10, 11, 20]);
    assert.deepEqual([...rates], [1, 0.2, 5, 0, 0.2, 2]);
    assert.deepEqual([from, to], [0, 20]);
  });

  it('knows whether it has every step of a stretch', () => {
    const every = curve([0, 1], [1, 1], [2, 1], [9, 1]);
    assert.equal(hasEveryStep(every, 0, 2), true);
    assert.equal(hasEveryStep(every, 0, 3), false);
  });

  it('is the same as another with the same points, NaN included', () => {
    assert.equal(isSameCurve(curve([0, NaN], [1, 2]), curve([0, NaN], [1, 2])), true);
    assert.equal(isSameCurve(curve([0, NaN], [1, 2]), curve([0, NaN], [1, 3])), false);
  });

  it('has extremes in a stretch, where it enters and leaves it too, gaps left out', () => {
    assert.deepEqual(rateExtremes([line], [5, 15]), { low: 0, high: 1, leastPositive: 0.5 });
    const gaps = curve([0, NaN], [1, Infinity], [2, 3]);
    assert.deepEqual(rateExtremes([gaps], [0, 2]), { low: 3, high: 3, leastPositive: 3 });
    assert.deepEqual(rateExtremes([], [0, 2]), { low: 0, high: 1, leastPositive: Infinity });
  });
});
