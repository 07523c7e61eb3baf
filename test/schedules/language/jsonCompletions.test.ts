import assert from 'node:assert/strict';
import { withoutBlanks } from '../../../schedules/language/completion.ts';
import { jsonCompletions } from '../../../schedules/language/jsonCompletions.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import { atCursor } from '../../support/cursor.ts';

const head =
  '{"names": {"peak_lr": 3e-4, "total_steps": 2350, "warmup_steps": 235}, "schedules": [';

function at(args: string, f = 'warmup_cosine_decay_schedule') {
  const { text, offset } = atCursor(
    `${head}{"name": "a", "function": "${f}", "args": {${args}}}]}`,
  );
  return { text, items: jsonCompletions(text, readSchedules('a.schedules.json', text), offset) };
}

const labels = (args: string, f?: string) => at(args, f).items.map(({ label }) => label);

describe('Completion of values in JSON', () => {
  it("offers the file's names, and what is computed of them, in quotes", () => {
    assert.deepEqual(labels('"decay_steps": |'), ['"total_steps"']);
    assert.deepEqual(labels('"decay_steps": "total_steps", "warmup_steps": |').slice(0, 2), [
      '"warmup_steps"',
      '"int(0.1 * total_steps)"',
    ]);
    assert.equal(labels('"peak_value": |')[0], '"peak_lr"');
  });

  it('offers them in lists of steps and cycles too', () => {
    assert.equal(labels('"boundaries": [|]', 'join_schedules')[0], '"warmup_steps"');
    assert.deepEqual(labels('"cosine_kwargs": [{"decay_steps": |}]', 'sgdr_schedule'), [
      '"total_steps"',
    ]);
  });

  it('replaces the whole value', () => {
    for (const value of ['"tot|"', '"|"', '|12']) {
      const { text, items } = at(`"decay_steps": ${value}, "end_value": 0`);
      const [item] = items;
      assert.ok(item, value);
      const changed =
        text.slice(0, item.span.from) + withoutBlanks(item.text) + text.slice(item.span.to);
      assert.match(changed, /"decay_steps": "total_steps", "end_value": 0/);
    }
  });

  it('leaves keys, choices and all else to the schema', () => {
    assert.deepEqual(labels('"dec|": 3'), []);
    assert.deepEqual(labels('"staircase": |', 'exponential_decay'), []);
    assert.deepEqual(labels('"interpolate_type": |', 'piecewise_interpolate_schedule'), []);
    assert.deepEqual(labels('"decay_steps": |', 'no_schedule'), []);
    const { text, offset } = atCursor(`{"names": {"total_steps": |}}`);
    assert.deepEqual(jsonCompletions(text, readSchedules('a.schedules.json', text), offset), []);
  });
});
