import assert from 'node:assert/strict';
import { program, rateAt, read } from '../readProgram.ts';

/** The rate of the only schedule, and what is assumed for it. */
function rateOf(
  ...lines: readonly string[]
): readonly [unknown, Readonly<Record<string, unknown>>] {
  const { definitions } = read(program(...lines));
  const [{ schedule, assumptions } = assert.fail()] = definitions;
  return [
    rateAt(schedule, 0),
    Object.fromEntries(assumptions.map(({ name, value }) => [name, value])),
  ];
}

describe('Settings into which something is written that is not known', () => {
  const assumed = [0.5, { 'config["lr"]': 0.5 }];

  it('are assumed to stay as they are, and that is said', () => {
    for (const write of [
      'config[unknown] = 2.0',
      'config.update(unknown)',
      'config.update(**unknown)',
      'for key, value in unknown: config[key] = value',
    ]) {
      const lines = ['config = {"lr": 0.5}', write, 's = optax.constant_schedule(config["lr"])'];
      assert.deepEqual(rateOf(...lines), assumed, write);
    }
  });

  it('are certain where they are written afterwards', () => {
    const lines = ['config = {"lr": 0.5}', 'config.update(unknown)', 'config["lr"] = 0.25'];
    assert.deepEqual(rateOf(...lines, 's = optax.constant_schedule(config["lr"])'), [0.25, {}]);
  });
});
