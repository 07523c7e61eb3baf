import assert from 'node:assert/strict';
import { pythonValue } from '../../../../support/pythonExpression.ts';
import { program, rateAt, read } from '../readProgram.ts';

/** The elements of an array, or 'unknown' where they are not known. */
function elements(expression: string, ...lines: readonly string[]): unknown {
  const value = pythonValue(expression, lines.join('\n') + '\n');
  if (typeof value !== 'object' || value === null) return value;
  if (value.kind === 'array') return value.data ?? 'unknown';
  return value.kind;
}

describe('An array of NumPy is written', () => {
  it('by slices, as a table of rates is', () => {
    const { definitions } = read(
      program(
        'import numpy as np, jax.numpy as jnp',
        'table = np.zeros(1000)',
        'table[:100] = np.linspace(0, 1e-3, 100)',
        'table[100:] = 1e-3',
        'rates = jnp.asarray(table)',
        'def sched(step): return rates[step]',
        'tx = optax.sgd(sched)',
      ),
    );
    const [{ schedule, assumptions } = assert.fail()] = definitions;
    assert.deepEqual(
      [0, 33, 99, 100, 999].map((step) => rateAt(schedule, step)),
      [0, 0.000333333, 0.001, 0.001, 0.001],
    );
    assert.deepEqual(assumptions, []);
  });

  it('by integers, also from its end, and in loops', () => {
    assert.deepEqual(elements('v', 'v = np.zeros(3)', 'v[0] = 1', 'v[-1] = 3'), [1, 0, 3]);
    const loop = ['v = np.ones(4)', 'for i in range(1, 4):', '    v[i] = v[i - 1] * 0.5'];
    assert.deepEqual(elements('v', ...loop), [1, 0.5, 0.25, 0.125]);
    assert.deepEqual(elements('v', 'v = np.arange(3.0)', 'v[1] *= .5', 'v[2] += 1'), [0, 0.5, 3]);
  });

  it('in its rows, by masks, by arrays of places and with a step', () => {
    const m = 'm = np.zeros((2, 2))';
    assert.deepEqual(elements('m', m, 'm[1, 0] = 5', 'm[0] = [1, 2]'), [1, 2, 5, 0]);
    assert.deepEqual(elements('m', m, 'm[:, 1] = 7'), [0, 7, 0, 7]);
    assert.deepEqual(elements('v', 'v = np.arange(4.0)', 'v[v > 1] = 9'), [0, 1, 9, 9]);
    assert.deepEqual(elements('v', 'v = np.arange(4.0)', 'v[[0, 2]] *= 2'), [0, 1, 4, 3]);
    assert.deepEqual(elements('v', 'v = np.zeros(4)', 'v[::2] = [1, 2]'), [1, 0, 2, 0]);
  });

  it('in its own type', () => {
    assert.deepEqual(elements('v', 'v = np.zeros(2, int)', 'v[0] = 1.9'), [1, 0]);
  });

  it('for all that is bound to it, but not for copies', () => {
    const copies = 'w, c, d, e = v, v.copy(), np.array(v), v.astype(float)';
    const lines = ['v = np.zeros(2)', copies, 'v[0] = 1', 'w *= 3'];
    assert.deepEqual(elements('v', ...lines), [3, 0]);
    assert.deepEqual(elements('w', ...lines), [3, 0]);
    for (const copy of ['c', 'd', 'e']) assert.deepEqual(elements(copy, ...lines), [0, 0], copy);
    const deep = ['import copy', 'v = np.zeros(2)', 'w = copy.deepcopy(v)', 'v[0] = 1'];
    assert.deepEqual(elements('w', ...deep), [0, 0]);
    assert.deepEqual(elements('j', 'v = np.zeros(2)', 'j = jnp.asarray(v)', 'v[0] = 1'), [0, 0]);
  });

  it('through views of it, and seen in them', () => {
    const lines = ['v = np.zeros(4)', 'w = v[1:3]', 'w[0] = 1', 'v[2] = 2', 'w *= 2'];
    assert.deepEqual(elements('v', ...lines), [0, 2, 4, 0]);
    assert.deepEqual(elements('w', ...lines), [2, 4]);
    const shaped = ['v = np.zeros(4)', 'm = v.reshape(2, 2)', 'm.T[0, 1] = 5', 'v[3] = 6'];
    assert.deepEqual(elements('v', ...shaped), [0, 0, 5, 6]);
    assert.deepEqual(elements('m', ...shaped), [0, 0, 5, 6]);
    const rows = ['m = np.zeros((2, 2))', 'for row in m:', '    row[0] = 1'];
    assert.deepEqual(elements('m', ...rows), [1, 0, 1, 0]);
    assert.deepEqual(elements('v', 'v = np.zeros(3)', 'np.flip(v)[0] = 1'), [0, 0, 1]);
  });

  it('by its methods', () => {
    assert.deepEqual(elements('v', 'v = np.array([3., 1., 2.])', 'v.sort()'), [1, 2, 3]);
    assert.deepEqual(elements('v', 'v = np.zeros(2)', 'v.fill(4)'), [4, 4]);
  });

  it('on what is assumed, which its elements rest on then', () => {
    const { definitions } = read(
      program(
        'import numpy as np, jax.numpy as jnp',
        'def make(warmup_steps):',
        '    table = np.full(3000, 1e-3)',
        '    table[:warmup_steps] = np.linspace(0, 1e-3, warmup_steps)',
        '    return lambda step: jnp.asarray(table)[step]',
      ),
    );
    const [{ schedule, assumptions } = assert.fail()] = definitions;
    assert.deepEqual(
      assumptions.map(({ name, value }) => [name, value]),
      [['warmup_steps', 1000]],
    );
    assert.deepEqual(
      [0, 500, 2000].map((step) => rateAt(schedule, step)),
      [0, 0.0005005, 0.001],
    );
  });

  it('where a condition that is not known holds, and only there', () => {
    const lines = ['v = np.zeros(2)', 'if flag:', '    v[0] = 1', '    v[1] = 2', 'v[0] += 5'];
    const value = pythonValue('v', lines.join('\n') + '\n');
    assert.ok(typeof value === 'object' && value?.kind === 'fork');
    const both = [value.then, value.otherwise].map((way) =>
      typeof way === 'object' && way?.kind === 'array' ? way.data : way,
    );
    assert.deepEqual(both, [
      [6, 2],
      [5, 0],
    ]);
  });
});

