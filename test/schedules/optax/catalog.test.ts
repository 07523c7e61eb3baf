import assert from 'node:assert/strict';
import { findScheduleFunction, scheduleFunctions } from '../../../schedules/optax/catalog.ts';
import { clipByGlobalNorm, optimizers } from '../../../schedules/optax/optimizers.ts';
import { unitOf } from '../../../schedules/optax/roles.ts';
import { goldens } from './goldens.ts';

const described = [...scheduleFunctions, ...optimizers, clipByGlobalNorm];

describe('The catalog', () => {
  it('has each function of real Optax that was recorded, once', () => {
    assert.deepEqual(
      described.map(({ name }) => name).toSorted(),
      Object.keys(goldens.signatures).toSorted(),
    );
  });

  for (const f of described) {
    it(`gives ${f.name} the parameters that real Optax has: names, order and defaults`, () => {
      const parameters = f.parameters.map((parameter) => ({
        name: parameter.name,
        ...('default' in parameter && { default: parameter.default }),
        ...(parameter.keywordOnly && { keywordOnly: true }),
      }));
      assert.deepEqual(parameters, goldens.signatures[f.name]);
    });

    it(`explains ${f.name}, its parameters and what Optax refuses, in sentences`, () => {
      const names = f.parameters.map(({ name }) => name);
      for (const { summary } of [f, ...f.parameters]) assert.match(summary, /^[A-Z].{15,}\.$/);
      for (const { parameter, requirement, instead } of f.rules) {
        assert.ok(names.includes(parameter));
        for (const part of [requirement, instead]) assert.match(part, /^[a-z].*[^.]$/);
      }
      for (const { since } of [f, ...f.parameters])
        if (since !== undefined) assert.match(since, /^0\.[12]\.\d$/);
    });
  }

  it('counts every number of steps in steps, and every rate as a learning rate', () => {
    for (const parameter of described.flatMap(({ parameters }) => parameters)) {
      const { kind, name } = parameter;
      if (kind === 'steps' || kind === 'boundaries') assert.equal(unitOf(parameter), 'steps', name);
      if (/_value$|^value$|learning_rate/.test(name) && name !== 'initial_accumulator_value')
        assert.equal(unitOf(parameter), 'learning rate', name);
    }
  });

  it('finds a function by its name alone', () => {
    assert.equal(findScheduleFunction('sgdr_schedule')?.name, 'sgdr_schedule');
    assert.equal(findScheduleFunction('sgd'), undefined);
  });
});
