import assert from 'node:assert/strict';
import type { Finding } from '../../../../schedules/checking/finding.ts';
import { positionsIn } from '../../../../schedules/positions.ts';
import { readSchedules } from '../../../../schedules/readSchedules.ts';
import type { Reading, Settings } from '../../../../schedules/reading/reading.ts';

function read(text: string, settings: Settings = {}): Reading {
  return readSchedules('a.schedules.json', text, settings);
}

/** A file with one schedule, from its call. */
function oneSchedule(name: string, args: string, before = ''): string {
  return `{${before}"schedules": [{"name": "a", "function": "${name}", "args": ${args}}]}`;
}

const linear = (args: string, before = ''): string =>
  oneSchedule(
    'linear_schedule',
    `{"init_value": 1, "end_value": 0, "transition_steps": 10${args}}`,
    before,
  );

interface BadInput {
  readonly text: string;
  readonly code: string;
  /** What the message says, from its beginning: the JSON path. */
  readonly message: string;
  /** The part of the text that is marked. */
  readonly marked: string;
  readonly severity?: Finding['severity'];
}

const badInputs: Readonly<Record<string, BadInput>> = {
  'an unknown function': {
    text: oneSchedule('cosine_decay', '{}'),
    code: 'unknown-function',
    message:
      "schedules[0].function: Optax has no schedule 'cosine_decay'; did you mean 'cosine_decay_schedule'?",
    marked: '"cosine_decay"',
  },
  'an unknown argument': {
    text: linear(', "transition_begn": 3'),
    code: 'unknown-argument',
    message:
      "schedules[0].args.transition_begn: linear_schedule has no argument 'transition_begn'; did you mean 'transition_begin'?",
    marked: '"transition_begn"',
  },
  'a missing argument': {
    text: oneSchedule('linear_schedule', '{"init_value": 1, "end_value": 0}'),
    code: 'missing-argument',
    message: "schedules[0].args: linear_schedule needs the argument 'transition_steps'",
    marked: '{"init_value": 1, "end_value": 0}',
  },
  'no arguments at all': {
    text: '{"schedules": [{"function": "constant_schedule"}]}',
    code: 'missing-argument',
    message: "schedules[0]: constant_schedule needs the argument 'value'",
    marked: '{"function": "constant_schedule"}',
  },
  'a switch where a number belongs': {
    text: oneSchedule('constant_schedule', '{"value": true}'),
    code: 'wrong-type',
    message: 'schedules[0].args.value: value of constant_schedule must be a number, got True.',
    marked: 'true',
  },
  'an object where a number belongs': {
    text: oneSchedule('constant_schedule', '{"value": {}}'),
    code: 'wrong-type',
    message: 'schedules[0].args.value: value of constant_schedule must be a number, got another',
    marked: '{}',
  },
  'null where a number belongs': {
    text: oneSchedule('constant_schedule', '{"value": null}'),
    code: 'wrong-type',
    message: 'schedules[0].args.value: value of constant_schedule must be a number, got None.',
    marked: 'null',
  },
  'an expression that gives None where a number belongs': {
    text: oneSchedule('constant_schedule', '{"value": "None"}'),
    code: 'wrong-type',
    message: 'schedules[0].args.value: value of constant_schedule must be a number, got None.',
    marked: '"None"',
  },
  'infinitely many steps': {
    text: oneSchedule(
      'linear_schedule',
      '{"init_value": 1, "end_value": 0, "transition_steps": 1e999}',
    ),
    code: 'wrong-type',
    message: 'schedules[0].args.transition_steps: transition_steps of linear_schedule must be a',
    marked: '1e999',
  },
  'a list where the boundaries belong': {
    text: oneSchedule(
      'piecewise_constant_schedule',
      '{"init_value": 1, "boundaries_and_scales": [1]}',
    ),
    code: 'wrong-type',
    message:
      'schedules[0].args.boundaries_and_scales: must be an object from steps to factors, such as {"500": 0.1}.',
    marked: '[1]',
  },
  'a boundary that is no expression': {
    text: oneSchedule(
      'piecewise_constant_schedule',
      '{"init_value": 1, "boundaries_and_scales": {"10 +": 0.5}}',
    ),
    code: 'bad-expression',
    message:
      'schedules[0].args.boundaries_and_scales["10 +"]: the expression "10 +" is not a Python expression of numbers.',
    marked: '"10 +"',
  },
  'an interpolation that Optax does not have': {
    text: oneSchedule(
      'piecewise_interpolate_schedule',
      '{"interpolate_type": "cubic", "init_value": 1}',
    ),
    code: 'wrong-type',
    message: 'schedules[0].args.interpolate_type: interpolate_type of piecewise_interpolate_sched',
    marked: '"cubic"',
  },
  'decay steps that Optax refuses': {
    text: oneSchedule('cosine_decay_schedule', '{"init_value": 1, "decay_steps": 0}'),
    code: 'refused-by-optax',
    message: 'schedules[0].args.decay_steps: Optax raises ValueError: decay_steps must',
    marked: '0',
  },
  'a negative scale, which Optax refuses': {
    text: oneSchedule(
      'piecewise_constant_schedule',
      '{"init_value": 1, "boundaries_and_scales": {"10": -0.5}}',
    ),
    code: 'refused-by-optax',
    message: 'schedules[0].args.boundaries_and_scales: Optax raises',
    marked: '{"10": -0.5}',
  },
  'a part of a join that Optax refuses': {
    text: oneSchedule(
      'join_schedules',
      '{"schedules": [{"function": "cosine_decay_schedule", "args": {"init_value": 1, "decay_steps": -1}}], "boundaries": []}',
    ),
    code: 'refused-by-optax',
    message: 'schedules[0].args.schedules[0].args.decay_steps: Optax raises',
    marked: '-1',
  },
  'a join of nothing': {
    text: oneSchedule('join_schedules', '{"schedules": [], "boundaries": []}'),
    code: 'refused-by-optax',
    message: 'schedules[0].args.schedules: Optax raises IndexError',
    marked: '[]',
  },
  'a part of a join that is no schedule': {
    text: oneSchedule('join_schedules', '{"schedules": [3], "boundaries": []}'),
    code: 'wrong-type',
    message:
      'schedules[0].args.schedules[0]: must be {"name": ..., "function": ..., "args": {...}}.',
    marked: '3',
  },
  'a cycle without an argument': {
    text: oneSchedule('sgdr_schedule', '{"cosine_kwargs": [{"init_value": 1}]}'),
    code: 'missing-argument',
    message:
      'schedules[0].args.cosine_kwargs: cosine_kwargs[0]: warmup_cosine_decay_schedule needs',
    marked: '[{"init_value": 1}]',
  },
  'arguments in a list': {
    text: oneSchedule('constant_schedule', '[1]'),
    code: 'wrong-type',
    message: 'schedules[0].args: must be an object of the arguments of constant_schedule.',
    marked: '[1]',
  },
  'more boundaries than a schedule has use for': {
    text: oneSchedule('join_schedules', `{"schedules": [], "boundaries": [${'1,'.repeat(1000)}1]}`),
    code: 'too-many-entries',
    message: 'schedules[0].args.boundaries: has 1001 entries; give it at most 1000.',
    marked: `[${'1,'.repeat(1000)}1]`,
  },
  'a schedule that is a number': {
    text: '{"schedules": [5]}',
    code: 'wrong-type',
    message: 'schedules[0]: must be {"name": ..., "function": ..., "args": {...}}.',
    marked: '5',
  },
  'a schedule without a function': {
    text: '{"schedules": [{"name": "a"}]}',
    code: 'missing-field',
    message: 'schedules[0]: needs "function", a schedule of Optax.',
    marked: '{"name": "a"}',
  },
  'a name that is no text': {
    text: '{"schedules": [{"name": 5, "function": "constant_schedule", "args": {"value": 1}}]}',
    code: 'wrong-type',
    message: 'schedules[0].name: a name is text in quotes.',
    marked: '5',
  },
  'an argument beside "args"': {
    text: '{"schedules": [{"function": "constant_schedule", "args": {"value": 1}, "value": 2}]}',
    code: 'unknown-field',
    message: 'schedules[0].value: a schedule has no "value"; its arguments stand in "args".',
    marked: '"value"',
  },
  'an unknown field': {
    text: '{"schedule": [], "schedules": []}',
    code: 'unknown-field',
    message:
      'schedule: there is no field "schedule"; a file has "names", "training" and "schedules".',
    marked: '"schedule"',
  },
  'no list of schedules': {
    text: '{"names": {}}',
    code: 'missing-field',
    message: 'there must be a list "schedules" of {"name", "function", "args"}.',
    marked: '{"names": {}}',
  },
  'schedules in an object': {
    text: '{"schedules": {}}',
    code: 'wrong-type',
    message: 'schedules: there must be a list "schedules" of {"name", "function", "args"}.',
    marked: '{}',
  },
  'an empty list of schedules': {
    text: '{"schedules": []}',
    code: 'no-schedules',
    message: 'schedules: there is no schedule yet.',
    marked: '[]',
    severity: 'warning',
  },
  'names in a list': {
    text: linear('', '"names": [1], '),
    code: 'wrong-type',
    message: 'names: must be an object such as {"total_steps": 2350}.',
    marked: '[1]',
  },
  'a name that no expression can use': {
    text: linear('', '"names": {"total steps": 1}, '),
    code: 'bad-name',
    message: 'names["total steps"]: a name has letters, digits and _, and no digit at the start.',
    marked: '"total steps"',
  },
  'a name that is neither number nor expression': {
    text: linear('', '"names": {"x": true}, '),
    code: 'wrong-type',
    message: 'names.x: must be a number or an expression in quotes.',
    marked: 'true',
  },
  'a name that needs itself': {
    text: linear('', '"names": {"x": "x + 1"}, '),
    code: 'bad-expression',
    message: 'names.x: the expression "x + 1" needs \'x\', which needs it in turn.',
    marked: '"x + 1"',
  },
  'a name that is not there': {
    text: linear('', '"names": {"x": "total_step", "total_steps": 5}, '),
    code: 'bad-expression',
    message:
      'names.x: the expression "total_step" uses \'total_step\', which is not defined in "names"; did you mean \'total_steps\'?',
    marked: '"total_step"',
  },
  'an expression that divides by zero': {
    text: linear(', "transition_begin": "1 // 0"'),
    code: 'bad-expression',
    message:
      'schedules[0].args.transition_begin: the expression "1 // 0" raises ZeroDivisionError: integer division by zero.',
    marked: '"1 // 0"',
  },
  'zero epochs': {
    text: linear('', '"training": {"epochs": 0}, '),
    code: 'wrong-type',
    message: 'training.epochs: must be a whole number from 1 on, got 0.',
    marked: '0',
  },
  'half an example': {
    text: linear('', '"training": {"train_examples": "1 / 2"}, '),
    code: 'wrong-type',
    message: 'training.train_examples: must be a whole number from 1 on, got 0.5.',
    marked: '"1 / 2"',
  },
  'training settings in a list': {
    text: linear('', '"training": [], '),
    code: 'wrong-type',
    message: 'training: must be an object such as {"epochs": 10}.',
    marked: '[]',
  },
  'an unknown training setting': {
    text: linear('', '"training": {"epoch": 3}, '),
    code: 'unknown-field',
    message: 'training.epoch: training has no "epoch".',
    marked: '"epoch"',
  },
  'an unknown reduction of the loss': {
    text: linear('', '"training": {"loss_reduction": "median"}, '),
    code: 'wrong-type',
    message: 'training.loss_reduction: must be "sum" or "mean".',
    marked: '"median"',
  },
  'gradients clipped at zero': {
    text: linear('', '"training": {"clip_by_global_norm": 0}, '),
    code: 'wrong-type',
    message: 'training.clip_by_global_norm: must be a positive number.',
    marked: '0',
  },
  'an unknown optimizer': {
    text: linear('', '"training": {"optimizer": "adamax"}, '),
    code: 'unknown-function',
    message: 'training.optimizer: the optimizer must be one of sgd, adam,',
    marked: '"adamax"',
  },
  'an unknown argument of an optimizer': {
    text: linear('', '"training": {"optimizer": {"function": "adam", "args": {"beta1": 0.9}}}, '),
    code: 'unknown-argument',
    message: "training.optimizer.args.beta1: adam has no argument 'beta1'",
    marked: '"beta1"',
  },
  'an argument beside the "args" of an optimizer': {
    text: linear('', '"training": {"optimizer": {"function": "adam", "b1": 0.9}}, '),
    code: 'unknown-field',
    message: 'training.optimizer.b1: an optimizer has no "b1"; its arguments stand in "args".',
    marked: '"b1"',
  },
  'a key that is there twice': {
    text: linear(', "end_value": 2'),
    code: 'duplicate-key',
    message: 'schedules[0].args.end_value: the key is there twice; the last one counts.',
    marked: '"end_value"',
    severity: 'warning',
  },
  'a rate that is not finite, which Optax accepts': {
    text: oneSchedule('constant_schedule', '{"value": "float(\'nan\')"}'),
    code: 'non-finite-rate',
    message: "The rate of 'a' is NaN at step 0; change its arguments, or training ends in NaN.",
    marked: `{"name": "a", "function": "constant_schedule", "args": {"value": "float('nan')"}}`,
    severity: 'warning',
  },
  'a list at the root': {
    text: '[]',
    code: 'wrong-type',
    message: 'The file must be a JSON object with a list "schedules".',
    marked: '[]',
  },
  'an empty file': {
    text: '',
    code: 'json-syntax',
    message: 'This is not valid JSON: value expected.',
    marked: '',
  },
  'a comment': {
    text: '{"schedules": [] /* none */}',
    code: 'json-syntax',
    message: 'This is not valid JSON: invalid comment token.',
    marked: '/* none */',
  },
  'a comma too many': {
    text: '{"names": {"a": 1,}, "schedules": []}',
    code: 'json-syntax',
    message: 'This is not valid JSON: property name expected.',
    marked: '}',
  },
  'a file that ends in the middle': {
    text: '{"schedules": [{"function": "constant_schedule", "args": {"value": 1}}',
    code: 'json-syntax',
    message: 'This is not valid JSON: close bracket expected.',
    marked: '',
  },
  'a text that does not end': {
    text: '{"schedules": [{"function": "constant',
    code: 'json-syntax',
    message: 'This is not valid JSON: unexpected end of string.',
    marked: '"constant',
  },
  '100,000 brackets': {
    text: '['.repeat(100_000),
    code: 'nested-too-deeply',
    message: 'The file is nested too deeply: write it with at most 100 levels.',
    marked: '[',
  },
};

