import assert from 'node:assert/strict';
import { isNumber, writtenLike } from '../../../schedules/language/numberStyle.ts';

describe('A number that is changed', () => {
  const cases: readonly (readonly [original: string, value: number, written: string])[] = [
    ['1e-4', 3e-4, '3e-4'],
    ['1e-4', 0.012345, '1.23e-2'],
    ['1E+3', 2000, '2e+3'],
    ['0.01', 0.0254, '0.0254'],
    ['0.01', 0.00002, '2e-5'],
    ['0.5', 1, '1.0'],
    ['.5', 0.25, '0.25'],
    ['1000', 2350, '2350'],
    ['1000', 2350.4, '2350'],
    ['10_000', 23_500, '23_500'],
    ['1000', 1234567, '1234567'],
    ['1', 0.25, '0.25'],
    ['0', 0.001, '0.001'],
    ['1e-3', 0, '0.0'],
    ['100', 0, '0'],
    ['-1', -3, '-3'],
  ];
  for (const [original, value, written] of cases) {
    it(`is written ${written} where ${original} stood`, () => {
      assert.equal(writtenLike(original, value), written);
    });
  }

  it('is a number by itself', () => {
    for (const text of ['1', '1e-3', '1_000', '.5', '5.', '-2', '+1.5E+3']) {
      assert.ok(isNumber(text), text);
    }
    for (const text of ['', '1/3', 'x', '1e', '-', '.', 'e5', '2 * 3', '0x10']) {
      assert.ok(!isNumber(text), text);
    }
  });
});
