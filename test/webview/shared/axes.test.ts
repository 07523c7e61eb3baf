import assert from 'node:assert/strict';
import { decadesAxis, evenAxis } from '../../../webview/shared/chart/figureAxes.ts';
import { stepTicks } from '../../../webview/shared/chart/stepAxis.ts';
import { positionOf, positions, valueAt } from '../../../webview/preview/slider.ts';

const labels = (ticks: readonly { readonly label: string }[]) => ticks.map(({ label }) => label);

describe('the axes of the preview', () => {
  it('leave room above the highest rate, for its handle', () => {
    const { min, max } = evenAxis({ low: 0, high: 3e-4, leastPositive: 1e-5 }, 6);
    assert.equal(min, 0);
    assert.ok(max > 3e-4);
  });

  it('go by decades, and have a foot only where a rate needs it', () => {
    const positive = decadesAxis({ low: 1e-5, high: 1e-3, leastPositive: 1e-5 }, 3);
    assert.deepEqual(labels(positive.ticks), ['1e-5', '1e-4', '1e-3']);
    assert.equal(positive.hasFoot, false);
    const zero = decadesAxis({ low: 0, high: 1e-3, leastPositive: 1e-5 }, 3);
    assert.deepEqual(labels(zero.ticks), ['0', '1e-5', '1e-4', '1e-3']);
    assert.equal(zero.hasFoot, true);
  });

  it('say at the foot what is there', () => {
    const foot = (low: number, leastPositive: number) =>
      decadesAxis({ low, high: 1e-3, leastPositive }, 12).ticks[0]?.label;
    assert.equal(foot(-1, 1e-5), '≤0');
    assert.equal(foot(1e-15, 1e-15), '<1e-10');
    const nothing = decadesAxis({ low: 0, high: 0, leastPositive: Infinity }, 3);
    assert.equal(nothing.ticks[0]?.label, '0');
  });

  it('count epochs, and parts of them where there is nothing else', () => {
    assert.deepEqual(labels(stepTicks([0, 2350], 5, 235)), ['0', '2', '4', '6', '8', '10']);
    assert.deepEqual(
      stepTicks([0, 2350], 5, 235).map(({ value }) => value),
      [0, 470, 940, 1410, 1880, 2350],
    );
    assert.ok(stepTicks([240, 300], 4, 235).length >= 2);
  });
});

describe('a slider', () => {
  it('gives each decade as much room where it is logarithmic', () => {
    const slider = { min: 1e-5, max: 1e-1, isLogarithmic: true, isWhole: false };
    assert.equal(valueAt(slider, positions / 2), 1e-3);
    assert.equal(positionOf(slider, 1e-3), positions / 2);
    assert.equal(positionOf(slider, 0), 0);
  });

  it('is whole where its argument is, and short in decimals where not', () => {
    assert.equal(valueAt({ min: 0, max: 470, isLogarithmic: false, isWhole: true }, 333), 157);
    assert.equal(valueAt({ min: 0, max: 1, isLogarithmic: false, isWhole: false }, 333), 0.333);
  });
});