describe('The reader of *.schedules.json', () => {
  for (const [what, { text, code, message, marked, severity = 'error' }] of Object.entries(
    badInputs,
  )) {
    it(`tells of ${what}`, () => {
      const { findings } = read(text);
      const finding = findings.find((one) => one.code === code);
      assert.ok(finding, `there is only ${findings.map((one) => one.message).join(', ')}`);
      assert.equal(finding.message.slice(0, message.length), message);
      assert.equal(text.slice(finding.span.from, finding.span.to), marked);
      assert.equal(finding.severity, severity);
    });
  }

  it('says one thing of one mistake', () => {
    const cascading = new Set([
      'a cycle without an argument',
      'a part of a join that is no schedule',
      'an unknown field',
    ]);
    for (const [what, { text }] of Object.entries(badInputs)) {
      if (cascading.has(what)) continue;
      const { findings } = read(text);
      assert.equal(findings.length, 1, `${what}: ${findings.map((one) => one.message).join('\n')}`);
    }
  });

  it('reads the other schedules of a file in which one is refused', () => {
    const { definitions } = read(
      '{"schedules": [{"function": "linear_schedule"}, {"function": "constant_schedule", "args": {"value": 0.5}}]}',
    );
    assert.deepEqual(
      definitions.map(({ name, schedule }) => [name, schedule?.schedule(7)]),
      [
        ['linear_schedule', undefined],
        ['constant_schedule', 0.5],
      ],
    );
  });

  it('gives the second schedule of a name a name of its own', () => {
    const constant = (name: string): string =>
      `{"name": "${name}", "function": "constant_schedule", "args": {"value": 1}}`;
    const { definitions } = read(
      `{"schedules": [${['a', 'a', 'a#2', 'b', 'a'].map(constant).join()}]}`,
    );
    assert.deepEqual(
      definitions.map(({ name }) => name),
      ['a', 'a#2', 'a#2#2', 'b', 'a#3'],
    );
  });

  it('takes null and None for an argument that may be left out', () => {
    const decay = (end: string): number | undefined =>
      read(
        oneSchedule(
          'exponential_decay',
          `{"init_value": 1, "transition_steps": 1, "decay_rate": 0.5, "end_value": ${end}}`,
        ),
      ).definitions[0]?.schedule?.schedule(3);
    assert.equal(decay('null'), 0.125);
    assert.equal(decay('"None"'), 0.125);
    assert.equal(decay('0.25'), 0.25);
  });

  it('reads everything of a training', () => {
    const { training, findings } = read(
      linear(
        '',
        `"names": {"n": 3}, "training": {"epochs": "n", "batch_size": 64, "train_examples": "n * 100",
        "test_examples": 50, "seed": 0, "loss_reduction": "mean", "clip_by_global_norm": 1.5,
        "optimizer": {"function": "sgd", "args": {"momentum": "0.3 * n", "nesterov": true}}}, `,
      ),
    );
    assert.deepEqual(findings, []);
    assert.deepEqual(training, {
      epochs: 3,
      batchSize: 64,
      trainExamples: 300,
      testExamples: 50,
      seed: 0,
      lossReduction: 'mean',
      clipByGlobalNorm: 1.5,
      optimizer: { name: 'sgd', args: { momentum: 0.3 * 3, nesterov: true } },
    });
  });

  it('lets a setting replace a name, and everything that is computed from it follow', () => {
    const text = linear(
      ', "transition_begin": "begin"',
      '"names": {"begin": "total // 10", "total": 100, "other": 5}, ',
    );
    const beginning = (settings: Settings): number | null | undefined =>
      read(text, settings).definitions[0]?.schedule?.phases[0]?.to;
    assert.equal(beginning({}), 10);
    assert.equal(beginning({ total: '500' }), 50);
    assert.equal(beginning({ total: '500', begin: 'other + 1' }), 6);
    assert.deepEqual(
      read(text, { total: 'nothing' }).findings.map(({ message }) => message),
      [
        'names.begin: the expression "total // 10" uses \'total\', which has no value.',
        'names.total: the expression "nothing" uses \'nothing\', which is not defined in "names".',
        'schedules[0].args.transition_begin: the expression "begin" uses \'begin\', which has no value.',
      ],
    );
  });

  it('ignores settings of names that are no names of the file, and of objects', () => {
    const text = linear(', "transition_begin": "toString"', '"names": {"toString": 3}, ');
    assert.deepEqual(read(text, { constructor: '5' }).findings, []);
  });

  it('reads names that are properties of every object as any other', () => {
    const text =
      '{"names": {"__proto__": 3, "constructor": "__proto__ + 1"}, "schedules": [{"function": "constant_schedule", "args": {"value": "constructor"}}]}';
    const { definitions, findings } = read(text);
    assert.deepEqual(findings, []);
    assert.equal(definitions[0]?.schedule?.schedule(0), 4);
  });

  it('places a finding by line and UTF-16 column, whatever ends the lines', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = [
        '{',
        '  "schedules": [',
        '    {"name": "𝛼é 🚀", "function": "constant"}',
        '  ]',
        '}',
      ];
      const joined = text.join(end);
      const [finding] = read(joined).findings;
      assert.equal(finding?.code, 'unknown-function');
      const positionOf = positionsIn(joined);
      assert.deepEqual(positionOf(finding.span.from), { line: 3, column: 36 });
      assert.deepEqual(positionOf(finding.span.to), { line: 3, column: 46 });
    }
  });

  it('refuses files that hold no schedules', () => {
    const { findings, definitions } = readSchedules('train.yaml', 'a: 1');
    assert.equal(findings[0]?.code, 'unknown-file-kind');
    assert.deepEqual(definitions, []);
  });
});

