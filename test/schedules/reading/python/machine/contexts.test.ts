import assert from 'node:assert/strict';
import { spelled } from '../../../../../schedules/reading/python/values/keys.ts';
import { pythonValue } from '../../../../support/pythonExpression.ts';

const after = (...lines: readonly string[]) => pythonValue('n', lines.join('\n') + '\n');

describe('`with` binds a name', () => {
  it('to what the manager gives when it is entered', () => {
    const manager = [
      'class Rate:',
      '    def __init__(self, n): self.n = n',
      '    def __enter__(self): return self.n * 2',
      '    def __exit__(self, *error): pass',
    ];
    assert.equal(after(...manager, 'with Rate(3) as n: pass'), 6n);
    const inherited = [...manager, 'class Half(Rate): pass', 'with Half(4) as n: pass'];
    assert.equal(after(...inherited), 8n);
  });

  it('to what a generator of contextlib yields', () => {
    const lines = [
      'import contextlib',
      '@contextlib.contextmanager',
      'def rate():',
      '    yield 5',
      'with rate() as n: pass',
    ];
    assert.equal(after(...lines), 5n);
  });

  it('to nothing that is known where that is not told', () => {
    for (const lines of [
      ['class Rate: pass', 'with Rate() as n: pass'],
      ['class Rate(unknown.Base): pass', 'with Rate() as n: pass'],
      ['with 3 as n: pass'],
      ['with [1, 2] as n: pass'],
      ['with open("x") as n: pass'],
    ]) {
      const value = after(...lines);
      assert.ok(typeof value === 'object' && value?.kind === 'unknown', spelled(value));
    }
  });
});
