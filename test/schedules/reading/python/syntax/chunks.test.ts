import assert from 'node:assert/strict';
import { chunksOf } from '../../../../../schedules/reading/python/syntax/chunks.ts';
import { changedText, pick, randomNumbers, sources } from '../randomTexts.ts';

/** Each chunk is given as its lines. */
function assertChunks(...expected: readonly (readonly string[])[]): void {
  const texts = expected.map((lines) => lines.map((line) => `${line}\n`).join(''));
  assert.deepEqual([...chunksOf(texts.join(''))], texts);
}

describe('The chunks of a Python text', () => {
  it('are the statements of the module, each with the comments and empty lines after it', () => {
    assertChunks(
      ['import optax', '', '# rates'],
      ['lr = 0.1'],
      ['def f():', '  x = 1', '', '  y = 2'],
    );
  });

  it('keep together what belongs to one statement', () => {
    assertChunks(['if a:', '  x = 1', 'elif b:', '  x = 2', 'else:', '  x = 3'], ['y = 1']);
    assertChunks(['try:', '  x = 1', 'except E:', '  pass', 'finally:', '  pass'], ['y = 1']);
    assertChunks(['@a', '@b(', '1)', '# why', 'def f(): pass'], ['@c', 'class C: pass']);
    assertChunks(['x = f(', '1,', 'name=2', ')'], ['y = 1 + \\', '2'], ['z = 1']);
  });

  it('do not begin within texts, nor with what comments say', () => {
    assertChunks(['x = """', 'def f(): pass', '"""'], ['y = 1']);
    assertChunks(
      ["x = r'\\'('"],
      ["y = 'never closed ("],
      ['z = "a # ( \\" b"'],
      ['w = 1  # (['],
      ['v = 1'],
    );
  });

  it('do not go on in a bracket where a line cannot stand in one', () => {
    assertChunks(['x = f(1,', 'y = 2'], ['def g(): pass']);
    assertChunks(
      ['x = [[('],
      ['from a.b import c'],
      ['y = {'],
      ['@jit', 'def f(): pass'],
      ['z = 1'],
    );
    assertChunks(['@f('], ['def g(): pass']);
  });

  it('are the whole text, whatever it is', () => {
    const random = randomNumbers(1);
    for (let i = 0; i < 500; i++) {
      const text = changedText(random, changedText(random, pick(random, sources)));
      assert.equal([...chunksOf(text)].join(''), text);
    }
  });
});
