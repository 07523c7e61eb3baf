import assert from 'node:assert/strict';
import {
  figureAxis,
  logarithmicAxis,
  rateLabel,
  stepAxis,
  stepLabel,
  type Axis,
} from '../../../schedules/drawing/axes.ts';

const labels = ({ ticks }: Axis) => ticks.map(({ label }) => label);
const close = (a: number, b: number) => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

describe('An axis of rates', () => {
  it('begins and ends at ticks of 1, 2 or 5 times a power of ten', () => {
    assert.deepEqual(labels(figureAxis([0, 3e-4], 6)), [
      '0',
      '5e-5',
      '1e-4',
      '1.5e-4',
      '2e-4',
      '2.5e-4',
      '3e-4',
    ]);
    assert.deepEqual(labels(figureAxis([0.713, 0.888], 5)), [
      '0.70',
      '0.75',
      '0.80',
      '0.85',
      '0.90',
    ]);
    assert.deepEqual(labels(figureAxis([-1, 1], 4)), ['-1.0', '-0.5', '0', '0.5', '1.0']);
  });

  it('begins at 0 unless that would squeeze the rates', () => {
    assert.deepEqual(labels(figureAxis([1e-5, 1e-4], 5)).at(0), '0');
    assert.deepEqual(labels(figureAxis([9.5e-5, 1e-4], 5)).at(0), '9.5e-5');
  });

  it('has a constant rate near its middle', () => {
    for (const rate of [1e-4, 0.3, 7])
      assert.ok(Math.abs(figureAxis([rate, rate], 5).position(rate) - 0.5) < 0.1, `${rate}`);
    assert.equal(figureAxis([0, 0], 5).position(0), 0);
    const noise = Math.fround(0.1);
    assert.equal(labels(figureAxis([noise, noise + 2 ** -27], 4)).at(0), '0');
  });

  it('places every range of rates within it, with labels that tell the ticks apart', () => {
    for (let exponent = -45; exponent <= 38; exponent++) {
      for (const [low, high] of [
        [1, 1.37],
        [0, 9.99],
        [-3, 8],
        [1, 1.00001],
        [-2.2, -0.001],
      ] as const) {
        const range = [low * 10 ** exponent, high * 10 ** exponent] as const;
        const axis = figureAxis(range, 6);
        const context = `${range.join(' to ')}: ${labels(axis).join(' ')}`;
        assert.ok(axis.ticks.length >= 3 && axis.ticks.length <= 9, context);
        assert.ok(close(axis.position(axis.ticks[0]!.value), 0), context);
        assert.ok(close(axis.position(axis.ticks.at(-1)!.value), 1), context);
        for (const end of range) {
          const position = axis.position(end);
          assert.ok(position >= -1e-5 && position <= 1 + 1e-5, context);
        }
        for (const { value, label } of axis.ticks)
          assert.ok(Math.abs(Number(label) - value) <= 1e-8 * Math.abs(value), context);
        assert.equal(new Set(labels(axis)).size, axis.ticks.length, context);
      }
    }
  });
});

describe('An axis of steps', () => {
  it('has ticks at whole steps and ends where the steps do', () => {
    const axis = stepAxis([0, 2349], 5);
    assert.deepEqual(labels(axis), ['0', '500', '1k', '1.5k', '2k']);
    assert.deepEqual([axis.position(0), axis.position(2349)], [0, 1]);
    assert.deepEqual(labels(stepAxis([1, 4], 10)), ['1', '2', '3', '4']);
    assert.deepEqual(labels(stepAxis([0, 9_999_999], 5)), ['0', '2M', '4M', '6M', '8M']);
  });

  it('has a single step in its middle', () => {
    const axis = stepAxis([1, 1], 8);
    assert.deepEqual(labels(axis), ['1']);
    assert.equal(axis.position(1), 0.5);
  });
});

describe('A logarithmic axis', () => {
  it('has ticks in every decade while they are few', () => {
    assert.deepEqual(labels(logarithmicAxis([80, 3000], 9)), [
      '50',
      '100',
      '200',
      '500',
      '1000',
      '2000',
      '5000',
    ]);
    assert.deepEqual(labels(logarithmicAxis([0.02, 900], 6)), [
      '0.01',
      '0.1',
      '1',
      '10',
      '100',
      '1000',
    ]);
  });

  it('skips decades where they are many', () => {
    const axis = logarithmicAxis([78, 1e30], 6);
    assert.ok(axis.ticks.length >= 4 && axis.ticks.length <= 8, labels(axis).join(' '));
    assert.ok(axis.position(78) >= 0 && axis.position(1e30) <= 1);
  });

  it('has room for a single figure', () => {
    for (const figure of [100, 123]) {
      const position = logarithmicAxis([figure, figure], 6).position(figure);
      assert.ok(position >= 0 && position <= 1, `${figure}: ${position}`);
    }
  });
});

describe('Labels', () => {
  it('of steps are short', () => {
    assert.deepEqual([0, 500, 1000, 2500, 10_000, 1_500_000, 2e9].map(stepLabel), [
      '0',
      '500',
      '1k',
      '2.5k',
      '10k',
      '1.5M',
      '2G',
    ]);
  });

  it('of rates are short', () => {
    assert.deepEqual([0, 1e-4, 3e-4, 2.5e-5, 0.01, 0.5, 1, 1e7].map(rateLabel), [
      '0',
      '1e-4',
      '3e-4',
      '2.5e-5',
      '0.01',
      '0.5',
      '1',
      '1e7',
    ]);
  });
});
