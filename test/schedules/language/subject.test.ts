import assert from 'node:assert/strict';
import { joinCells } from '../../../schedules/reading/notebook.ts';
import { subjectIn } from './hovered.ts';

/** What is at the pointer of a line after the import of Optax. */
const at = (line: string) => subjectIn(`import optax\n${line}\n`);

describe('What stands at a place of a Python text', () => {
  it('is a schedule at its name, at its function, and within its call', () => {
    assert.deepEqual(at('wa|rm = optax.linear_schedule(0., 1e-3, 10)'), [
      'schedule',
      'warm',
      'warm',
    ]);
    assert.deepEqual(at('warm = optax.linear_s|chedule(0., 1e-3, 10)'), [
      'schedule',
      'linear_schedule',
      'warm',
    ]);
    assert.deepEqual(at('warm = optax.linear_schedule(0.,  |  1e-3, 10)').at(-1), 'warm');
    assert.deepEqual(at('warm: optax.Schedule = (optax.constant_schedule(1)|)').at(-1), 'warm');
    assert.deepEqual(at('wa|rm: optax.Schedule = optax.constant_schedule(1)').at(-1), 'warm');
  });

  it('is a schedule wherever its name is read', () => {
    const line = 'warm = optax.linear_schedule(0., 1e-3, 10)\n';
    for (const use of ['print(wa|rm(3))', 'x = [wa|rm]', 'f(schedule=wa|rm)', 'other = wa|rm'])
      assert.deepEqual(at(line + use), ['schedule', 'warm', 'warm'], use);
  });

  it('is nothing in comments, texts, names of arguments and attributes of something else', () => {
    const line = 'warm = optax.linear_schedule(0., 1e-3, 10)\n';
    const others = ['# wa|rm', "x = 'wa|rm'", 'f(wa|rm=1)', 'x.wa|rm', 'f().wa|rm', '"""\nwa|rm'];
    for (const other of others) assert.deepEqual(at(line + other), [], other);
    assert.deepEqual(at('warm = optax.linear_schedule(0.,  # the st|art\n  1e-3, 10)'), []);
  });

  it('is the schedule in a dict, in a list and in an attribute', () => {
    const dict = 'd = {"a": optax.constant_schedule(1), "b": optax.constant_schedule(2)}\n';
    assert.deepEqual(at(`${dict}d['|b'](0)`), ['schedule', "'b'", 'd["b"]']);
    assert.deepEqual(at('d = [optax.constant_schedule(1)]\nd[|0](0)'), ['schedule', '0', 'd[0]']);
    const object = `class A:
  def __init__(self):
    self.rate = optax.constant_schedule(1)
a = A()
`;
    assert.deepEqual(at(`${object}a.ra|te`), ['schedule', 'rate', 'a.rate']);
  });

  it('is not the schedule of the module where a function has the name for something else', () => {
    const line = 'warm = optax.linear_schedule(0., 1e-3, 10)\n';
    for (const other of [
      'def f(wa|rm):\n    pass',
      'def f(a, *, warm=None):\n    print(wa|rm)',
      'def f(warm):\n    def g():\n        return wa|rm(0)',
      'def f(cfg):\n    warm = cfg.warm\n    x = [wa|rm]',
      'def f(cfg):\n    wa|rm = cfg.warm',
      'def f(cfg):\n    for warm in cfg:\n        print(wa|rm)',
      'class A:\n    async def f(self, warm: int):\n        return wa|rm',
    ])
      assert.deepEqual(at(line + other), [], other);
    for (const use of [
      'def f(a=wa|rm):\n    pass',
      'def f(cold):\n    print(wa|rm)',
      'def f(warm):\n    pass\nprint(wa|rm)',
      'def f(warm):\n    pass\ndef g():\n    print(wa|rm)',
      'class A:\n    warm = 1\n    def f(self):\n        print(wa|rm)',
    ])
      assert.deepEqual(at(line + use), ['schedule', 'warm', 'warm'], use);
  });

  it('is the schedule of the function, where it has one of the name itself', () => {
    const text = `warm = optax.linear_schedule(0., 1e-3, 10)
def train():
    warm = optax.linear_schedule(0., 1e-2, 20)
    return optax.adam(learning_rate=warm), WITHIN
x = OUTSIDE
`;
    assert.equal(at(text.replace('WITHIN', '|warm')).at(-1), 'train[1]');
    assert.equal(at(text.replace('WITHIN', '1 + |warm(0)')).at(-1), 'warm#2');
    assert.equal(at(text.replace('OUTSIDE', '|warm')).at(-1), 'warm');
  });

  it('is, of two schedules of a name, the one before', () => {
    const both = 'a = optax.constant_schedule(1)\nX\na = optax.constant_schedule(2)\nY\n';
    assert.equal(at(both.replace('X', 'f(|a)')).at(-1), 'a');
    assert.equal(at(both.replace('Y', 'f(|a)')).at(-1), 'a#2');
    assert.equal(at(both.replace('\na = ', '\n|a = ')).at(-1), 'a#2');
  });

  it('is an argument at its name and at its value, by position too', () => {
    for (const call of [
      'optax.cosine_decay_schedule(1e-3, 1|0)',
      'optax.cosine_decay_schedule(1e-3, decay_steps=int(1|0.5))',
      'optax.cosine_decay_schedule(1e-3, deca|y_steps = 10)',
      'optax.cosine_decay_schedule(decay_steps=1|0',
      'optax.cosine_decay_schedule(decay_steps=1|0, init_valu',
    ])
      assert.equal(at(call).at(-1), 'decay_steps', call);
    assert.deepEqual(at("optax.piecewise_interpolate_schedule('lin|ear', 1, {5: 2})"), [
      'argument',
      "'linear'",
      'interpolate_type',
    ]);
  });

  it('is a boundary at its step and at its factor', () => {
    const call = 'n = 50\na = optax.piecewise_constant_schedule(1.0, {10: 0.5, int(n * 2): 0.1, })';
    assert.deepEqual(at(call.replace('10', '1|0')), ['boundary', '10: 0.5', 0]);
    assert.deepEqual(at(call.replace('0.1', '0.|1')), ['boundary', 'int(n * 2): 0.1', 1]);
    const join =
      'optax.join_schedules([optax.constant_schedule(1), optax.constant_schedule(2)], [|5])';
    assert.deepEqual(at(join), ['boundary', '5', 0]);
  });

  it('is the argument where boundaries are not written one by one', () => {
    const call = 'b = {10: 0.5}\na = optax.piecewise_constant_schedule(1.0, |b)';
    assert.deepEqual(at(call), ['argument', 'b', 'boundaries_and_scales']);
    const computed = 'optax.piecewise_constant_schedule(1.0, {|i: 0.5 for i in [1, 2]})';
    assert.deepEqual(at(computed).slice(0, 1), ['argument']);
  });

  it('is a part within a joined schedule', () => {
    const parts =
      'optax.join_schedules([optax.constant_sch|edule(1), optax.constant_schedule(2)], [5])';
    assert.deepEqual(at(`a = ${parts}`), ['schedule', 'constant_schedule', 'constant_schedule']);
    assert.deepEqual(at(`a = ${parts.replace('|', '').replace('], ', '],| ')}`).at(-1), 'a');
  });

  it('is the learning rate of an optimizer, at its name and at its value', () => {
    const line = 'warm = optax.linear_schedule(0., 1e-3, 10)\n';
    const rate = ['rate', 'learning_rate=warm', 'warm'];
    assert.deepEqual(at(`${line}optax.adam(learning_rate=wa|rm)`), rate);
    assert.deepEqual(at(`${line}optax.adam(learn|ing_rate=warm)`), rate);
    assert.deepEqual(at('tx = optax.sgd(1e|-3)'), ['rate', '1e-3', 'tx']);
    assert.deepEqual(at('tx = optax.s|gd(1e-3)'), ['optimizer', 'sgd', 'tx']);
    assert.deepEqual(at('tx = optax.adamw(1e-3, weight_decay=0.|1)'), []);
  });

  it('is a schedule in a branch that the program does not come to', () => {
    const text = `def create(kind='a', n=5):
    if kind == 'b':
        return optax.linear_schedule(1.0, 0.0, transition_st|eps=n)
    return optax.constant_schedule(1.0)
create()
`;
    assert.deepEqual(at(text), ['argument', 'transition_steps=n', 'transition_steps']);
  });

  it('is the function where one is named and not called', () => {
    assert.deepEqual(at('f = optax.cosine_dec|ay_schedule'), [
      'function',
      'cosine_decay_schedule',
      'cosine_decay_schedule',
    ]);
    assert.deepEqual(subjectIn('from optax import adam\nf = a|dam'), ['function', 'adam', 'adam']);
    assert.deepEqual(subjectIn('import other\nf = other.adam|w'), []);
    assert.deepEqual(at('f = my_linear_sche|dule'), []);
  });

  it('is the same with other line ends, and after characters of two units', () => {
    const text = 'import optax\r\n"🚀 全角"; x = optax.linear_schedule(0.,\r\n\t1e-3, 1|0)\r\n';
    assert.deepEqual(subjectIn(text), ['argument', '10', 'transition_steps']);
  });

  it('is known from the cells before', () => {
    const { text } = joinCells([
      'import optax\nn = 5',
      '%time\na = optax.linear_schedule(0, 1, n)',
    ]);
    const marked = text.replace('schedule(0, 1, n', 'schedule(0, 1, |n');
    assert.deepEqual(subjectIn(marked, 'notebook'), ['argument', 'n', 'transition_steps']);
  });
});

