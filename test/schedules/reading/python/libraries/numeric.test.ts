import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pythonValue } from '../../../../support/pythonExpression.ts';
import { spelled } from '../../../../../schedules/reading/python/values/keys.ts';
import type { DTypeName } from '../../../../../schedules/reading/python/values/numericArray.ts';
import type { Value } from '../../../../../schedules/reading/python/values/value.ts';

type GoldenNumber = number | boolean | 'nan' | 'inf' | '-inf';

/** A value as CPython has it: of its types, only null and booleans stand for themselves. */
type Golden =
  | boolean
  | null
  | { readonly int: string }
  | { readonly float: GoldenNumber }
  | { readonly list: readonly Golden[] }
  | { readonly tuple: readonly Golden[] }
  | {
      readonly array: readonly GoldenNumber[];
      readonly shape: readonly number[];
      readonly dtype: DTypeName;
      readonly library: 'numpy' | 'jax';
    };

interface Computation {
  readonly text: string;
  readonly value?: Golden;
  readonly raises?: string;
}

/** Written by write_numeric.py. */
const goldens = JSON.parse(
  readFileSync(new URL('../../../../fixtures/reading/numeric.json', import.meta.url), 'utf8'),
) as Readonly<Record<'math' | 'numpy' | 'jax', readonly Computation[]>>;

function numberOf(golden: GoldenNumber): number {
  if (golden === 'inf') return Infinity;
  return golden === '-inf' ? -Infinity : Number(golden);
}

/** Differences that come from libraries computing the same in another order. */
const tolerances: Readonly<Record<DTypeName, number>> = {
  bool: 0,
  int32: 0,
  int64: 0,
  float32: 2 * 2 ** -23,
  float64: 2 * 2 ** -52,
};

function assertNear(actual: number, golden: GoldenNumber, dtype: DTypeName): void {
  const expected = numberOf(golden);
  if (Object.is(actual, expected) || actual === expected) return;
  const difference = Math.abs(actual - expected);
  assert.ok(
    difference <= tolerances[dtype] * Math.abs(expected),
    `${actual} instead of ${expected}`,
  );
}

function assertSame(actual: Value, golden: Golden): void {
  if (golden === null || typeof golden === 'boolean') {
    assert.equal(actual, golden);
  } else if ('int' in golden) {
    assert.equal(actual, BigInt(golden.int));
  } else if ('float' in golden) {
    assert.equal(typeof actual, 'number', spelled(actual));
    assertNear(Number(actual), golden.float, 'float64');
  } else if ('array' in golden) {
    assert.ok(typeof actual === 'object' && actual?.kind === 'array', spelled(actual));
    const { dtype, shape, library, data } = actual;
    assert.deepEqual(
      { dtype, shape, library, size: data?.length },
      {
        dtype: golden.dtype,
        shape: golden.shape,
        library: golden.library,
        size: golden.array.length,
      },
    );
    golden.array.forEach((element, i) => {
      assertNear(data?.[i] ?? NaN, element, dtype);
    });
  } else {
    const [kind, items] =
      'list' in golden ? (['list', golden.list] as const) : (['tuple', golden.tuple] as const);
    assert.ok(typeof actual === 'object' && actual?.kind === kind, spelled(actual));
    assert.ok('items' in actual && Array.isArray(actual.items));
    assert.equal(actual.items.length, items.length);
    items.forEach((item, i) => {
      assertSame(actual.items[i] as Value, item);
    });
  }
}

const titles = { math: 'math', numpy: 'NumPy', jax: 'JAX' };

for (const library of ['math', 'numpy', 'jax'] as const) {
  describe(`${titles[library]} in a text that is read`, () => {
    for (const { text, value, raises } of goldens[library]) {
      if (raises !== undefined) {
        it(`gives ${text} no value, as CPython raises ${raises}`, () => {
          const actual = pythonValue(text);
          assert.ok(
            typeof actual === 'object' && actual?.kind === 'unknown',
            `it has the value ${spelled(actual)}`,
          );
        });
      } else {
        it(`computes ${text} as CPython does`, () => {
          assert.ok(value !== undefined);
          assertSame(pythonValue(text), value);
        });
      }
    }
  });
}
