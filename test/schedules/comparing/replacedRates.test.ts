import assert from 'node:assert/strict';
import { replacedRates } from '../../../schedules/comparing/replacedRates.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

const code = `import optax

def make(steps):
    return optax.cosine_decay_schedule(1e-3, steps)

def hand(step):
    return 1e-3 / (step + 1)

warm = optax.linear_schedule(0.0, 1e-3, 100)
rates = {
    "a": optax.linear_schedule(0.0, 1e-3, 50),
}
first = optax.adam(optax.exponential_decay(1e-3, 100, 0.9))
second = optax.sgd(learning_rate=warm)
third = optax.sgd(1e-4)
late = optax.constant_schedule(0.1)

def train():
    inner = optax.constant_schedule(0.2)
    return optax.lion(inner)
`;

/** The lines that applying a schedule changes, as they are then. */
function changed(schedule: string, text = code): readonly string[] {
  const rates = replacedRates(readSchedules('document.py', text), text, schedule);
  return rates.map(({ edit: { span, text: replacement } }) => {
    const after = text.slice(0, span.from) + replacement + text.slice(span.to);
    return after.split('\n')[text.slice(0, span.from).split('\n').length - 1]?.trim() ?? '';
  });
}

describe('A schedule that is put into an optimizer’s call', () => {
  it('stands there by its name, in each that has another one', () => {
    assert.deepEqual(changed('warm'), [
      'first = optax.adam(warm)',
      'third = optax.sgd(warm)',
      'return optax.lion(warm)',
    ]);
  });

  it('is found in a dict, and written by hand', () => {
    assert.equal(changed('rates["a"]')[1], 'second = optax.sgd(learning_rate=rates["a"])');
    assert.equal(changed('hand')[2], 'third = optax.sgd(hand)');
  });

  it('is only put where it is defined before', () => {
    assert.deepEqual(changed('late'), ['return optax.lion(late)']);
  });

  it('may be a plain number', () => {
    assert.deepEqual(changed('third'), [
      'first = optax.adam(1e-4)',
      'second = optax.sgd(learning_rate=1e-4)',
      'return optax.lion(1e-4)',
    ]);
  });

  it('is not put anywhere where its name stands for something else', () => {
    assert.deepEqual(changed('inner'), [], 'a name within a function');
    assert.deepEqual(changed('make'), [], 'a factory');
    assert.deepEqual(changed('first'), [], 'the optimizer that has it');
    const again = code.replace('late =', 'warm =');
    assert.deepEqual(changed('warm', again), [], 'bound twice');
    assert.deepEqual(changed('gone'), []);
  });
});
