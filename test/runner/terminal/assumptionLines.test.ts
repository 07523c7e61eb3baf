import assert from 'node:assert/strict';
import { assumptionLines } from '../../../runner/terminal/assumptionLines.ts';
import type { ReadFile } from '../../../runner/terminal/files.ts';
import { positionsIn } from '../../../schedules/positions.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

const file = (name: string, ...lines: readonly string[]): ReadFile => {
  const text = ['import optax', ...lines, ''].join('\n');
  const reading = readSchedules(name, text, {}, { longest: 20_000 });
  return { file: name, reading, findings: [], positionOf: positionsIn(text) };
};

const first = 'first = optax.linear_schedule(0.0, config["lr"], total_steps)';
const second = 'second = optax.constant_schedule(other_lr)';

describe('What a comparison assumes', () => {
  it('is told of each schedule, with its values and how to set them', () => {
    assert.deepEqual(assumptionLines([file('a.py', first, second)], undefined), [
      `The rates of 'first' are assumed: total_steps = 10000, config["lr"] = 0.001, which nothing in the code gives; set it with --set total_steps=VALUE --set 'config["lr"]=VALUE'.`,
      `The rates of 'second' are assumed: other_lr = 0.001, which nothing in the code gives; set it with --set other_lr=VALUE.`,
    ]);
  });

  it('is told of the chosen schedules alone', () => {
    const lines = assumptionLines([file('a.py', first, second)], 'second');
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /'second'/);
  });

  it('is told under the names that schedules of two files have', () => {
    const lines = assumptionLines([file('a.py', second), file('b.py', second)], 'b.py: second');
    assert.match(lines.join(), /^The rates of 'b\.py: second' are assumed/);
  });

  it('is to be given in the code where no name stands for it', () => {
    const made = 'tx = optax.adam(config.rate_of(1, 2))';
    const [line = ''] = assumptionLines([file('a.py', made)], undefined);
    assert.match(line, /; give it in the code\.$/);
  });

  it('is nothing where the code gives everything', () => {
    assert.deepEqual(assumptionLines([file('a.py', 'tx = optax.adam(1e-3)')], undefined), []);
  });
});
