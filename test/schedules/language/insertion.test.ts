import assert from 'node:assert/strict';
import { withoutBlanks } from '../../../schedules/language/completion.ts';
import { insertionOf } from '../../../schedules/language/insertion.ts';
import { scheduleFunctions } from '../../../schedules/optax/catalog.ts';
import { cosineDecaySchedule } from '../../../schedules/optax/cosine.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

/** A text after a schedule has been put in where `|` is. */
function inserted(marked: string, kind: 'python' | 'json' = 'python', f = cosineDecaySchedule) {
  const offset = Math.max(0, marked.indexOf('|'));
  const text = marked.replace('|', '');
  const read = readSchedules(kind === 'json' ? 'a.schedules.json' : 'a.py', text);
  const { span, text: pieces } = insertionOf(f, { kind, text, read }, offset);
  return text.slice(0, span.from) + withoutBlanks(pieces) + text.slice(span.to);
}

describe('A schedule that is put in', () => {
  it('stands on a line of its own with the names of the text', () => {
    assert.equal(
      inserted('import optax as ox\nlearning_rate = 3e-4\ntotal_steps = 500|\n'),
      'import optax as ox\nlearning_rate = 3e-4\ntotal_steps = 500\nschedule = ox.cosine_decay_schedule(init_value=learning_rate, decay_steps=total_steps)\n',
    );
  });

  it('stands as deep as the line before', () => {
    const after = inserted('import optax\ndef make(total_steps):\n    x = 1|\n');
    assert.match(after, /\n {4}schedule = optax\.cosine_decay_schedule\(/);
  });

  it('has a name that the text has not', () => {
    const before = 'import optax\nschedule = optax.constant_schedule(1e-3)|\n';
    assert.match(inserted(before), /\nschedule_2 = /);
  });

  for (const f of scheduleFunctions) {
    it(`is accepted by Optax: ${f.name}`, () => {
      for (const [kind, marked] of [
        ['python', 'import optax\n|'],
        ['json', '{ "schedules": [] }'],
      ] as const) {
        const after = inserted(marked, kind, f);
        const read = readSchedules(kind === 'json' ? 'a.schedules.json' : 'a.py', after);
        assert.equal(read.definitions.length, 1, after);
        assert.ok(read.definitions[0]?.schedule, `${after}\n${read.findings[0]?.message ?? ''}`);
      }
    });
  }

  it('comes last in the list of a JSON file', () => {
    const text = `{
  "names": { "total_steps": 100 },
  "schedules": [
    { "name": "a", "function": "constant_schedule", "args": { "value": 0.1 } }
  ]
}`;
    const read = readSchedules('a.schedules.json', inserted(text, 'json'));
    assert.deepEqual(
      read.definitions.map(({ name }) => name),
      ['a', 'cosine_decay_schedule'],
    );
  });
});
