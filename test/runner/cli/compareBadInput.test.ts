import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { readJournal } from '../../../runner/comparison/journal.ts';
import { anneal } from '../../support/anneal.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { constant, linear, scheduleFile, tinyTraining } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { tinyDisk } from '../../support/tinyDisk.ts';

const good = scheduleFile({ training: tinyTraining, schedules: [constant('a', 1e-4)] });

interface BadInput {
  readonly text: string;
  readonly args?: readonly string[];
  /** What stderr says, warnings of the file included. */
  readonly says: RegExp;
}

const badInputs: Readonly<Record<string, BadInput>> = {
  'a file with errors': {
    text: scheduleFile({
      schedules: [linear('a', 1, 0.5), { ...constant('b', 1), function: 'c' }],
    }),
    says: /^a\.schedules\.json:14:19: error unknown-function: .*\n$/,
  },
  'a file without schedules': {
    text: scheduleFile({ schedules: [] }),
    says: /warning no-schedules: .*\nThere is no schedule to compare\.\n$/,
  },
  'NaN rates': {
    text: scheduleFile({ training: tinyTraining, schedules: [constant('a', "float('nan')")] }),
    says: /\nThe rate of 'a' is NaN at step 0: change its arguments, or leave it out with --only\.\n$/,
  },
  'zero epochs': {
    text: scheduleFile({ training: { epochs: 0 }, schedules: [constant('a', 1)] }),
    says: /error wrong-type: training\.epochs: must be a whole number from 1 on, got 0\.\n$/,
  },
  'more epochs than anyone can wait for': {
    text: good,
    args: ['--epochs', '1000000000'],
    says: /^1000000000 epochs are 4000000000 steps; .*: train for fewer epochs\.\n$/,
  },
  'a batch larger than the data': {
    text: good,
    args: ['--batch-size', '257'],
    says: /^A batch of 257 is more than the 256 images to train on; give a smaller --batch-size\.\n$/,
  },
  'more images than there are': {
    text: good,
    args: ['--test-examples', '10001'],
    says: /^--test-examples 10001 is too many: there are 10000 test images\.\n$/,
  },
  'a folder without the data': {
    text: good,
    args: ['--data', 'empty'],
    says: /^--data empty: .*empty.* Give a folder that holds Fashion-MNIST: .*\n$/,
  },
  'data that is not there': {
    text: good,
    args: ['--data', 'nowhere'],
    says: /^--data nowhere: .*nowhere does not exist\. Give a folder that holds Fashion-MNIST: .*\n$/,
  },
  'an output that is below a file': {
    text: good,
    args: ['--output', 'a.schedules.json/deeper'],
    says: /^a\.schedules\.json\/deeper cannot be written: a file is where a folder should be; name another folder\.\n$/,
  },
  'an engine that is not there': {
    text: good,
    args: ['--engine', 'webgpu'],
    says: /^Engine webgpu is not used: .*\n$/,
  },
};

describe('anneal compare', () => {
  const folder = temporaryFolder();
  let data: string;

  const compare = async (text: string, ...args: readonly string[]) => {
    await writeFile(folder.path('a.schedules.json'), text);
    const options = ['--engine', 'wasm', '--data', data, '--output', 'out', ...args];
    return anneal(['compare', 'a.schedules.json', ...options], { cwd: folder.path() });
  };

  before(async () => {
    data = await fashionMnistFolder();
    await mkdir(folder.path('empty'));
  });

  for (const [what, { text, args = [], says }] of Object.entries(badInputs)) {
    it(`refuses ${what} in one sentence, and leaves nothing behind`, async () => {
      const { code, stdout, stderr } = await compare(text, ...args);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /\n\s+at /, 'a stack trace');
      assert.equal(stdout, '');
      assert.equal(code, 1);
      assert.ok(!existsSync(folder.path('out')));
    });
  }

  it('tells the schedules of two files apart that have one name', async () => {
    await writeFile(folder.path('b.schedules.json'), good);
    const { code, stderr } = await compare(good, 'b.schedules.json', '--only', 'a');
    assert.equal(
      stderr,
      '--only a: there is no such schedule; there are a.schedules.json: a, b.schedules.json: a.\n',
    );
    assert.equal(code, 2);
  });

  it('leaves no file on a disk that is full from the start', async function () {
    const disk = tinyDisk(8);
    if (!disk) return this.skip();
    try {
      await writeFile(`${disk.path}/other`, Buffer.alloc(4096));
      const long = scheduleFile({
        training: { ...tinyTraining, epochs: 500 },
        schedules: [constant('a', 1 / 3)],
      });
      const { code, stderr } = await compare(long, '--output', `${disk.path}/out`);
      assert.match(
        stderr,
        /\/out\/\w+\.\w+ cannot be written: the disk is full; make room and run again\.\n$/,
      );
      assert.equal(code, 1);
      assert.deepEqual(await readdir(`${disk.path}/out`), []);
    } finally {
      disk.remove();
    }
  });

  it('stops where the disk is full for its weights, and goes on once there is room', async function () {
    const disk = tinyDisk(256);
    if (!disk) return this.skip();
    try {
      const output = `${disk.path}/out`;
      const { code, stdout, stderr } = await compare(good, '--output', output);
      assert.match(stdout, /^a: stopped$/m);
      assert.match(
        stderr,
        /^\S+epoch-1\.safetensors cannot be written: the disk is full; make room and run again\.\nTo go on: anneal compare --resume \S+\/out\n$/,
      );
      assert.equal(code, 1);
      const files = await readdir(output, { recursive: true });
      assert.deepEqual(files.filter((name) => /safetensors|tmp|lock/.test(name)).sort(), []);

      disk.resize(4096);
      const resumed = await anneal(['compare', '--resume', output, '--data', data]);
      assert.equal(resumed.code, 0, resumed.stderr);
      const events = await readJournal(`${output}/events.jsonl`);
      assert.equal(events.at(-1)?.type, 'comparisonCompleted');
      const epochs = events.filter(({ type }) => type === 'epochCompleted');
      assert.equal(epochs.length, tinyTraining.epochs);
    } finally {
      disk.remove();
    }
  });

  it('stops where the disk is full for its events, which can be read up to there', async function () {
    const disk = tinyDisk(16);
    if (!disk) return this.skip();
    try {
      const output = `${disk.path}/out`;
      const long = scheduleFile({
        training: { ...tinyTraining, batch_size: 2, epochs: 1 },
        schedules: [constant('a', 1e-4)],
      });
      const { code, stderr } = await compare(long, '--output', output);
      assert.match(
        stderr,
        /^\S+\/out\/events\.jsonl cannot be written: the disk is full; make room and run again\.\nTo go on: anneal compare --resume \S+\/out\n$/,
      );
      assert.equal(code, 1);
      const [first] = await readJournal(`${output}/events.jsonl`);
      assert.equal(first?.type, 'comparisonStarted');
      assert.ok((await readFile(`${output}/plan.json`, 'utf8')).endsWith('}\n'));
    } finally {
      disk.remove();
    }
  });
});
