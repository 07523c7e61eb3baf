import assert from 'node:assert/strict';
import {
  emptyColumns,
  extended,
  indexFrom,
  type Line,
} from '../../../webview/compare/charts/columns.ts';
import { randomNumbers } from '../../support/syntheticComparison.ts';

const random = randomNumbers(7);
const noise = Float32Array.from({ length: 10_000 }, (_, i) => Math.sin(i / 900) + random());
const lineOf = (ys: ArrayLike<number>, others: Partial<Line> = {}): Line => ({
  ...{ xs: null, offset: 0, ys },
  ...others,
});

describe('a line in pixel columns', () => {
  it('has of each column the first, the last, the lowest and the highest figure', () => {
    const columns = extended(emptyColumns([0, 10_000], 200), lineOf(noise));
    for (let column = 0; column < 200; column++) {
      const points = [...noise.subarray(50 * column, 50 * (column + 1))];
      const { first, low, high, last } = columns;
      assert.deepEqual(
        [first[column], low[column], high[column], last[column]],
        [points[0], Math.min(...points), Math.max(...points), points.at(-1)],
      );
    }
    assert.deepEqual(columns.extremes.low, Math.min(...noise));
    assert.deepEqual(columns.extremes.high, Math.max(...noise));
  });

  it('is the same when it grew bit by bit as when it came at once', () => {
    const range = [500, 9200.5] as const;
    const whole = extended(emptyColumns(range, 333), lineOf(noise));
    let grown = emptyColumns(range, 333);
    for (const length of [3, 400, 501, 502, 5000, 9300, 10_000]) {
      grown = extended(grown, lineOf(noise.subarray(0, length)));
    }
    assert.deepEqual(grown, whole);
  });

  it('has a gap where a figure is not finite, and no figure of it', () => {
    const ys = [1, 2, NaN, 4, Infinity, 6];
    const { gap, high, extremes } = extended(emptyColumns([0, 6], 3), lineOf(ys));
    assert.deepEqual([...gap], [0, 1, 1]);
    assert.deepEqual([...high], [2, 4, 6]);
    assert.deepEqual(extremes, { low: 1, high: 6, leastPositive: 1 });
  });

  it('counts only what is in view', () => {
    const { low, high, extremes } = extended(emptyColumns([2, 3], 1), lineOf([-9, -5, 0, 3, 90]));
    assert.deepEqual([low[0], high[0]], [0, 3]);
    assert.equal(extremes.leastPositive, 3);
  });

  it('finds places among points that are not one apart, and among steps that are counted from 1', () => {
    const timed = lineOf([1, 2, 3], { xs: [0.5, 1.5, 4] });
    assert.deepEqual(
      [0, 0.5, 1, 4, 5].map((place) => indexFrom(timed, place)),
      [0, 0, 1, 2, 3],
    );
    assert.equal(indexFrom(lineOf([1, 2, 3], { offset: 1 }), 2), 1);
  });
});
