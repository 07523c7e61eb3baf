import assert from 'node:assert/strict';
import { palettes } from '../../../schedules/drawing/palettes.ts';
import { completionText, type CompletionText } from '../../../schedules/language/completionText.ts';
import { jsonCompletions } from '../../../schedules/language/jsonCompletions.ts';
import { pythonCompletions } from '../../../schedules/language/pythonCompletions.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';
import { atCursor } from '../../support/cursor.ts';
import { parseXml } from '../../support/xml.ts';

function textOf(marked: string, label: string, kind: 'python' | 'json' = 'python'): CompletionText {
  const { text, offset } = atCursor(marked);
  const file = kind === 'python' ? 'train.py' : 'a.schedules.json';
  const read = readSchedules(file, text);
  const items = (kind === 'python' ? pythonCompletions : jsonCompletions)(text, read, offset);
  const item = items.find((one) => one.label === label);
  assert.ok(item, `${label} is offered among ${items.map((one) => one.label).join(', ')}`);
  const readAs = (changed: string) => readSchedules(file, changed);
  const look = { palette: palettes.light, colorOf: () => 0 };
  const told = completionText({ kind, text, read }, item, readAs, look);
  if (told.picture) parseXml(told.picture.svg);
  return told;
}

const head = 'import optax\ntotal_steps = 2350\nlearning_rate = 3e-4\n';

describe('What a completion tells', () => {
  it('is the curve of the whole call with a value in it, and the value', () => {
    const { text, picture } = textOf(
      `${head}x = optax.cosine_decay_schedule(0.1, decay_steps=|, alpha=0.5)\ny = 1`,
      'total_steps',
    );
    assert.match(text, /`decay_steps = 2350`/);
    assert.match(picture?.alt ?? '', /start 0\.1 · end 0\.05 · 2350 steps/);
  });

  it('is drawn in unfinished code, with what the call still needs', () => {
    const { text, picture } = textOf(
      `${head}x = optax.sgd(optax.warmup_cosine_decay_schedule(peak_value=0.1, |\ny = [1]\n`,
      'warmup_steps=int(0.1 * total_steps)',
    );
    assert.match(text, /`warmup_steps = 235`/);
    assert.match(text, /Drawn with `init_value=0\.0, decay_steps=total_steps`\./);
    assert.match(picture?.alt ?? '', /peak 0\.1 at step 235/);
  });

  it('is the curve of a whole call that is offered', () => {
    const item = textOf(`${head}x = optax.|`, 'linear_schedule');
    assert.match(item.picture?.alt ?? '', /start 3e-4 · end 0 · 2350 steps/);
    const rate = textOf(`${head}def f():\n\treturn optax.adam(|`, 'optax.linear_schedule');
    assert.match(rate.picture?.alt ?? '', /start 3e-4 · end 0 · 2350 steps/);
  });

  it('is the curve of a schedule that the text has', () => {
    const text = `${head}line = optax.linear_schedule(1.0, 0.0, 10)\nx = optax.sgd(|`;
    assert.match(textOf(text, 'line').picture?.alt ?? '', /start 1 · end 0 · 10 steps/);
  });

  it('says when Optax would refuse the schedule', () => {
    const { text, picture } = textOf(
      `${head}x = optax.warmup_cosine_decay_schedule(0., 1., 9000, |)`,
      'decay_steps=total_steps',
    );
    assert.match(text, /Optax refuses the schedule that comes of it\./);
    assert.equal(picture, undefined);
  });

  it('says what the curve assumes', () => {
    const { text } = textOf(
      `import optax\ndef f(lr, steps):\n  return optax.linear_schedule(lr, 0, |)`,
      'steps',
    );
    assert.match(text, /Nothing gives 'lr'/);
  });

  it('is drawn for JSON too', () => {
    const names = '{"names": {"total_steps": 2350}, "schedules": [{"name": "a", ';
    const { picture } = textOf(
      `${names}"function": "cosine_decay_schedule", "args": {"decay_steps": |}}]}`,
      '"total_steps"',
      'json',
    );
    assert.match(picture?.alt ?? '', /2350 steps/);
  });
});
