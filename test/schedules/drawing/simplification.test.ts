import assert from 'node:assert/strict';
import { simplified, type Place } from '../../../schedules/drawing/simplification.ts';

describe('A simplified line', () => {
  it('keeps the ends and the corners of straight lines', () => {
    const line = Array.from({ length: 101 }, (_, x): Place => [x, Math.abs(x - 40)]);
    assert.deepEqual(simplified(line, 0.1), [
      [0, 40],
      [40, 0],
      [100, 60],
    ]);
  });

  it('is nowhere further from a curve than the tolerance, with a few of its places', () => {
    const curve = Array.from({ length: 1000 }, (_, i): Place => [i / 3, 60 * Math.cos(i / 150)]);
    const kept = simplified(curve, 0.15);
    assert.ok(kept.length < 60, `${kept.length}`);
    for (const [x, y] of curve) {
      const next = Math.max(
        1,
        kept.findIndex(([end]) => end >= x),
      );
      const [[x0, y0], [x1, y1]] = [kept[next - 1]!, kept[next]!];
      const between = y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
      assert.ok(Math.abs(between - y) < 0.3, `${x}`);
    }
  });

  it('keeps both ends of a jump, and a line that goes back to where it began', () => {
    const jump: Place[] = [[0, 0], [5, 0], [5, 9], [9, 9]]; // prettier-ignore
    assert.deepEqual(simplified(jump, 0.1), jump);
    const spike: Place[] = [[0, 0], [0, 9], [0, 0]]; // prettier-ignore
    assert.deepEqual(simplified(spike, 0.1), spike);
  });

  it('has nothing to leave out of one place or none', () => {
    assert.deepEqual(simplified([[3, 4]], 1), [[3, 4]]);
    assert.deepEqual(simplified([], 1), []);
  });
});
