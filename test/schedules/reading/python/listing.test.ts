import assert from 'node:assert/strict';
import { listedIn, namesOf, program, ratesIn, read } from './readProgram.ts';

describe('Listed are', () => {
  it('names of modules and classes, aliases too', () => {
    const text = program(
      'decay = optax.cosine_decay_schedule(0.1, 100)',
      'schedule = decay',
      'first = second = optax.constant_schedule(0.2)',
      'class Config:',
      '    warmup = optax.linear_schedule(0.0, 0.3, 100)',
    );
    assert.deepEqual(ratesIn(read(text), 100), {
      decay: 0,
      schedule: 0,
      first: 0.2,
      second: 0.2,
      warmup: 0.3,
    });
  });

  it('what dicts, lists and objects hold, by its path', () => {
    const text = program(
      'from types import SimpleNamespace',
      'runs = {"slow": optax.constant_schedule(0.1), 3: [optax.constant_schedule(0.2)]}',
      'pair = (optax.constant_schedule(0.3), optax.constant_schedule(0.4))',
      'config = SimpleNamespace(lr=optax.constant_schedule(0.5))',
      'class Trainer:',
      '    def __init__(self, peak):',
      '        self.schedule = optax.constant_schedule(peak)',
      'trainer = Trainer(0.6)',
    );
    assert.deepEqual(ratesIn(read(text)), {
      'runs["slow"]': 0.1,
      'runs[3][0]': 0.2,
      'pair[0]': 0.3,
      'pair[1]': 0.4,
      'config.lr': 0.5,
      'trainer.schedule': 0.6,
    });
  });

  it('names rather than the places that hold the same schedule', () => {
    const text = program(
      'decay = optax.cosine_decay_schedule(0.1, 100)',
      'runs = {"decay": decay, "other": optax.constant_schedule(0.2)}',
    );
    assert.deepEqual(listedIn(text), ['decay', 'runs["other"]']);
  });

  it('a second one of a name as name#2', () => {
    const text = program(
      's = optax.constant_schedule(0.1)',
      's = optax.constant_schedule(0.2)',
      's = optax.constant_schedule(0.3)',
    );
    assert.deepEqual(ratesIn(read(text)), { s: 0.1, 's#2': 0.2, 's#3': 0.3 });
  });

  it('what a factory would return that is never called, under its name', () => {
    const text = program(
      'def make(peak):',
      '    warmup = optax.linear_schedule(0.0, peak, 100)',
      '    decay = optax.cosine_decay_schedule(peak, 1000)',
      '    return optax.join_schedules([warmup, decay], [100])',
    );
    const [made = assert.fail(), ...others] = read(text).definitions;
    assert.deepEqual(others, []);
    assert.deepEqual([made.name, made.function], ['make', 'join_schedules']);
  });

  it('not what a factory would return that is called', () => {
    const text = program(
      'def make(peak):',
      '    return optax.constant_schedule(peak)',
      'schedule = make(0.1)',
    );
    assert.deepEqual(ratesIn(read(text)), { schedule: 0.1 });
  });

  it('both ways of an if that nothing decides, in a module and in a factory', () => {
    const ways = (at: string) => [
      `${at}if args.kind == "constant":`,
      `${at}    schedule = optax.constant_schedule(0.1)`,
      `${at}else:`,
      `${at}    schedule = optax.linear_schedule(0.2, 0.0, 100)`,
    ];
    const module = program(...ways(''), 'optimizer = optax.sgd(schedule)');
    const { definitions, uses } = read(module);
    assert.deepEqual(ratesIn({ definitions }), { schedule: 0.1, 'schedule#2': 0.2 });
    assert.deepEqual(namesOf(uses), ['schedule', 'schedule#2']);
    const factory = program('def make(args):', ...ways('    '), '    return schedule');
    assert.deepEqual(ratesIn(read(factory)), { make: 0.1, 'make#2': 0.2 });
  });

  it('one way of an if that is decided', () => {
    const text = program(
      'kind = "linear"',
      'if kind == "constant":',
      '    schedule = optax.constant_schedule(0.1)',
      'else:',
      '    schedule = optax.linear_schedule(0.2, 0.0, 100)',
    );
    assert.deepEqual(ratesIn(read(text)), { schedule: 0.2 });
  });

  it('a schedule that only stands inside the call of an optimizer, under its variable', () => {
    const text = program(
      'optimizer = optax.adam(optax.constant_schedule(0.1))',
      'tx = optax.chain(optax.clip(1.0), optax.sgd(optax.linear_schedule(0.2, 0.0, 100)))',
      'def make_optimizer():',
      '    return optax.lion(learning_rate=optax.constant_schedule(0.3))',
    );
    assert.deepEqual(ratesIn(read(text)), { optimizer: 0.1, tx: 0.2, make_optimizer: 0.3 });
  });

  it('what is defined in a function that trains', () => {
    const text = program(
      'def main():',
      '    schedule = optax.cosine_decay_schedule(0.1, 100)',
      '    train(optax.sgd(schedule))',
    );
    assert.deepEqual(listedIn(text), ['schedule']);
  });

  it('not the parts of a join, unless they have a name of their own', () => {
    const text = program(
      'warmup = optax.linear_schedule(0.0, 0.1, 100)',
      'both = optax.join_schedules([warmup, optax.constant_schedule(0.1)], [100])',
    );
    assert.deepEqual(listedIn(text), ['warmup', 'both']);
    assert.deepEqual(
      read(text).calls.map((call) => call.function),
      ['linear_schedule', 'constant_schedule', 'join_schedules'],
    );
  });

  it('schedules and factories below a training that goes through thousands of steps', () => {
    const text = program(
      'def train_step(batch):',
      '    losses = [batch]',
      '    def loss_of(model):',
      '        return optax.softmax_cross_entropy(model, batch)',
      '    return losses, loss_of',
      'for epoch in range(10):',
      '    for batch in range(500):',
      '        train_step(batch)',
      'schedule = optax.constant_schedule(0.1)',
      'def make():',
      '    return optax.constant_schedule(0.2)',
    );
    assert.deepEqual(ratesIn(read(text)), { schedule: 0.1, make: 0.2 });
  });
});

