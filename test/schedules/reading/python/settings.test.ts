import assert from 'node:assert/strict';
import type { Settings } from '../../../../schedules/reading/reading.ts';
import { program, rateAt, ratesIn, read } from './readProgram.ts';

const rates = (text: string, settings: Settings = {}, step = 0) =>
  ratesIn(read(text, settings), step);

describe('A value that is set from outside', () => {
  it('replaces what a module computes, and all that is computed from it follows', () => {
    const text = program(
      'epochs = 10',
      'total_steps = epochs * 100',
      's = optax.linear_schedule(1.0, 0.0, total_steps)',
    );
    assert.deepEqual(rates(text, {}, 100), { s: 0.9 });
    assert.deepEqual(rates(text, { epochs: '2' }, 100), { s: 0.5 });
    assert.deepEqual(rates(text, { total_steps: '10 * 20' }, 100), { s: 0.5 });
  });

  it('changes the training that the file tells of', () => {
    const text = program('num_epochs = 10', 'batch_size = 32');
    assert.deepEqual(read(text, { num_epochs: '3' }).training, { epochs: 3, batchSize: 32 });
  });

  it('replaces parameters, with a default or without, also of functions that are called', () => {
    const text = program(
      'def make(peak, factor=2.0):',
      '    return optax.constant_schedule(peak * factor)',
      's = make(0.1)',
    );
    assert.deepEqual(rates(text, { factor: '3' }), { s: 0.3 });
    assert.deepEqual(rates(text, { peak: '0.5' }), { s: 1 });
  });

  it('replaces attributes and items, known or not', () => {
    for (const config of [
      [],
      ['class Config:', '    lr = 0.1', 'config = Config()', 'options = {"steps": 50}'],
      ['from ml_collections import ConfigDict', 'config = ConfigDict()', 'config.lr = 0.1'],
    ]) {
      const text = program(
        ...config,
        's = optax.linear_schedule(config.lr, 0.0, options["steps"])',
      );
      const settings = { 'config.lr': '0.5', 'options["steps"]': '10' };
      const { names, ...reading } = read(text, settings);
      assert.deepEqual(ratesIn(reading, 5), { s: 0.25 }, config.join('\n'));
      for (const name of Object.keys(settings)) assert.ok(names.includes(name), name);
    }
  });

  it('replaces what would be assumed', () => {
    const text = program('s = optax.linear_schedule(peak, 0.0, steps)');
    const { definitions, names } = read(text, { peak: '2 ** -1', steps: '10' });
    assert.deepEqual(ratesIn({ definitions }, 5), { s: 0.25 });
    assert.deepEqual(definitions[0]?.assumptions, []);
    assert.ok(names.includes('peak') && names.includes('steps'));
  });

  it('decides an if', () => {
    const text = program(
      'if use_constant:',
      '    s = optax.constant_schedule(0.1)',
      'else:',
      '    s = optax.constant_schedule(0.2)',
    );
    assert.deepEqual(rates(text), { s: 0.1, 's#2': 0.2 });
    assert.ok(read(text).names.includes('use_constant'));
    assert.deepEqual(rates(text, { use_constant: 'False' }), { s: 0.2 });
  });

  it('may be text, a list or a call of mathematics', () => {
    const text = program(
      'kind = "a"',
      'boundaries = [10]',
      's = optax.join_schedules([optax.constant_schedule(0.1), optax.constant_schedule(0.2)], boundaries)',
      'if kind == "b":',
      '    t = optax.constant_schedule(0.3)',
    );
    assert.deepEqual(rates(text, { kind: "'b'", boundaries: '[int(2.5)]' }, 2), { s: 0.2, t: 0.3 });
  });

  it('that is no expression is told of, and the value of the text stays', () => {
    const text = program('lr = 0.1', 's = optax.constant_schedule(lr)');
    for (const wrong of ['1 +', '', 'nowhere', '1 / 0']) {
      const { findings, ...reading } = read(text, { lr: wrong });
      assert.deepEqual(
        findings.map(({ code, severity, message }) => [code, severity, message]),
        [
          [
            'bad-expression',
            'error',
            "The value that is set for 'lr' is not a Python expression that can be computed; set a number or a text in quotes.",
          ],
        ],
        wrong,
      );
      assert.deepEqual(ratesIn(reading), { s: 0.1 });
    }
  });

  it('wins over a comment, which wins over the code', () => {
    const text = program('lr = 0.1  # anneal: lr=0.2', 's = optax.constant_schedule(lr)');
    assert.deepEqual(rates(text), { s: 0.2 });
    assert.deepEqual(rates(text, { lr: '0.3' }), { s: 0.3 });
  });

  it('has a name that the reading tells, in the order of the text', () => {
    const text = program(
      'peak = 0.1',
      'def make(steps, config):',
      '    return optax.linear_schedule(peak, config.end, steps)',
    );
    const { names } = read(text);
    const known = names.filter((name) => ['peak', 'steps', 'config.end'].includes(name));
    assert.deepEqual(known, ['peak', 'steps', 'config.end']);
    for (const name of names) assert.match(name, /^[A-Za-z_]/);
  });
});

