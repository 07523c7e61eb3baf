import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { anneal, startAnneal } from '../../support/anneal.ts';
import { constant, scheduleFile } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const commands = {
  curves: ['--at', '--steps', '--set', '--json', '--svg'],
  check: ['--json'],
  compare: [
    ...['--only', '--set', '--epochs', '--batch-size', '--train-examples', '--test-examples'],
    ...[
      '--seed',
      '--seeds',
      '--shuffle',
      '--loss-reduction',
      '--engine',
      '--parallel',
      '--data',
      '--output',
      '--fresh',
    ],
    ...['--json', '--resume'],
  ],
  engines: ['--json'],
  report: ['--format'],
  clean: ['--keep', '--checkpoints-only', '--yes'],
};

/** What cannot be meant so, with what the sentence about it says. */
const wrongUsage: readonly (readonly [args: string, says: RegExp])[] = [
  ['frobnicate', /unknown command 'frobnicate'/],
  ['curve a.schedules.json', /Did you mean curves/],
  ['curves', /missing required argument 'FILE'/],
  ['curves a.schedules.json b.schedules.json', /too many arguments/],
  ['curves a.schedules.json --jsn', /Did you mean --json/],
  ['curves a.schedules.json --steps 0', /'0' is invalid. give a whole number from 1 on/],
  ['curves a.schedules.json --steps 1.5', /'1.5' is invalid. give a whole number/],
  ['curves a.schedules.json --steps', /argument missing/],
  ['curves a.schedules.json --at 1,,2', /'1,,2' is invalid. give a whole number from 0 on/],
  ['curves a.schedules.json --at -1', /give a whole number from 0 on|argument missing/],
  ['curves a.schedules.json --set peak', /give it as NAME=VALUE, such as --set epochs=1/],
  ['curves a.schedules.json --set peak=', /the value is not a Python expression of numbers/],
  ['curves a.schedules.json --set pek=1', /no name 'pek'; its names are peak, begin/],
  ['curves a.schedules.json --json --svg pictures', /cannot be used with/],
  ['check', /missing required argument 'FILE'/],
  ['compare', /needs a file with schedules/],
  ['compare a.schedules.json --epochs 0', /'0' is invalid. give a whole number from 1 on/],
  ['compare a.schedules.json --epochs NaN', /'NaN' is invalid. give a whole number from 1 on/],
  ['compare a.schedules.json --batch-size -5', /'-5' is invalid. give a whole number/],
  ['compare a.schedules.json --seeds 0', /--seeds/],
  ['clean --keep -1', /--keep/],
  ['compare a.schedules.json --seed x', /'x' is invalid. give a whole number from 0 on/],
  ['compare a.schedules.json --engine cuda', /Allowed choices are auto, tensorflow, webgpu, wasm/],
  ['compare a.schedules.json --loss-reduction max', /Allowed choices are sum, mean/],
  ['compare a.schedules.json --only a,,b', /give names with commas between/],
  ['compare a.schedules.json --only b', /there is no such schedule; there are a\./],
  ['compare a.schedules.json --set x=1', /no name 'x'/],
  ['engines install pytorch', /Allowed choices are tensorflow/],
  ['report', /missing required argument 'DIR'/],
  ['report . --format pdf', /--format pdf: there are html, md, csv, json/],
];

describe('anneal', () => {
  const folder = temporaryFolder();

  before(async () => {
    const names = { peak: 0.1, begin: '1 / peak' };
    const text = scheduleFile({ names, schedules: [constant('a', 'peak')] });
    await writeFile(folder.path('a.schedules.json'), text);
    await mkdir(folder.path('empty'));
  });

  it('tells its version and, for every command, all that can be given', async () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    assert.equal((await anneal(['--version'])).stdout, `${version}\n`);
    const help = await anneal(['--help']);
    assert.equal(help.code, 0);
    for (const [command, options] of Object.entries(commands)) {
      assert.match(help.stdout, new RegExp(`^  ${command} `, 'm'));
      const { code, stdout } = await anneal([command, '--help']);
      assert.equal(code, 0);
      for (const option of options) assert.ok(stdout.includes(option), `${command} ${option}`);
    }
  });

  it('shows its help to who calls it with nothing, as wrong usage', async () => {
    const { code, stdout, stderr } = await anneal([]);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^Usage: anneal/);
  });

  for (const [args, says] of wrongUsage) {
    it(`ends with exit code 2 and a sentence: anneal ${args}`, async () => {
      const { code, stdout, stderr } = await anneal(args.split(' '), { cwd: folder.path() });
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /\n\s+at /, 'a stack trace');
      assert.ok(stderr.trimEnd().split('\n').length <= 3, stderr);
      assert.equal(stdout, '');
      assert.equal(code, 2);
    });
  }

  it('shows a stack trace to who asks for it, before and behind the command', async () => {
    for (const args of [
      ['--verbose', 'report', 'empty'],
      ['report', 'empty', '--verbose'],
    ]) {
      const { code, stderr } = await anneal(args, { cwd: folder.path() });
      assert.match(stderr, /cannot be read; is this the folder of a comparison\?\n\s+at /);
      assert.equal(code, 1);
    }
  });

  it('does not mind a reader who has seen enough', async () => {
    const args = ['curves', 'a.schedules.json', '--json', '--steps', '500000'];
    const { child, outcome } = startAnneal(args, { cwd: folder.path() });
    child.stdout.once('data', () => child.stdout.destroy());
    const { code, stderr } = await outcome;
    assert.equal(stderr, '');
    assert.equal(code, 0);
  });
});
