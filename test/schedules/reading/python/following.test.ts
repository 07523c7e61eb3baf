import assert from 'node:assert/strict';
import { readSchedules } from '../../../../schedules/readSchedules.ts';

const read = (...lines: readonly string[]) =>
  readSchedules(
    'program.py',
    ['import copy, enum, functools', 'import optax', ...lines].join('\n'),
  );

const rates = (step: number, ...lines: readonly string[]) =>
  Object.fromEntries(
    read(...lines).definitions.map(({ name, schedule }) => [name, schedule?.schedule(step)]),
  );

describe('A program is followed', () => {
  it('through what it deletes', () => {
    const lines = [
      'kw = dict(init_value=1.0, end_value=0.5, transition_steps=10, transition_begin=100)',
      'del kw["transition_begin"]',
      's = optax.linear_schedule(**kw)',
    ];
    assert.deepEqual(rates(10, ...lines), { s: 0.5 });
  });

  it('through deep copies, which leave what they copy as it is', () => {
    const lines = [
      'base = {"optimizer": {"rate": 1.0}}',
      'other = copy.deepcopy(base)',
      'other["optimizer"]["rate"] = 2.0',
      's = optax.constant_schedule(base["optimizer"]["rate"])',
      't = optax.constant_schedule(other["optimizer"]["rate"])',
    ];
    assert.deepEqual(rates(0, ...lines), { s: 1, t: 2 });
  });

  it('through decorators that wrap', () => {
    const lines = [
      'def timed(f):',
      '    @functools.wraps(f)',
      '    def inner(n):',
      '        return f(n)',
      '    return inner',
      '@timed',
      'def make(n):',
      '    return optax.linear_schedule(1.0, 0.0, n)',
      's = make(10)',
    ];
    assert.deepEqual(rates(5, ...lines), { s: 0.5 });
  });

  it('into a closure that is made on one of two ways', () => {
    const lines = [
      'def create(kind, lr=1.0):',
      '    if kind == "rsqrt":',
      '        shift = 3',
      '        return lambda step: lr / (step + shift)',
      '    raise ValueError(kind)',
    ];
    assert.deepEqual(rates(1, ...lines), { create: 0.25 });
  });

  it('by the members of an enumeration that number themselves', () => {
    const lines = [
      'class Kind(enum.Enum):',
      '    COSINE = enum.auto()',
      '    LINEAR = enum.auto()',
      'if Kind.LINEAR == Kind.COSINE:',
      '    s = optax.constant_schedule(1.0)',
      'else:',
      '    s = optax.constant_schedule(2.0)',
    ];
    assert.deepEqual(rates(0, ...lines), { s: 2 });
  });

  it('past names that a loop runs through what has names already', () => {
    const lines = [
      'all = {"a": optax.constant_schedule(1.0), "b": optax.constant_schedule(2.0)}',
      'for name, schedule in all.items():',
      '    print(name, schedule(0))',
    ];
    assert.deepEqual(rates(0, ...lines), { 'all["a"]': 1, 'all["b"]': 2 });
  });

  it('into what nobody calls where it has to do with schedules, whatever it is reached by', () => {
    const { calls, training, names } = read(
      [
        'import optax',
        'kinds = {"flat": optax.constant_schedule}',
        'def by_dict(kind_lr): return kinds["flat"](kind_lr)',
        'def by_name(name_lr): return by_dict(name_lr)',
        'class Trainer:',
        '    def __init__(self, own_lr): self.tx = optax.sgd(own_lr)',
        'class Layer:',
        '    def __init__(self, width): self.width = width',
        'def train(model, num_epochs=3): model.fit(num_epochs)',
        'def crop(image, box, padding=4): return image[box + padding]',
      ].join('\n'),
    );
    assert.equal(calls.length, 2);
    assert.equal(training.epochs, 3);
    for (const name of ['kind_lr', 'name_lr', 'own_lr']) assert.ok(names.includes(name), name);
    for (const name of ['width', 'padding']) assert.ok(!names.includes(name), name);
  });

  it('through a loop that trains, up to what is defined behind it', () => {
    const lines = [
      'def main(loss_of, data):',
      '    for epoch in range(100_000):',
      '        losses = [loss_of(batch) for batch in range(100)]',
      '        mean = sum(losses) / len(losses)',
      '    return optax.constant_schedule(2.0)',
    ];
    assert.deepEqual(rates(0, ...lines), { main: 2 });
  });

  it('through a schedule that is a parameter, which is one assumption', () => {
    const { definitions } = read(
      'def scaled(schedule, factor=0.5):',
      '    return lambda step: factor * schedule(step)',
    );
    const [{ schedule, assumptions } = assert.fail()] = definitions;
    assert.deepEqual(
      assumptions.map(({ name, value }) => [name, value]),
      [['schedule(step)', 0.001]],
    );
    assert.equal(schedule?.schedule(1234), Math.fround(0.0005));
  });

  it('without errors that rest on a way that may not be taken', () => {
    const { findings } = read(
      'def create(kind):',
      '    if kind == "linear":',
      '        f, kw = optax.linear_schedule, dict(init_value=1.0, end_value=0.0, transition_steps=9)',
      '    else:',
      '        f, kw = optax.cosine_decay_schedule, dict(init_value=1.0, decay_steps=9)',
      '    return f(**kw)',
    );
    assert.deepEqual(findings, []);
  });

  it('to spans that are nothing but places', () => {
    const { calls, findings } = read('s = optax.linear_schedule(1, 0, -10, transition_begn=2)');
    assert.doesNotThrow(() => JSON.stringify([calls, findings]));
  });
});

describe('A later version of a text', () => {
  it('is read the same with what came of the earlier one', () => {
    const before = [
      'def make(peak, total_steps, warmup_steps):',
      '    return optax.warmup_cosine_decay_schedule(0.0, peak, warmup_steps, total_steps)',
    ];
    const after = before.join('\n').replace('0.0', '1e-5');
    const { earlier = assert.fail() } = read(...before);
    const [first, again] = [{}, { earlier }].map((surroundings) =>
      readSchedules('program.py', `import optax\n${after}`, {}, surroundings).definitions.map(
        ({ name, schedule, assumptions }) => [name, schedule?.schedule(10), assumptions],
      ),
    );
    assert.equal(first?.length, 1);
    assert.deepEqual(again, first);
  });
});
