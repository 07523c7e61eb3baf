import assert from 'node:assert/strict';
import { Stopped } from '../../../../../schedules/reading/python/machine/machine.ts';
import { spelled } from '../../../../../schedules/reading/python/values/keys.ts';
import { isObject, type Value } from '../../../../../schedules/reading/python/values/value.ts';
import { pythonValue } from '../../../../support/pythonExpression.ts';

const endless = [
  'lax.fori_loop(0, 10**12, lambda i, v: v + 1, 0)',
  'lax.while_loop(lambda v: True, lambda v: v, 0)',
  'np.diff(np.arange(100000), n=100000)',
];

const shapesOnly: Readonly<Record<string, readonly number[]>> = {
  'np.zeros(10**9)': [10 ** 9],
  'np.arange(1e12)': [10 ** 12],
  'np.linspace(0, 1, 10**10)': [10 ** 10],
  'np.logspace(0, 1, num=10**10)': [10 ** 10],
  'np.eye(10**6)': [10 ** 6, 10 ** 6],
  'np.array(range(10**15))': [10 ** 15],
  'np.repeat(3, 10**12)': [10 ** 12],
  'np.tile(np.arange(1000), 10**9)': [10 ** 12],
  'np.zeros((10**12, 0)).sum(axis=1)': [10 ** 12],
  'np.arange(100000)[:, None] + np.arange(100000)': [100_000, 100_000],
  'np.array([[0] * 10] * 100000)': [100_000, 10],
  'np.ones((500, 500)) @ np.ones((500, 500))': [500, 500],
};

const hostile = [
  'np.zeros(10**400)',
  'np.zeros(-1)',
  'np.zeros((10**9, 10**9))',
  'np.zeros((1,) * 100)',
  'np.zeros((10**12, 0)).tolist()',
  'list(np.zeros((10**12, 0)))',
  'np.arange(np.nan)',
  'np.arange(0, 1, 0)',
  'np.linspace(0, 1, -5)',
  'np.array_split(np.arange(100000), 10**9)',
  'np.zeros((60000, 28, 28)).sum()',
  'np.unique(np.zeros(10**9))',
  'np.expand_dims(3, 10**9)',
  'np.zeros(3)[(None,) * 100]',
  'np.array({})',
  'np.array(lambda: 1)',
  'np.int32("7")',
  'math.factorial(10**9)',
  'math.comb(10**9, 5 * 10**8)',
  'math.prod(range(1, 10**5))',
  'math.perm(10**6)',
  'math.ldexp(1, 10**30)',
];

const heavy = [
  'np.arange(100000) << 10**9',
  'np.power(10, np.arange(10000))',
  'np.median(np.arange(100000) * 1.5)',
  'np.cumsum(np.ones((100, 1000)), axis=0)',
  'np.zeros((2,) * 16) + np.zeros((2,) * 16).T',
  'math.isqrt(10**1000)',
  'math.gcd(10**400, 3**500)',
];

function arrayIn(value: Value): Extract<Value, { kind: 'array' }> {
  assert.ok(isObject(value) && value.kind === 'array', spelled(value));
  return value;
}

function assertUnknown(value: Value): readonly string[] {
  assert.ok(isObject(value) && value.kind === 'unknown', spelled(value));
  return value.leaves;
}

describe('Numeric libraries within bounds', () => {
  for (const [text, shape] of Object.entries(shapesOnly)) {
    it(`follow only the shape of ${text}`, () => {
      const array = arrayIn(pythonValue(text));
      assert.deepEqual(array.shape, shape);
      assert.equal(array.data, undefined);
    });
  }

  for (const text of hostile) {
    it(`give ${text} no value`, () => {
      assertUnknown(pythonValue(text));
    });
  }

  for (const text of heavy) {
    it(`compute ${text} in time`, () => {
      const value = pythonValue(text);
      assert.ok(!isObject(value) || value.kind === 'array', spelled(value));
    });
  }

  for (const text of endless) {
    it(`stop ${text} before long`, () => {
      const start = Date.now();
      assert.throws(() => pythonValue(text), Stopped);
      assert.ok(Date.now() - start < 2000);
    });
  }
});

describe('Numeric libraries with values that are not known', () => {
  it('say which name a result comes from', () => {
    assert.deepEqual(assertUnknown(pythonValue('jnp.minimum(rate, 0.1) * 2')), ['rate']);
    assert.deepEqual(assertUnknown(pythonValue('np.array([0.1, rate])')), ['rate']);
    assert.deepEqual(assertUnknown(pythonValue('np.arange(5)[:stop]')), ['stop']);
  });

  it('give both values of an array with an element that depends on a condition', () => {
    const value = pythonValue('jnp.max(jnp.array([1, 2 if flag else 3]))');
    assert.ok(isObject(value) && value.kind === 'fork', spelled(value));
    assert.deepEqual(arrayIn(value.then).data, [2]);
    assert.deepEqual(arrayIn(value.otherwise).data, [3]);
  });

  it('know the shape of random numbers and none of them', () => {
    assert.deepEqual(arrayIn(pythonValue('np.random.rand(3, 2) * 2')).shape, [3, 2]);
    assertUnknown(pythonValue('np.random.rand(3)[0]'));
    assertUnknown(pythonValue('np.random.uniform(1e-5, 1e-1)'));
  });

  it('stop at a list that holds itself', () => {
    const before = 'x = [0]\nx.extend([x] * 1000)\n';
    assert.throws(
      () => pythonValue('lax.cond(True, lambda v: 1, lambda v: 2, x)', before),
      Stopped,
    );
    assertUnknown(pythonValue('np.array(x)', before));
  });

  it('do not ignore an argument that they do not know', () => {
    assertUnknown(pythonValue('np.sum([1, 2], initial=5)'));
    assertUnknown(pythonValue('np.add(1, 2, where=False)'));
  });

  it('have a branch of jax.lax.cond computed from arrays, as JAX traces it', () => {
    const before = 'def half(x):\n  return x / 2\n';
    const value = arrayIn(pythonValue('lax.cond(True, half, lambda x: x, 3)', before));
    assert.equal(value.dtype, 'float32');
    assert.deepEqual(value.data, [1.5]);
  });
});
