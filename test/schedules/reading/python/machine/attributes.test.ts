import assert from 'node:assert/strict';
import { program, rateAt, read } from '../readProgram.ts';

/** The rate of the only schedule, and what is assumed for it. */
function rateOf(
  ...lines: readonly string[]
): readonly [unknown, Readonly<Record<string, unknown>>] {
  const { definitions } = read(program(...lines));
  const [{ schedule, assumptions } = assert.fail()] = definitions;
  return [
    rateAt(schedule, 0),
    Object.fromEntries(assumptions.map(({ name, value }) => [name, value])),
  ];
}

const settings = (...body: readonly string[]): readonly string[] => [
  'class Settings:',
  '    lr = 0.5',
  '    def __init__(self, **kwargs):',
  ...body.map((line) => `        ${line}`),
];

describe('The attributes of an instance', () => {
  it('are what is written into its dict', () => {
    for (const body of [
      'self.__dict__.update(kwargs)',
      'self.__dict__ = kwargs',
      'self.__dict__ = dict(self.__dict__, **kwargs)',
      'vars(self)["lr"] = kwargs["lr"]',
      'self.__dict__["lr"] = kwargs["lr"]',
      'self.__dict__.setdefault("lr", kwargs["lr"])',
      'for name, value in kwargs.items(): setattr(self, name, value)',
    ]) {
      const lines = [...settings(body), 's = optax.constant_schedule(Settings(lr=0.25).lr)'];
      assert.deepEqual(rateOf(...lines), [0.25, {}], body);
    }
  });

  it('are in its dict whatever way they are written', () => {
    const lines = [
      ...settings('self.rate = 1.0'),
      'a = Settings()',
      'd = vars(a)',
      'a.rate = 0.25',
      's = optax.constant_schedule(d["rate"])',
    ];
    assert.deepEqual(rateOf(...lines), [0.25, {}]);
  });

  it('do not change with copies of its dict', () => {
    const lines = [
      ...settings('self.rate = 0.5'),
      'a = Settings()',
      'd = dict(vars(a))',
      'd["rate"] = 0.25',
      'vars(a).copy()["rate"] = 0.25',
      's = optax.constant_schedule(a.rate)',
    ];
    assert.deepEqual(rateOf(...lines), [0.5, {}]);
  });

  it('are assumed to be those of the class where it is not known what is written', () => {
    for (const write of [
      'a.__dict__.update(unknown)',
      'vars(a)[unknown] = 1.0',
      'for name, value in unknown: setattr(a, name, value)',
    ]) {
      const lines = [...settings('pass'), 'a = Settings()', write];
      assert.deepEqual(
        rateOf(...lines, 's = optax.constant_schedule(a.lr)'),
        [0.5, { 'a.lr': 0.5 }],
        write,
      );
    }
  });
});
