import assert from 'node:assert/strict';
import { positionsIn } from '../../schedules/positions.ts';

describe('A position in a text', () => {
  it('counts lines and UTF-16 columns from 1, whatever ends the lines', () => {
    const positionOf = positionsIn('ab\n🚀c\r\n\rd');
    const offsets = [0, 2, 3, 5, 6, 8, 9, 10];
    assert.deepEqual(
      offsets.map(positionOf).map(({ line, column }) => [line, column]),
      [
        [1, 1],
        [1, 3],
        [2, 1],
        [2, 3],
        [2, 4],
        [3, 1],
        [4, 1],
        [4, 2],
      ],
    );
  });

  it('is the first one in an empty text', () => {
    assert.deepEqual(positionsIn('')(0), { line: 1, column: 1 });
  });

  it('is found fast in a text of a million lines', () => {
    const positionOf = positionsIn('\n'.repeat(1_000_000));
    const start = performance.now();
    for (let offset = 0; offset < 1_000_000; offset += 10) {
      assert.equal(positionOf(offset).line, offset + 1);
    }
    assert.ok(performance.now() - start < 2000);
  });
});