describe('A hostile *.schedules.json', () => {
  const constant = '{"name": "a", "function": "constant_schedule", "args": {"value": 1}}';
  const upTo5MB = (piece: string): string => piece.repeat(Math.floor((5 * 2 ** 20) / piece.length));
  const chain = (length: number): string =>
    Array.from({ length }, (_, i) => `"n${i}": "n${i + 1}"`).join();
  const nested = (depth: number): string =>
    `${'{"function": "join_schedules", "args": {"boundaries": [], "schedules": ['.repeat(depth)}${constant}${']}}'.repeat(depth)}`;

  const texts: Readonly<Record<string, string>> = {
    '5 MB of names that wait for each other': linear('', `"names": {${chain(250_000)}}, `),
    'as many names that wait for each other as can be read': linear(
      '',
      `"names": {${chain(1000)}}, `,
    ),
    '5 MB of expressions': `{"schedules": [${Array.from({ length: 500 }, () =>
      oneSchedule(
        'join_schedules',
        `{"schedules": [${constant}], "boundaries": [${Array.from({ length: 1000 }, (_, i) => `"1+${i}"`).join()}]}`,
      ).slice('{"schedules": ['.length, -']}'.length),
    ).join()}]}`,
    'as many expressions as can be read that take as long as they can': `{"schedules": [${Array.from(
      { length: 10 },
      () =>
        oneSchedule(
          'join_schedules',
          `{"schedules": [${constant}], "boundaries": [${Array.from({ length: 1000 }, () => '"sorted(range(99999))[3]"').join()}]}`,
        ).slice('{"schedules": ['.length, -']}'.length),
    ).join()}]}`,
    'names in the deepest expressions that wait for each other': linear(
      '',
      `"names": {${Array.from({ length: 200 }, (_, i) => `"n${i}": "${'('.repeat(95)}n${i + 1}${')'.repeat(95)}"`).join()}, "n200": 1}, `,
    ),
    '5 MB of schedules of one name': `{"schedules": [${upTo5MB(`${constant},`)}${constant}]}`,
    '5 MB of schedules that are none': `{"schedules": [${upTo5MB('{},')}{}]}`,
    '5 MB of numbers for schedules': `{"schedules": [${upTo5MB('1,')}1]}`,
    '5 MB of unknown fields': `{${upTo5MB('"a":1,')}"schedules": []}`,
    '5 MB of text': `{"schedules": [{"function": "${upTo5MB('a')}"}]}`,
    '5 MB of expression': linear(`, "transition_begin": "${upTo5MB('1+')}1"`),
    '5 MB of boundaries': oneSchedule(
      'join_schedules',
      `{"schedules": [${constant}], "boundaries": [${upTo5MB('1,')}1]}`,
    ),
    '5 MB of brackets': upTo5MB('['),
    '5 MB of brackets that do not match': upTo5MB('[}'),
    '5 MB of white space': upTo5MB(' '),
    '5 MB of zeros': '\u0000'.repeat(5 * 2 ** 20),
    'joins in joins': `{"schedules": [${nested(1000)}]}`,
    'as many joins in joins as can be read': `{"schedules": [${nested(23)}]}`,
  };

  for (const [what, text] of Object.entries(texts)) {
    it(`is read within seconds: ${what}`, () => {
      const start = performance.now();
      const { findings } = read(text);
      const seconds = (performance.now() - start) / 1000;
      assert.ok(seconds < 10, `${seconds} s`);
      assert.ok(findings.length <= 1001, `${findings.length} findings`);
      for (const { message } of findings) assert.ok(message.length < 1000, message.slice(0, 100));
    });
  }

  it('has all its findings counted for errors, also those that are not told', () => {
    const twice = Array.from({ length: 1500 }, () => '"$schema": 1').join();
    const { findings } = read(`{${twice}, "schedules": 5}`);
    assert.equal(findings.length, 1001);
    assert.equal(findings.at(-1)?.severity, 'error');
    assert.equal(findings.at(-1)?.code, 'too-many-findings');
  });
});
