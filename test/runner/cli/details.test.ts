import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { decodeEvent } from '../../../runner/protocol.ts';
import { anneal, startAnneal } from '../../support/anneal.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { constant, linear, scheduleFile } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const file = scheduleFile({
  training: { train_examples: 8, test_examples: 8, batch_size: 8, epochs: 15 },
  schedules: [constant('warm-up, then cosine', 1e-4), linear('warm-up', 1e-4, 8)],
});

describe('the program anneal', () => {
  const folder = temporaryFolder();
  let options: string[] = [];

  before(async () => {
    await writeFile(folder.path('a.schedules.json'), file);
    options = ['a.schedules.json', '--engine', 'wasm', '--data', await fashionMnistFolder()];
  });

  it('runs by a link to it, as npm makes one for its bin', async function () {
    if (process.platform === 'win32') return this.skip();
    const link = folder.path('anneal');
    await symlink(fileURLToPath(new URL('../../../dist/cli.js', import.meta.url)), link);
    const { stdout } = await promisify(execFile)(link, ['--version']);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('sends at most ten messages of steps a second, and steps before their epoch', async () => {
    const only = ['--only', 'warm-up, then cosine', '--json'];
    const { stdout } = await anneal(['compare', ...options, ...only], { cwd: folder.path() });
    const events = stdout.trim().split('\n').map(decodeEvent);
    const completed = events.find((event) => event.type === 'runCompleted');
    const messages = events.filter((event) => event.type === 'stepsCompleted');
    assert.ok(messages.length <= 10 * completed!.seconds + 1, String(messages.length));
    let steps = 0;
    for (const event of events) {
      if (event.type === 'stepsCompleted') steps += event.losses.length;
      if (event.type === 'epochCompleted') assert.equal(steps, event.epoch);
    }
    assert.equal(steps, 15);
  });

  it('takes a schedule by a name with a comma in it', async () => {
    for (const [only, runs] of [
      ['warm-up, then cosine', ['warm-up, then cosine']],
      ['warm-up, warm-up, then cosine', ['warm-up, then cosine', 'warm-up']],
    ] as const) {
      const args = ['compare', ...options, '--epochs', '1', '--json', '--only', only];
      const { stdout, code } = await anneal(args, { cwd: folder.path() });
      const started = decodeEvent(stdout.split('\n')[0]!);
      assert.ok(started.type === 'comparisonStarted' && code === 0);
      assert.deepEqual(
        started.runs.map(({ run }) => run),
        runs,
      );
    }
  });

  it('stops, resumable, where nobody reads its events any more', async () => {
    const args = ['compare', ...options, '--epochs', '5000', '--json'];
    const running = startAnneal(args, { cwd: folder.path() });
    running.child.stdout.once('data', () => running.child.stdout.destroy());
    assert.equal((await running.outcome).code, 130);
  });
});
