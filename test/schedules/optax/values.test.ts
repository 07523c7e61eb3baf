import assert from 'node:assert/strict';
import { optaxVersion, scheduleFunctions } from '../../../schedules/optax/catalog.ts';
import { build, built, goldens } from './goldens.ts';
import type { GoldenCall } from './goldens.ts';

const describeCall = (call: GoldenCall) => `${call.function}(${JSON.stringify(call.arguments)})`;

describe('Schedules against real Optax', () => {
  it('are compared with the version that the catalog names', () => {
    assert.equal(goldens.versions.optax, optaxVersion);
  });

  for (const { name } of scheduleFunctions) {
    const cases = goldens.cases.filter((call) => call.function === name);

    it(`${name} gives Optax's values at every step`, () => {
      let curves = 0;
      for (const golden of cases) {
        if (!('values' in golden)) continue;
        curves++;
        const { schedule } = built(golden);
        const largest = Math.max(0, ...golden.values.filter(Number.isFinite).map(Math.abs));
        golden.values.forEach((expected, i) => {
          const step = golden.at?.[i] ?? i;
          const rate = schedule(step);
          const agrees = Number.isFinite(expected)
            ? Math.abs(rate - expected) <= 1e-6 * largest
            : Object.is(rate, expected);
          assert.ok(agrees, `${describeCall(golden)} at ${step}: ${rate}, Optax: ${expected}`);
          assert.ok(Object.is(rate, Math.fround(rate)), `${rate} is no float32`);
        });
      }
      assert.ok(curves >= 12, `only ${curves} curves`);
    });

    it(`${name} refuses what Optax raises an error for, and nothing else`, () => {
      for (const golden of cases) {
        const result = build(golden);
        const raises = 'raises' in golden && golden.raises;
        if (raises === false) {
          const problems = 'problems' in result ? result.problems : [];
          assert.deepEqual(problems, [], describeCall(golden));
        } else {
          assert.ok('problems' in result, `${describeCall(golden)}: Optax raises ${raises}`);
        }
      }
    });
  }

  it('name the exception that Optax raises', () => {
    for (const golden of goldens.cases) {
      const result = build(golden);
      if (!('raises' in golden && 'problems' in result)) continue;
      const exception = golden.raises.split(':')[0]!;
      for (const { code, message } of result.problems)
        if (code === 'refused-by-optax')
          assert.ok(message.includes(exception), `${golden.raises}\n${message}`);
    }
  });
});
