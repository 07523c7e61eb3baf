import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { inlayHints } from '../../../schedules/language/inlayHints.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

/** Some lines of code with the hints in them as they are shown. */
function shown(code: string, fileName = 'program.py'): string {
  const before = fileName.endsWith('.py') ? 'import optax\n' : '';
  const text = before + code;
  const hints = inlayHints(text, readSchedules(fileName, text), { from: 0, to: text.length });
  return hints
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (text, { offset, label, kind }) =>
        text.slice(0, offset) +
        (kind === 'name' ? `‹${label} ›` : `‹ ${label}›`) +
        text.slice(offset),
      text,
    )
    .slice(before.length);
}

describe('Hints within the code', () => {
  it('name the arguments that are given by position', () => {
    assert.equal(
      shown('a = optax.exponential_decay(0.1, 100, 0.5, staircase = True)'),
      'a = optax.exponential_decay(‹init_value: ›0.1, ‹transition_steps: ›100‹ → 0.05›, ‹decay_rate: ›0.5, staircase = True)',
    );
  });

  it('do not repeat a name that is written, over lines and from attributes too', () => {
    const code = `decay_steps = 100
a = optax.cosine_decay_schedule(
    init_value=(
        0.1
    ),
    decay_steps = \\
        decay_steps,
)
b = optax.cosine_decay_schedule(config.init_value, decay_steps)`;
    assert.doesNotMatch(shown(code), /‹\w+:/);
  });

  it('do not name the only argument of a function', () => {
    assert.equal(shown('a = optax.constant_schedule(0.1)'), 'a = optax.constant_schedule(0.1)');
  });

  it('tell the rate behind what ends a phase', () => {
    assert.equal(
      shown(
        'a = optax.warmup_exponential_decay_schedule(init_value=0, peak_value=1e-3, warmup_steps=100, transition_steps=1000, decay_rate=0.5, transition_begin=50)',
      ),
      'a = optax.warmup_exponential_decay_schedule(init_value=0, peak_value=1e-3, warmup_steps=100‹ → 1e-3›, transition_steps=1000‹ → 5e-4›, decay_rate=0.5, transition_begin=50‹ → 1e-3›)',
    );
    assert.equal(
      shown(
        'a = optax.linear_onecycle_schedule(transition_steps=1000, peak_value=0.1, pct_start=0.25, pct_final=0.7, div_factor=10)',
      ),
      'a = optax.linear_onecycle_schedule(transition_steps=1000‹ → 1e-6›, peak_value=0.1, pct_start=0.25‹ → 0.1›, pct_final=0.7‹ → 0.01›, div_factor=10)',
    );
  });

  it('tell the rate at each boundary of a list or dict', () => {
    assert.equal(
      shown('a = optax.piecewise_constant_schedule(0.1, {10: 0.5, 20: 0.1})'),
      'a = optax.piecewise_constant_schedule(‹init_value: ›0.1, ‹boundaries_and_scales: ›{10: 0.5‹ → 0.05›, 20: 0.1‹ → 5e-3›})',
    );
    assert.equal(
      shown(
        'a = optax.join_schedules(schedules=[optax.constant_schedule(1), optax.constant_schedule(2)], boundaries=[1000])',
      ),
      'a = optax.join_schedules(schedules=[optax.constant_schedule(1), optax.constant_schedule(2)], boundaries=[1000‹ → 2›])',
    );
  });

  it('tell no rate of what Optax refuses, or of what ends no phase', () => {
    assert.equal(
      shown('a = optax.cosine_decay_schedule(init_value=0.1, decay_steps=-1)'),
      'a = optax.cosine_decay_schedule(init_value=0.1, decay_steps=-1)',
    );
    assert.equal(
      shown('a = optax.linear_schedule(init_value=0.1, end_value=0, transition_steps=0)'),
      'a = optax.linear_schedule(init_value=0.1, end_value=0, transition_steps=0)',
    );
  });

  it('tell no rate where a call has several', () => {
    assert.equal(
      shown(
        'a = {n: optax.linear_schedule(init_value=0, end_value=n, transition_steps=10) for n in (1, 2)}',
      ),
      'a = {n: optax.linear_schedule(init_value=0, end_value=n, transition_steps=10) for n in (1, 2)}',
    );
  });

  it('say what a rate rests on', () => {
    const text = 'import optax\na = optax.cosine_decay_schedule(lr, decay_steps=100, alpha=0.5)\n';
    const hints = inlayHints(text, readSchedules('a.py', text), { from: 0, to: text.length });
    const rate = hints.find(({ kind }) => kind === 'rate');
    assert.equal(rate?.tooltip, 'The rate at step 100 is 5e-4. It rests on what is assumed: lr.');
  });

  it('explain an argument with its unit', () => {
    const text = 'import optax\na = optax.cosine_decay_schedule(0.1, 100)\n';
    const hints = inlayHints(text, readSchedules('a.py', text), { from: 0, to: text.length });
    assert.equal(
      hints.find(({ label }) => label === 'decay_steps:')?.tooltip,
      'How many steps the decay takes. Unit: steps.',
    );
  });

  it('are those of the stretch that is asked for', () => {
    const line = 'a = optax.cosine_decay_schedule(0.1, 100)\n';
    const text = `import optax\n${line.repeat(3)}`;
    const reading = readSchedules('a.py', text);
    const [from, to] = [13 + line.length, 13 + 2 * line.length];
    assert.equal(inlayHints(text, reading, { from, to }).length, 3);
  });

  it('tell rates in JSON, where every argument has its name', () => {
    const json = (hint: string): string =>
      `{"schedules": [{"name": "a", "function": "cosine_decay_schedule", "args": {"init_value": 0.1, "decay_steps": "2 * 50"${hint}, "alpha": 0.5}}]}`;
    assert.equal(shown(json(''), 'a.schedules.json'), json('‹ → 0.05›'));
  });
});
