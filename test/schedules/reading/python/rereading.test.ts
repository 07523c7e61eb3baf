import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { PhasedSchedule } from '../../../../schedules/optax/phases.ts';
import type { ReadText } from '../../../../schedules/readSchedules.ts';
import { read } from './readProgram.ts';
import { changedText, pick, randomNumbers, sources } from './randomTexts.ts';

const programs = ['tutorial', 'traps'].map((name) =>
  readFileSync(new URL(`../../../../examples/${name}.py`, import.meta.url), 'utf8'),
);

/** Nothing is known here of what gives the schedule's arguments. */
const assuming = `import optax
from settings import config
total = config.num_epochs * config.steps_per_epoch
rate = optax.warmup_cosine_decay_schedule(0, config.peak, config.warmup_steps, total)
tx = optax.chain(optax.clip(config.clip), optax.adamw(rate, weight_decay=config.decay))
`;

/** Everything that a reading tells, as text; schedules by some of their rates. */
function told(reading: ReadText): string {
  const { definitions, calls, uses, findings, training, names } = reading;
  const unreached = reading.unreachedCalls?.();
  const all = { definitions, calls, unreached, uses, findings, training, names };
  const text = JSON.stringify(all, (_, value: unknown) => {
    if (isSchedule(value)) return [value.phases, [0, 1, 50, 1000, 9999].map(value.schedule)];
    return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
  });
  // Objects without a name of their own are numbered in the order in which they are met.
  return text.replace(/#\d+/g, '#');
}

function isSchedule(value: unknown): value is PhasedSchedule {
  return typeof value === 'object' && value !== null && 'schedule' in value && 'phases' in value;
}

describe('A text that is read again after an edit', () => {
  it('gives what it gives when it is read for the first time, in 300 random edits', function () {
    this.timeout(300_000);
    const random = randomNumbers(20_261_123);
    let known = 0;
    for (let i = 0; i < 60; i++) {
      let text = i % 10 === 0 ? pick(random, programs) : `${assuming}${pick(random, sources)}`;
      let { earlier } = read(text);
      for (let edit = 0; edit < 5; edit++) {
        text = changedText(random, text);
        const again = read(text, {}, { ...(earlier && { earlier }) });
        const anew = read(text);
        assert.equal(told(again), told(anew), `edit ${edit} of text ${i}: ${JSON.stringify(text)}`);
        known += again.definitions.length;
        ({ earlier } = again);
      }
    }
    assert.ok(known > 500, `${known} schedules were compared`);
  });

  it('does not keep what an earlier version assumed and this one does not need', () => {
    const { earlier } = read(assuming);
    const text = assuming.replace('config.peak', '0.1').replace('config.warmup_steps', '10');
    const { definitions } = read(text, {}, { ...(earlier && { earlier }) });
    const assumed = definitions.flatMap(({ assumptions }) => assumptions.map(({ name }) => name));
    assert.deepEqual(assumed.toSorted(), ['config.num_epochs', 'config.steps_per_epoch']);
  });

  it('tells places in this version, behind lines that were put in before them', () => {
    const text = 'import optax\n\nrate = optax.linear_schedule(0.1, 0.0, 100)\n';
    const { earlier } = read(text);
    const longer = text.replace('\n\n', '\n\nbatch_size = 256\n\n');
    const { definitions, calls } = read(longer, {}, { ...(earlier && { earlier }) });
    const written = [...definitions, ...calls].map(({ span }) => longer.slice(span.from, span.to));
    assert.deepEqual(written, Array(2).fill('optax.linear_schedule(0.1, 0.0, 100)'));
    const [steps] = calls.map(({ argumentSpans }) => argumentSpans['transition_steps']);
    assert.equal(longer.slice(steps?.from, steps?.to), '100');
  });

  it('leaves the earlier version as it was', () => {
    const text =
      'import optax\n\ndef rate(fast=False):\n  if fast:\n    return optax.constant_schedule(1.0)\n  return optax.linear_schedule(0.1, 0.0, 100)\n\ns = rate()\n';
    const first = read(text);
    read(`x = 1\n${text}`, {}, { ...(first.earlier && { earlier: first.earlier }) });
    const [call] = first.unreachedCalls?.() ?? [];
    assert.equal(text.slice(call?.span.from, call?.span.to), 'optax.constant_schedule(1.0)');
  });
});
