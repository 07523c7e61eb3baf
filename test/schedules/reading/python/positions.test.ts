import assert from 'node:assert/strict';
import { program, read } from './readProgram.ts';

/** The texts of the arguments of every call, by Optax's names. */
function argumentTexts(text: string): readonly Readonly<Record<string, string>>[] {
  return read(text).calls.map(({ argumentSpans }) =>
    Object.fromEntries(
      Object.entries(argumentSpans).map(([name, { from, to }]) => [name, text.slice(from, to)]),
    ),
  );
}

describe('A schedule stands', () => {
  it('where it is called', () => {
    const call = 'optax.cosine_decay_schedule(\n    0.1,  # the peak\n    decay_steps=100,\n)';
    const text = program(`first = 1; schedule = ${call}; last = 2`);
    const reading = read(text);
    const { definitions, calls } = reading;
    for (const { span } of [...definitions, ...calls]) {
      assert.equal(text.slice(span.from, span.to), call);
      assert.deepEqual(reading.positionOf(span.from), { line: 2, column: 23 });
      assert.deepEqual(reading.positionOf(span.to), { line: 5, column: 2 });
    }
  });

  it('at a column in UTF-16 units', () => {
    const text = program('names = "🚀é"; s = optax.constant_schedule(0.1)');
    const [s = assert.fail()] = read(text).definitions;
    assert.deepEqual(read(text).positionOf(s.span.from), { line: 2, column: 20 });
  });

  it('in the factory that makes it, and where an imported one is called', () => {
    const make = 'def make():\n    return optax.constant_schedule(0.1)';
    const inText = program(make, 's = make()');
    const spanIn = (text: string, files: Readonly<Record<string, string>> = {}): string => {
      const importText = (path: string) => {
        const text = files[path];
        return text === undefined ? undefined : { path, text };
      };
      const [{ span } = assert.fail()] = read(text, {}, { importText }).definitions;
      return text.slice(span.from, span.to);
    };
    assert.equal(spanIn(inText), 'optax.constant_schedule(0.1)');
    assert.equal(
      spanIn('from other import make\ns = make()\n', { other: program(make) }),
      'make()',
    );
  });

  it('where a function or lambda is written that computes it', () => {
    const text = program('def rate(step):\n    return 0.1', 'other = lambda step: 0.2');
    assert.deepEqual(
      read(text).definitions.map(({ span: { from, to } }) => text.slice(from, to).trimEnd()),
      ['def rate(step):\n    return 0.1', 'lambda step: 0.2'],
    );
  });
});

describe('An argument stands', () => {
  it('where its own value does, by position and by name', () => {
    const text = program(
      'schedule = optax.warmup_cosine_decay_schedule(',
      '    0.0, peak := 0.1,  # comment, with (brackets',
      '    warmup_steps = 10 * epochs , decay_steps=total(1, 2)',
      ')',
    );
    assert.deepEqual(argumentTexts(text), [
      {
        init_value: '0.0',
        peak_value: 'peak := 0.1',
        warmup_steps: '10 * epochs',
        decay_steps: 'total(1, 2)',
      },
    ]);
  });

  it('without brackets that are only around it', () => {
    const text = program(
      's = optax.join_schedules([optax.constant_schedule((0.1)), a], boundaries=(1, 2)[:1])',
    );
    assert.deepEqual(argumentTexts(text), [
      { value: '0.1' },
      { schedules: '[optax.constant_schedule((0.1)), a]', boundaries: '(1, 2)[:1]' },
    ]);
  });

  it('nowhere, where it comes of * or **, or is left to its default', () => {
    const text = program(
      'a = optax.cosine_decay_schedule(*[0.1, 100])',
      'b = optax.cosine_decay_schedule(0.1, **{"decay_steps": 100})',
    );
    assert.deepEqual(argumentTexts(text), [{}, { init_value: '0.1' }]);
  });

  it('of an optimizer as its learning rate', () => {
    const text = program('tx = optax.adamw(weight_decay=0.1, learning_rate=peak * 2)');
    const [{ rateSpan, span } = assert.fail()] = read(text).uses;
    assert.equal(text.slice(rateSpan?.from, rateSpan?.to), 'peak * 2');
    assert.ok(text.slice(span.from, span.to).startsWith('optax.adamw('));
  });
});
