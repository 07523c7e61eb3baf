import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSchedules } from '../../../../../schedules/readSchedules.ts';
import { assertKnown, outcomeOf } from './programs.ts';

interface Case {
  readonly title: string;
  readonly program: string;
  readonly expression: string;
  /** From CPython, by write_libraries.py. */
  readonly value: number;
}

const path = new URL('../../../../fixtures/reading/libraries.json', import.meta.url);
const cases = JSON.parse(readFileSync(path, 'utf8')) as readonly Case[];

describe('configuration in Python programs, as CPython sees it', () => {
  for (const { title, program, expression, value } of cases) {
    it(title, () => {
      assertKnown(outcomeOf(program, expression), value);
    });
  }
});

/** Programs whose rate is known by its name only: by which one. */
const unknownNames: readonly (readonly [program: string, expression: string, name: string])[] = [
  [
    'import argparse\nparser = argparse.ArgumentParser()\n' +
      'parser.add_argument("--peak-lr", type=float, required=True)\nargs = parser.parse_args()',
    'args.peak_lr',
    'args.peak_lr',
  ],
  [
    'import argparse\nparser = argparse.ArgumentParser()\n' +
      'parser.add_argument("lr", type=float)\nargs = parser.parse_args()',
    'args.lr',
    'args.lr',
  ],
  [
    'from absl import flags\nFLAGS = flags.FLAGS\nflags.DEFINE_float("lr", None, "Rate.")',
    'FLAGS.lr',
    'FLAGS.lr',
  ],
  ['from absl import flags\nFLAGS = flags.FLAGS', 'FLAGS.learning_rate', 'FLAGS.learning_rate'],
  [
    'from absl import flags\nfrom ml_collections import config_flags\n' +
      'config_flags.DEFINE_config_file("config", None, "Configuration.")',
    'flags.FLAGS.config.learning_rate',
    'FLAGS.config.learning_rate',
  ],
  [
    'import ml_collections\nfrom elsewhere import cfg\nconfig = ml_collections.ConfigDict(cfg)',
    'config.lr',
    'cfg.lr',
  ],
  [
    'from omegaconf import OmegaConf\nfrom elsewhere import cfg\nconfig = OmegaConf.create(cfg)',
    'config.lr',
    'cfg.lr',
  ],
  ['import os', 'os.environ["LR"]', 'os.environ["LR"]'],
  ['import os', 'os.getenv("LR")', 'os.environ["LR"]'],
  [
    'import click\n@click.command()\n@click.option("--lr", type=float, required=True)\n' +
      'def main(lr):\n  global rate\n  rate = lr\nmain()',
    'rate',
    'lr',
  ],
  [
    'import typer\ndef main(lr: float = typer.Option(...)):\n  global rate\n  rate = lr\ntyper.run(main)',
    'rate',
    'lr',
  ],
  [
    'import tyro\nfrom dataclasses import dataclass\n@dataclass\nclass Args:\n  lr: float\n' +
      'args = tyro.cli(Args)',
    'args.lr',
    'lr',
  ],
];

describe('configuration that nothing in the code gives', () => {
  for (const [program, expression, name] of unknownNames) {
    it(`is assumed as ${name}: ${program.split('\n')[0] ?? ''}`, () => {
      const { value, assumptions } = outcomeOf(program, expression);
      assert.deepEqual(
        assumptions.map((assumption) => assumption.name),
        [name],
      );
      assert.equal(typeof value, 'number');
    });
  }
});

describe('flags of one program', () => {
  it('can be set from outside', () => {
    const text =
      'from absl import flags\nimport optax\nFLAGS = flags.FLAGS\n' +
      'flags.DEFINE_float("lr", 0.25, "Rate.")\nschedule = optax.constant_schedule(FLAGS.lr)';
    const { definitions, names } = readSchedules('flags.py', text, { 'FLAGS.lr': '0.5' });
    assert.equal(definitions[0]?.schedule?.schedule(0), 0.5);
    assert.ok(names.includes('FLAGS.lr'));
  });

  it('are not there for the next one', () => {
    const define = 'from absl import flags\nflags.DEFINE_float("only_here", 0.5, "Rate.")';
    const expression = 'flags.FLAGS.only_here';
    assertKnown(outcomeOf(define, expression), 0.5);
    const { assumptions } = outcomeOf('from absl import flags', expression);
    assert.deepEqual(
      assumptions.map(({ name }) => name),
      ['FLAGS.only_here'],
    );
  });
});
