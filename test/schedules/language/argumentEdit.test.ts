import assert from 'node:assert/strict';
import { argumentEdit, type ArgumentValue } from '../../../schedules/language/argumentEdit.ts';
import { readSchedules } from '../../../schedules/readSchedules.ts';

/** A text after an argument of its first call of a schedule function is given another value. */
function edited(file: string, text: string, argument: string, value: ArgumentValue): string {
  const call = readSchedules(file, text).calls[0];
  assert.ok(call);
  const edit = argumentEdit(
    file.endsWith('.json') ? 'json' : 'python',
    text,
    call,
    argument,
    value,
  );
  if (!edit) return 'no edit';
  return text.slice(0, edit.span.from) + edit.text + text.slice(edit.span.to);
}

describe('Changing an argument of a schedule', () => {
  const python = (call: string) => `import optax\nlr = optax.${call}\n`;
  const cases: readonly (readonly [
    title: string,
    before: string,
    argument: string,
    value: ArgumentValue,
    after: string,
  ])[] = [
    [
      'replaces a number in its own style',
      'cosine_decay_schedule(1e-3, decay_steps=10_000)',
      'init_value',
      5e-4,
      'cosine_decay_schedule(5e-4, decay_steps=10_000)',
    ],
    [
      'keeps groups of digits',
      'cosine_decay_schedule(1e-3, decay_steps=10_000)',
      'decay_steps',
      23_500,
      'cosine_decay_schedule(1e-3, decay_steps=23_500)',
    ],
    [
      'leaves an expression to its writer',
      'cosine_decay_schedule(1 / 1e4, 100)',
      'init_value',
      5e-4,
      'no edit',
    ],
    [
      'adds an argument that was left to its default',
      'cosine_decay_schedule(1e-3, 100)',
      'alpha',
      0.1,
      'cosine_decay_schedule(1e-3, 100, alpha=0.1)',
    ],
    [
      'adds an argument on a line of its own where the others have one',
      'cosine_decay_schedule(\n    init_value=1e-3,\n    decay_steps=100,\n)',
      'alpha',
      0.25,
      'cosine_decay_schedule(\n    init_value=1e-3,\n    decay_steps=100,\n    alpha=0.25,\n)',
    ],
    [
      'adds an argument after a line without a comma',
      'cosine_decay_schedule(\n    init_value=1e-3,\n    decay_steps=100\n)',
      'alpha',
      1,
      'cosine_decay_schedule(\n    init_value=1e-3,\n    decay_steps=100,\n    alpha=1\n)',
    ],
    [
      'adds an argument before a comment',
      'cosine_decay_schedule(\n    1e-3,\n    100  # steps\n)',
      'alpha',
      1,
      'cosine_decay_schedule(\n    1e-3,\n    100, alpha=1  # steps\n)',
    ],
    [
      'turns a switch',
      'exponential_decay(1e-3, 100, 0.5, staircase=False)',
      'staircase',
      true,
      'exponential_decay(1e-3, 100, 0.5, staircase=True)',
    ],
    [
      'keeps the quotes of a word',
      `piecewise_interpolate_schedule("linear", 1e-3, {100: 0.1})`,
      'interpolate_type',
      'cosine',
      `piecewise_interpolate_schedule("cosine", 1e-3, {100: 0.1})`,
    ],
  ];
  for (const [title, before, argument, value, after] of cases) {
    it(title, () => {
      const expected = after === 'no edit' ? after : python(after);
      assert.equal(edited('a.py', python(before), argument, value), expected);
    });
  }

  it('adds a member to the arguments of a JSON schedule', () => {
    const text = `{
  "schedules": [
    {
      "name": "a",
      "function": "cosine_decay_schedule",
      "args": {
        "init_value": 1e-3,
        "decay_steps": 100
      }
    }
  ]
}`;
    const after = edited('a.schedules.json', text, 'alpha', 0.5);
    assert.equal(after, text.replace('100\n', '100,\n        "alpha": 0.5\n'));
    assert.equal(
      edited('a.schedules.json', text, 'init_value', 0.002),
      text.replace('1e-3', '2e-3'),
    );
  });

  describe('through a name that stands for a number', () => {
    const call = 'lr = optax.cosine_decay_schedule(init_value=peak, decay_steps=steps)\n';
    const through = (before: string, after = call): string =>
      edited('a.py', `import optax\n${before}${after}`, 'init_value', 5e-4);

    it('changes the number where it stands', () => {
      assert.equal(
        through('peak = 1e-3  # of Adam\nsteps = 100\n'),
        `import optax\npeak = 5e-4  # of Adam\nsteps = 100\n${call}`,
      );
      assert.equal(
        through('peak: float = 0.010\nsteps = 100\n'),
        `import optax\npeak: float = 0.0005\nsteps = 100\n${call}`,
      );
      assert.equal(
        through('steps, peak = 100, 1e-3\n'),
        `import optax\nsteps, peak = 100, 5e-4\n${call}`,
      );
    });

    it('changes the one that a function sees: its own, its default, or that of the module', () => {
      const make = (parameters: string, first = ''): string =>
        `def make(${parameters}):\n${first}    return optax.cosine_decay_schedule(init_value=peak, decay_steps=9)\n`;
      for (const [before, after] of [
        [make('', '    peak = 1e-3\n'), make('', '    peak = 5e-4\n')],
        [make('peak=1e-3'), make('peak=5e-4')],
        [`peak = 1e-3\n${make('')}`, `peak = 5e-4\n${make('')}`],
        [`peak = 2e-3\n${make('peak=1e-3')}`, `peak = 2e-3\n${make('peak=5e-4')}`],
      ] as const)
        assert.equal(through('', before), `import optax\n${after}`);
    });

    it('changes nothing where the name is bound otherwise too', () => {
      for (const before of [
        'peak = 1e-3\npeak = 2e-3\n',
        'peak = 1e-3\npeak += 1e-3\n',
        'peak = 1e-3\npeak /= 1\n',
        'peak = 2 * 1e-3\n',
        'base = 1e-3\npeak = base\n',
        'for peak in [1e-3]:\n    pass\n',
        'peak = 1e-3\n# anneal: peak=2e-3\n',
      ])
        assert.equal(through(`steps = 100\n${before}`), 'no edit', before);
      const given = 'def make(peak=1e-3):\n    return optax.constant_schedule(peak)\nmake(2e-3)\n';
      assert.equal(edited('a.py', `import optax\n${given}`, 'value', 5e-4), 'no edit');
    });
  });
});
