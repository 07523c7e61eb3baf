import assert from 'node:assert/strict';
import { onTestGpu } from '../../../support/gpuProgram.ts';
import { hasTestGpu } from '../../../support/testGpu.ts';
import { golden, type Values } from '../../training/optimizers/golden.ts';
import type { UpdatedCase } from './updatesBeside.ts';

/** Within 1e-5 of each value; what is left over of large ones, within 1e-6 of the largest. */
function assertClose(actual: Values, expected: Values, what: string): void {
  assert.deepEqual(Object.keys(actual).sort(), Object.keys(expected).sort(), what);
  for (const [name, values] of Object.entries(expected)) {
    const rounding = 1e-6 * Math.max(...values.map(Math.abs));
    values.forEach((value, i) => {
      const deviation = Math.abs(actual[name]![i]! - value);
      const allowed = Math.max(1e-5 * Math.abs(value), rounding);
      assert.ok(
        deviation <= allowed,
        `${what}: ${name}[${i}] is ${actual[name]![i]}, not ${value}`,
      );
    });
  }
}

const sum = (a: Values, b: Values): Values =>
  Object.fromEntries(
    Object.entries(a).map(([name, values]) => [
      name,
      values.map((value, i) => value + b[name]![i]!),
    ]),
  );

describe('Optimizers on the GPU', function () {
  this.timeout(300_000);
  let cases: readonly UpdatedCase[];

  before(async function () {
    if (!hasTestGpu) this.skip();
    cases = await onTestGpu('test/runner/engines/webgpu/updatesBeside.ts');
  });

  for (const [i, { name, args, clipByGlobalNorm, updates, state }] of golden.cases.entries()) {
    const given = Object.entries(args).map(([argument, value]) => `${argument}=${String(value)}`);
    const clipping = clipByGlobalNorm === null ? '' : `, clipped at ${clipByGlobalNorm}`;

    it(`${name}(${given.join(', ')})${clipping} changes parameters as Optax does`, () => {
      let parameters = golden.parameters;
      updates.forEach((update, step) => {
        parameters = sum(parameters, update);
        assertClose(cases[i]!.parameters[step]!, parameters, `step ${step}`);
      });
      assertClose(cases[i]!.state, state, 'last state');
    });
  }

  it('are one kernel a tensor for those that are used most', () => {
    const fused = golden.cases.flatMap(({ name }, i) => (cases[i]!.isFused ? [name] : []));
    assert.deepEqual([...new Set(fused)], ['sgd', 'adam', 'adamw', 'nadam', 'lion']);
  });

  it('change the weights of many runs in lockstep as those of each alone', () => {
    const stacked = cases.flatMap(({ isSameInLockstep }) => isSameInLockstep ?? []);
    assert.ok(stacked.length >= 10);
    assert.ok(stacked.every(Boolean));
  });
});
