import assert from 'node:assert/strict';
import { asCsv, asOptaxCode, asSchedulesJson } from '../../../schedules/language/copies.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

function copied(code: string, steps = 5) {
  const text = `import optax\n${code}\n`;
  const { definitions, calls } = readSchedules('a.py', text);
  return { text, definitions, calls, steps };
}

const code = `
peak = 3e-3 / 3
total = 10 * 100
lr = optax.warmup_cosine_decay_schedule(0, peak, total // 10, decay_steps=total)
steps = optax.piecewise_constant_schedule(peak, {total // 2: 0.1, 750: 0.5})
joined = optax.join_schedules([optax.linear_schedule(0.0, peak, 10), optax.constant_schedule(peak)], [10])
cycles = optax.sgdr_schedule([dict(init_value=0.0, peak_value=peak, warmup_steps=5, decay_steps=50)] * 2)
stairs = optax.exponential_decay(peak, 10, 0.5, staircase=True)
`;

describe('A copy of schedules', () => {
  it('as Optax code has every argument as the number that it came to', () => {
    assert.equal(
      asOptaxCode(copied(code)),
      `import optax

lr = optax.warmup_cosine_decay_schedule(init_value=0, peak_value=0.001, warmup_steps=100, decay_steps=1000)
steps = optax.piecewise_constant_schedule(init_value=0.001, boundaries_and_scales={500: 0.1, 750: 0.5})
joined = optax.join_schedules(schedules=[optax.linear_schedule(init_value=0, end_value=0.001, transition_steps=10), optax.constant_schedule(value=0.001)], boundaries=[10])
cycles = optax.sgdr_schedule(cosine_kwargs=[{'decay_steps': 50, 'init_value': 0, 'peak_value': 0.001, 'warmup_steps': 5}, {'decay_steps': 50, 'init_value': 0, 'peak_value': 0.001, 'warmup_steps': 5}])
stairs = optax.exponential_decay(init_value=0.001, transition_steps=10, decay_rate=0.5, staircase=True)
`,
    );
  });

  const original = copied(code);
  const forms = [
    ['Optax code', 'a.py', asOptaxCode(original)],
    ['JSON', 'a.schedules.json', asSchedulesJson(original)],
  ] as const;
  for (const [form, file, text] of forms) {
    it(`as ${form} has the same rates`, () => {
      const read = readSchedules(file, text);
      assert.deepEqual(
        read.findings.filter(({ severity }) => severity === 'error'),
        [],
      );
      assert.deepEqual(
        read.definitions.map(({ name }) => name),
        original.definitions.map(({ name }) => name),
      );
      for (const [i, { schedule }] of read.definitions.entries()) {
        for (const step of [0, 3, 10, 57, 500, 999, 5000]) {
          const rate = original.definitions[i]?.schedule?.schedule(step);
          assert.equal(schedule?.schedule(step), rate);
        }
      }
    });
  }

  it('written by hand stays as it is in Optax code, and is left out of JSON', () => {
    const byHand = copied('lr = lambda step: 1e-3 * 0.99 ** step');
    assert.match(asOptaxCode(byHand), /lambda step: 1e-3 \* 0\.99 \*\* step/);
    assert.deepEqual(JSON.parse(asSchedulesJson(byHand)), { schedules: [] });
  });

  it('as CSV has a row for each step and a column for each schedule', () => {
    const two = copied(
      'a = optax.constant_schedule(0.5)\nb = optax.linear_schedule(1.0, 0.0, 4)',
      3,
    );
    assert.equal(asCsv(two), 'step,a,b\n0,0.5,1\n1,0.5,0.75\n2,0.5,0.5\n');
  });
});
