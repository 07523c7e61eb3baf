import assert from 'node:assert/strict';
import { statementsUntil } from '../../../schedules/language/pythonStatements.ts';
import { namesInScope } from '../../../schedules/language/scopeNames.ts';
import { atCursor } from '../../support/cursor.ts';

function numbersAt(marked: string): readonly string[] {
  const { text, offset } = atCursor(marked);
  return namesInScope(statementsUntil(text, offset).statements).flatMap(({ name, isNumber }) =>
    isNumber ? [name] : [],
  );
}

describe('The names in scope', () => {
  it('are those bound before, the latest first', () => {
    assert.deepEqual(numbersAt('a = 1\nb: int = 2\nc, (d, e) = f()\na += 1\nx = |\nz = 1'), [
      'e',
      'd',
      'c',
      'b',
      'a',
    ]);
  });

  it('are bound by loops, with statements and in blocks too', () => {
    const text = 'for i, j in f():\n  with g() as h:\n    if a:\n      b = c = 1\nx = |';
    assert.deepEqual(numbersAt(text), ['c', 'b', 'h', 'j', 'i']);
  });

  it('are those of the functions around, with their parameters, and not of others', () => {
    const text = `
top = 1
def other(hidden):
    local = 2
class Model:
    attribute = 3
    def method(self, lr, *args, steps: int = 3, **rest):
        inner = 4
        def within(n): return n
        x = |
`;
    assert.deepEqual(numbersAt(text), ['inner', 'rest', 'steps', 'args', 'lr', 'self', 'top']);
    assert.deepEqual(numbersAt('class A:\n\tb = 1\n\tx = |'), ['b']);
    assert.deepEqual(numbersAt('def f(n): return |'), ['n']);
  });

  it('are no modules, functions, classes, texts or lists', () => {
    const text =
      'import numpy\nfrom a import b\ndef f(): pass\nclass C: pass\ns = "x"\nl = [1]\nx = |';
    assert.deepEqual(numbersAt(text), []);
  });

  it('have attributes that were read, where their objects are in scope', () => {
    const text = `
def other(hidden):
    print(hidden.steps)
def f(config):
    print(config.optim.lr, config.get(1))
    x = |
`;
    assert.deepEqual(numbersAt(text), ['config', 'config.optim.lr']);
  });

  it('know the function that made them', () => {
    const { text, offset } = atCursor('warmup = optax.linear_schedule(1, 2, 3)\nx = |');
    const names = namesInScope(statementsUntil(text, offset).statements);
    assert.deepEqual(names, [{ name: 'warmup', isNumber: true, callee: 'optax.linear_schedule' }]);
  });
});