describe('A function of one argument', () => {
  const definitions = (...lines: readonly string[]) => ratesIn(read(program(...lines)), 10);

  it('is a schedule where its argument is a step', () => {
    for (const step of ['step', 'count', 't', 'i', 'epoch', 'global_step', 'step_num']) {
      assert.deepEqual(definitions(`def rate(${step}):`, `    return 0.1 * ${step}`), { rate: 1 });
      assert.deepEqual(definitions(`rate = lambda ${step}: 0.1 * ${step}`), { rate: 1 });
    }
  });

  it('is a schedule where it calls one', () => {
    const [decay, scaled] = ['decay = optax.constant_schedule(0.1)', '    return 2 * decay(x)'];
    assert.deepEqual(definitions(decay, 'def scaled(x):', scaled), { decay: 0.1, scaled: 0.2 });
  });

  it('is a schedule where it is used as one', () => {
    for (const use of [
      'tx = optax.sgd(rate)',
      'tx = optax.scale_by_schedule(rate)',
      'joined = optax.join_schedules([rate], [])',
    ]) {
      const rates = definitions('def rate(x):', '    return 0.1 * x', use);
      assert.equal(rates['rate'], 1, use);
    }
  });

  it('may have more arguments with defaults', () => {
    const rate = ['def rate(step, peak=0.5, *, floor=0.1):', '    return max(floor, peak / step)'];
    assert.deepEqual(definitions(...rate), { rate: 0.1 });
  });

  it('is no schedule otherwise', () => {
    for (const lines of [
      ['def loss(model):', '    return 2 * model'],
      ['double = lambda x: 2 * x'],
      ['def name(step):', '    return f"step {step}"'],
      ['def batch(i):', '    return [i, i + 1]'],
      ['def rate(step, peak):', '    return peak * step'],
      ['def rate():', '    return 0.1'],
    ]) {
      assert.deepEqual(definitions(...lines), {}, lines.join('\n'));
    }
  });
});