describe('What stands at a place of a file of schedules', () => {
  const text = `{
  "names": {"n": 20},
  "schedules": [
    {"name": "a", "function": "piecewise_constant_schedule",
     "args": {"init_value": 1e-3, "boundaries_and_scales": {"10": 0.5, "n": 0.1}}},
    {"name": "b", "function": "cosine_decay_schedule", "args": {"init_value": 1, "decay_steps": "n"}}
  ]
}`;
  const json = (from: string, to: string) => subjectIn(text.replace(from, to), 'json');

  it('is a schedule, an argument or a boundary', () => {
    assert.deepEqual(json('"a"', '"|a"').at(-1), 'a');
    assert.deepEqual(json('cosine', 'co|sine'), ['schedule', 'cosine_decay_schedule', 'b']);
    assert.deepEqual(json('"decay_steps"', '"de|cay_steps"'), [
      'argument',
      '"decay_steps": "n"',
      'decay_steps',
    ]);
    assert.deepEqual(json('0.1', '0.|1'), ['boundary', '"n": 0.1', 1]);
  });

  it('is the schedule at an argument that Optax does not have', () => {
    assert.deepEqual(json('"init_value": 1,', '"in(it|_value": 1,').at(-1), 'b');
  });

  it('is nothing among the names', () => {
    assert.deepEqual(json('20', '2|0'), []);
  });
});