describe('An array of NumPy is not known any more', () => {
  for (const [how, ...lines] of [
    ['where what is written is not known', 'v[0] = unknown'],
    ['where it is not known where it is written', 'v[unknown] = 1'],
    ['where what is written does not fit', 'v[0:2] = [1, 2, 3]'],
    ['where a place does not exist', 'v[3] = 1'],
    ['where a view of it is not known any more', 'v[1:][0] = unknown'],
    ['where what is added to it is not known', 'w = v', 'w += unknown'],
    ['after out=', 'np.multiply(v, 2, out=v)'],
    ['after an output that is given by its place', 'np.multiply(v, 2, v)'],
    ['after a method that is not followed', 'v.partition(1)'],
    ['after a function that is not followed', 'np.copyto(v, 2)'],
    ['after it is shuffled', 'np.random.shuffle(v)'],
    ['where a loop is not followed to its end', 'for i in range(9999):', '    v[i % 3] = i'],
  ] as const) {
    it(how, () => {
      const given = ['v = np.ones(3)', 'view = v[1:]', ...lines];
      assert.equal(elements('v', ...given), 'unknown');
      assert.equal(elements('view', ...given), 'unknown');
      assert.equal(elements('v[1]', ...given), 'unknown');
    });
  }

  it('and an argument that is computed from it is assumed', () => {
    const { definitions } = read(
      program(
        'import numpy as np',
        'v = np.full(3, .5)',
        'v[0] = loss()',
        's = optax.constant_schedule(v[0])',
      ),
    );
    assert.deepEqual(
      definitions.map(({ assumptions }) => assumptions.map(({ name }) => name)),
      [['loss()']],
    );
  });
});
