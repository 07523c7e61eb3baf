import assert from 'node:assert/strict';
import { pythonValue } from '../../../../support/pythonExpression.ts';
import { spelled } from '../../../../../schedules/reading/python/values/keys.ts';

const spelledAfter = (...lines: readonly string[]): string =>
  spelled(pythonValue('v', lines.join('\n') + '\n'));

describe('A list is written', () => {
  it('by integers and slices, of the same length or of another one', () => {
    assert.equal(spelledAfter('v = [0, 1, 2, 3]', 'v[-1] = 9'), '[0, 1, 2, 9]');
    assert.equal(spelledAfter('v = [0, 1, 2, 3]', 'v[1:3] = [8, 9]'), '[0, 8, 9, 3]');
    assert.equal(spelledAfter('v = [0, 1, 2, 3]', 'v[::2] = [8, 9]'), '[8, 1, 9, 3]');
    assert.equal(spelledAfter('v = [0, 1, 2, 3]', 'v[1:3] = []'), '[0, 3]');
    assert.equal(spelledAfter('v = [0, 1]', 'v[1:1] = (7, 8)'), '[0, 7, 8, 1]');
    assert.equal(spelledAfter('v = [0, 1]', 'v[:] = range(3)'), '[0, 1, 2]');
  });

  it('for all that is bound to it', () => {
    assert.equal(spelledAfter('v = [1]', 'w = v', 'w += [2]', 'w *= 2'), '[1, 2, 1, 2]');
  });
});

describe('A list is not known any more', () => {
  for (const [how, ...lines] of [
    ['where it is not known where it is written', 'v[unknown] = 1'],
    ['where a slice does not fit', 'v[::2] = [1]'],
    ['where a slice is not known', 'v[1:] = unknown'],
    ['where it is extended by what is not known', 'v.extend(unknown)'],
    ['where it grows by what is not known', 'v += unknown'],
    ['where it is not known what is taken from it', 'v.pop(unknown)'],
    ['where it is sorted by what is not known', 'v.sort(key=unknown)'],
    ['where a loop is not followed to its end', 'for i in range(9999):', '    v.append(i)'],
  ] as const) {
    it(how, () => {
      const value = pythonValue('v', ['v = [1, 2, 3]', ...lines].join('\n') + '\n');
      assert.ok(typeof value === 'object' && value?.kind === 'unknown', spelled(value));
    });
  }
});