describe('A comment `# anneal: name=value`', () => {
  it('sets names of the whole text, several at once', () => {
    const text = program(
      's = optax.linear_schedule(lr, 0.0, total_steps)',
      '# anneal: total_steps=20, lr=max(0.5, 0.1)',
    );
    const { definitions } = read(text);
    assert.deepEqual(ratesIn({ definitions }, 10), { s: 0.25 });
    assert.deepEqual(definitions[0]?.assumptions, []);
  });

  it('holds in a function where it stands in one', () => {
    const text = program(
      '# anneal: peak=0.1',
      'def first(peak):',
      '    # anneal: peak=0.2',
      '    return optax.constant_schedule(peak)',
      'def second(peak):',
      '    return optax.constant_schedule(peak)',
    );
    assert.deepEqual(rates(text), { first: 0.2, second: 0.1 });
  });

  it('holds nowhere else, for names that nothing gives as well', () => {
    const text = program(
      'def first():',
      '    # anneal: peak=0.2, config.lr=0.3',
      '    def inner():',
      '        return optax.constant_schedule(peak)',
      '    return optax.join_schedules([inner(), optax.constant_schedule(config.lr)], [1])',
      '# anneal: end=0.4',
      'def second():',
      '    return optax.join_schedules([',
      '        optax.constant_schedule(peak), optax.constant_schedule(config.lr),',
      '        optax.constant_schedule(end),',
      '    ], [1, 2])',
      'third = optax.constant_schedule(peak)',
    );
    const rests = read(text).definitions.map(({ name, assumptions }) => [
      name,
      assumptions.map((one) => one.name),
    ]);
    assert.deepEqual(rests, [
      ['third', ['peak']],
      ['first', []],
      ['second', ['peak', 'config.lr']],
    ]);
    assert.deepEqual(rates(text, {}, 1), { third: 0.001, first: 0.3, second: 0.001 });
    assert.deepEqual(rates(text, {}, 2), { third: 0.001, first: 0.3, second: 0.4 });
  });

  it('sets attributes and items', () => {
    const text = program(
      's = optax.linear_schedule(config.lr, 0.0, config["steps"])',
      '# anneal: config.lr=0.5, config["steps"]=10',
    );
    assert.deepEqual(rates(text, {}, 5), { s: 0.25 });
  });

  it('that is no expression sets nothing, and the others still count', () => {
    const text = program('s = optax.constant_schedule(lr * factor)  # anneal: lr=1 +, factor=3');
    const [s = assert.fail()] = read(text).definitions;
    assert.equal(rateAt(s.schedule, 0), 0.003);
    assert.deepEqual(
      s.assumptions.map(({ name }) => name),
      ['lr'],
    );
  });
});

describe('A comment `# anneal: ignore`', () => {
  const refused = 'optax.cosine_decay_schedule(0.1, 0)';
  const codes = (comment: string) =>
    read(program(`s = ${refused}  ${comment}`)).findings.map(({ code }) => code);

  it('silences the findings of its line', () => {
    assert.deepEqual(codes(''), ['refused-by-optax']);
    assert.deepEqual(codes('# anneal: ignore'), []);
    assert.equal(read(program('# anneal: ignore', `s = ${refused}`)).findings.length, 1);
  });

  it('silences only those whose codes it names', () => {
    assert.deepEqual(codes('# anneal: ignore[refused-by-optax]'), []);
    assert.deepEqual(codes('# anneal: ignore[never-used, refused-by-optax]'), []);
    assert.deepEqual(codes('# anneal: ignore[never-used]'), ['refused-by-optax']);
  });
});
