import assert from 'node:assert/strict';
import { pythonValue } from '../../../../support/pythonExpression.ts';
import { program, rateAt, read } from '../readProgram.ts';

describe('A chain of comparisons', () => {
  it('is followed by the step, which is an array of JAX', () => {
    const { definitions } = read(
      program(
        'def sched(step):',
        '    if step < 10: return 1.0',
        '    elif 10 <= step < 100: return 0.5',
        '    elif 100 <= step < 500: return 0.25',
        '    else: return 0.1',
        'tx = optax.sgd(sched)',
      ),
    );
    const [{ schedule, assumptions } = assert.fail()] = definitions;
    assert.deepEqual(
      [0, 10, 99, 100, 499, 500, 1000].map((step) => rateAt(schedule, step)),
      [1, 0.5, 0.5, 0.25, 0.25, 0.1, 0.1],
    );
    assert.deepEqual(assumptions, []);
  });

  it('ends where one of them is false', () => {
    assert.equal(pythonValue('1 < 2 < 3'), true);
    assert.equal(pythonValue('3 < 2 < 1 / 0'), false);
    assert.equal(pythonValue('1 < 2 < 2'), false);
    assert.equal(pythonValue('bool(1 < jnp.int32(2) < 3 <= 3)'), true);
    assert.equal(pythonValue('bool(1 < np.float32(2) < 2 < 3)'), false);
  });

  it('is false where one of them is, whatever the others are', () => {
    assert.equal(pythonValue('0 < unknown < 5 < 3'), false);
  });

  it('is not known where it asks for the truth of several elements', () => {
    for (const chain of ['0 < np.arange(3) < 2', '0 < jnp.arange(3) < 2']) {
      const value = pythonValue(chain);
      assert.ok(typeof value === 'object' && value?.kind === 'unknown', chain);
    }
  });

  it('gives the elements where only its last comparison has several', () => {
    assert.equal(pythonValue('(0 < 1 < np.arange(3)).sum().item()'), 1n);
  });
});
