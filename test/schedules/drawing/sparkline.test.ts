import assert from 'node:assert/strict';
import { sparkline } from '../../../schedules/drawing/sparkline.ts';

describe('A sparkline', () => {
  it('rises and falls as the curve does', () => {
    const triangle = (step: number): number => Math.min(step, 1000 - step);
    assert.equal(sparkline(triangle, 1000, 8), '▂▄▆██▇▅▃');
  });
  it('shows the shortest warm-up as its peak', () => {
    assert.match(
      sparkline((step) => (step === 0 ? 1 : 0.1), 1000, 10),
      /^█▁{9}$/,
    );
  });
  it('has a blank where a rate is not finite, and draws zeros on the ground', () => {
    assert.equal(
      sparkline((step) => (step < 5 ? NaN : 1), 10, 10),
      '     █████',
    );
    assert.equal(
      sparkline(() => 0, 10, 4),
      '▁▁▁▁',
    );
    assert.equal(
      sparkline(() => NaN, 10, 4),
      '    ',
    );
  });
});
