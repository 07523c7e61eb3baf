import assert from 'node:assert/strict';
import { program, rateAt, read } from '../readProgram.ts';

const rate = ['class Rate(float): pass', 'def rates():', '    yield 0.5'];

describe('An object that may be a number', () => {
  for (const [call, assumed] of [
    ['optax.constant_schedule(Rate(0.5))', 'Rate(0.5)'],
    ['optax.constant_schedule(rates())', 'rates()'],
    ['optax.linear_schedule(1.0, 0.0, Rate(7))', 'Rate(7)'],
  ] as const) {
    it(`is not known as an argument, and assumed: ${call}`, () => {
      const { definitions, findings } = read(program(...rate, `s = ${call}`));
      const [{ schedule, assumptions } = assert.fail()] = definitions;
      assert.notEqual(rateAt(schedule, 0), undefined);
      assert.deepEqual(
        assumptions.map(({ name }) => name),
        [assumed],
      );
      assert.deepEqual(findings, []);
    });
  }

  it('is not known as the rate of an optimizer', () => {
    for (const value of ['Rate(0.5)', 'rates()']) {
      const { uses, findings } = read(program(...rate, `tx = optax.sgd(${value})`));
      assert.equal(uses.length, 1, value);
      assert.deepEqual(findings, [], value);
    }
  });

  it('is not known among the parts of another schedule', () => {
    const { definitions, findings } = read(
      program(...rate, 's = optax.join_schedules([Rate(0.5), optax.constant_schedule(1.0)], [9])'),
    );
    assert.equal(definitions.length, 1);
    assert.notDeepEqual(definitions[0]?.assumptions, []);
    assert.deepEqual(findings, []);
  });
});

describe('An object that is no number', () => {
  it('is an error as an argument', () => {
    for (const value of ['{}', '[0.5]', '"0.5"', '{"a": 1.0}']) {
      const { findings } = read(program(`s = optax.constant_schedule(${value})`));
      assert.equal(findings.length, 1, value);
    }
  });
});
