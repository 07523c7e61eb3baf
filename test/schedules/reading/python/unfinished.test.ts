import assert from 'node:assert/strict';
import { listedIn, program, ratesIn, read } from './readProgram.ts';

const other = 'other = optax.constant_schedule(0.5)';

describe('Code that is being typed', () => {
  it('still gives what a call has that is not closed', () => {
    const text = program('s = optax.linear_schedule(1.0, 0.0, 100', other);
    assert.deepEqual(ratesIn(read(text), 50), { s: 0.5, other: 0.5 });
    const atEnd = 'import optax\ns = optax.linear_schedule(1.0, 0.0, 100';
    assert.deepEqual(ratesIn(read(atEnd), 50), { s: 0.5 });
  });

  for (const [state, argument] of [
    ['has no value yet', 'decay_steps='],
    ['is half an expression', 'decay_steps=100 * '],
    ['is a name that nothing gives', 'tot'],
    ['is an attribute without its name', 'config.'],
    ['is an unclosed bracket', 'decay_steps=min(100, '],
  ] as const) {
    it(`still gives a curve where an argument ${state}`, () => {
      const text = program(`s = optax.cosine_decay_schedule(0.25, ${argument})`, other);
      const { definitions } = read(text);
      assert.equal(ratesIn({ definitions })['s'], 0.25);
      assert.equal(definitions[0]?.function, 'cosine_decay_schedule');
      assert.equal(ratesIn({ definitions })['other'], 0.5);
    });
  }

  it('names the argument that has no value yet', () => {
    const [s = assert.fail()] = read(
      program('s = optax.cosine_decay_schedule(0.25, decay_steps=)'),
    ).definitions;
    assert.deepEqual(
      s.assumptions.map(({ name }) => name),
      ['decay_steps'],
    );
  });

  it('keeps its call where the name of an argument is half typed', () => {
    const text = program('s = optax.linear_schedule(1.0, 0.0, transition_st)', other);
    const { calls, definitions } = read(text);
    const [call = assert.fail()] = calls;
    assert.equal(call.function, 'linear_schedule');
    const names = ['init_value', 'end_value', 'transition_steps'];
    assert.deepEqual(Object.keys(call.argumentSpans), names);
    assert.equal(ratesIn({ definitions })['other'], 0.5);
  });

  for (const [what, ...lines] of [
    ['a function without a body', 'def make(:', '    return', other],
    ['a list that is not closed', 'boundaries = [1, 2', other],
    ['an attribute without its name', 'optax.', other],
    ['a text that is not closed', 'name = "half', other],
    ['a decorator of nothing', '@jax.', other],
    ['an indent that fits nothing', '        x = 1', other],
    ['a bracket too many', 'x = 1)', other],
    ['a word of another language', 'let x = 1;', other],
  ] as const) {
    it(`gives what follows ${what}`, () => {
      assert.deepEqual(listedIn(program(...lines)), ['other']);
    });
  }
});

describe('What a program raises', () => {
  for (const line of [
    'x = 1 / 0',
    'x = {}["missing"]',
    'x = [][3]',
    'x = int("many")',
    'x = nowhere.at(1).all[0]()',
    'assert False, "not here"',
    'x = 1 + "a"',
    'a, b = 1, 2, 3',
    'x = (1).missing()',
    'import nothing.like.this',
    'del missing',
  ]) {
    it(`does not hide the rest: ${line}`, () => {
      const text = program('before = optax.constant_schedule(0.25)', line, other);
      assert.deepEqual(ratesIn(read(text)), { before: 0.25, other: 0.5 });
    });
  }

  it('in a function, for some of its arguments, leaves the others their schedule', () => {
    const text = program(
      'def make(kind, peak):',
      '    if kind == "constant":',
      '        return optax.constant_schedule(peak)',
      '    raise ValueError(f"no such schedule: {kind}")',
      's = make("constant", 0.25)',
      't = make("cosine", 0.25)',
      other,
    );
    assert.deepEqual(ratesIn(read(text)), { s: 0.25, other: 0.5 });
  });

  it('is caught by its try', () => {
    const text = program(
      'try:',
      '    raise ImportError("no such module")',
      'except ImportError:',
      '    peak = 0.25',
      's = optax.constant_schedule(peak)',
    );
    assert.deepEqual(ratesIn(read(text)), { s: 0.25 });
  });
});
