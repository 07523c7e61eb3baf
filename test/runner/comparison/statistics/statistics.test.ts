import assert from 'node:assert/strict';
import { holm } from '../../../../runner/comparison/statistics/holm.ts';
import { disagreements, mcnemar } from '../../../../runner/comparison/statistics/mcnemar.ts';
import { estimate, pairedTTest } from '../../../../runner/comparison/statistics/seeds.ts';
import {
  studentQuantile,
  studentTails,
} from '../../../../runner/comparison/statistics/studentT.ts';
import golden from '../../../fixtures/statistics/statistics.json' with { type: 'json' };

function assertClose(actual: number, expected: number, what: string): void {
  const deviation = Math.abs(actual - expected) / (expected === 0 ? 1 : Math.abs(expected));
  assert.ok(deviation <= 1e-12, `${what}: ${actual}, not ${expected}`);
}

describe('The statistics agree with SciPy and statsmodels to 1e-12 in', () => {
  it("McNemar's exact test, from no image to sixty thousand", () => {
    for (const { onlyFirst, onlySecond, p } of golden.mcnemar) {
      assertClose(mcnemar(onlyFirst, onlySecond), p, `${onlyFirst}, ${onlySecond}`);
      assertClose(mcnemar(onlySecond, onlyFirst), p, `${onlySecond}, ${onlyFirst}`);
    }
  });

  it("Student's t, far into its tails", () => {
    for (const { t, degrees, p } of golden.student) {
      assertClose(studentTails(t, degrees), p, `t = ${t}, ${degrees} degrees`);
      assertClose(studentTails(-t, degrees), p, `t = ${-t}, ${degrees} degrees`);
    }
    for (const { tails, degrees, t } of golden.quantiles)
      assertClose(studentQuantile(tails, degrees), t, `${tails}, ${degrees} degrees`);
  });

  it('the mean and its 95 % interval', () => {
    for (const { values, mean, margin } of golden.estimates) {
      const estimated = estimate(values);
      assertClose(estimated.mean, mean, 'mean');
      assertClose(estimated.margin!, margin, `margin of ${values.length}`);
    }
  });

  it('the paired t-test', () => {
    for (const { first, second, p } of golden.paired) {
      const differences = first.map((value, i) => value - second[i]!);
      assertClose(pairedTTest(differences), p, `${first.length} pairs`);
    }
  });

  it("Holm's correction", () => {
    for (const { p, adjusted } of golden.holm)
      for (const [i, value] of holm(p).entries()) assertClose(value, adjusted[i]!, `${p[i]}`);
    assert.deepEqual(holm([]), []);
  });
});

describe('A statistic', () => {
  it('of two runs counts the images that only one of them classifies correctly', () => {
    const first = Uint8Array.of(1, 1, 1, 0, 0, 1);
    const second = Uint8Array.of(1, 0, 0, 1, 0, 1);
    assert.deepEqual(disagreements(first, second), [2, 1]);
    assert.deepEqual(disagreements(first, first), [0, 0]);
  });

  it('of two runs that never differ finds nothing', () => {
    assert.equal(mcnemar(0, 0), 1);
    assert.equal(pairedTTest([0, 0, 0]), 1);
    assert.equal(studentTails(0, 4), 1);
  });

  it('that no float64 can hold is 0, not a failure', () => {
    assert.equal(mcnemar(0, 60_000), 0);
    assert.equal(mcnemar(60_000, 100), 0);
  });

  it('of a single run has no interval', () => {
    assert.deepEqual(estimate([0.9]), { mean: 0.9, margin: undefined });
  });

  it('of seeds whose differences happen to be equal rests on how finely they are measured', () => {
    assert.equal(pairedTTest([3, 3]), 0);
    const p = pairedTTest([3, 3], 1 / 6);
    assertClose(p, studentTails(3 / Math.sqrt(1 / 12), 1), 'p');
    assert.ok(p > 0.05 && p < 0.1);
    assert.equal(pairedTTest([3, 9], 1 / 6), pairedTTest([3, 9]));
  });
});
