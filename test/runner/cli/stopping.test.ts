import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { readJournal } from '../../../runner/comparison/journal.ts';
import { readPlan } from '../../../runner/comparison/plan.ts';
import { decodeSafetensors } from '../../../runner/training/safetensors.ts';
import { startAnneal, type RunningAnneal } from '../../support/anneal.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { childrenOf, remaining } from '../../support/processes.ts';
import { constant, scheduleFile, tinyTraining } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

describe('anneal compare that is stopped', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  before(async function () {
    // Only Linux tells a process's children.
    if (process.platform !== 'linux') return this.skip();
    const training = { ...tinyTraining, epochs: 1000 };
    const names = ['first', 'second', 'third', 'fourth'];
    const schedules = names.map((name) => constant(name, 1e-4));
    await writeFile(folder.path('a.schedules.json'), scheduleFile({ training, schedules }));
  });

  const start = async (output: string, ...more: readonly string[]): Promise<RunningAnneal> => {
    const data = await fashionMnistFolder();
    const options = ['--engine', 'wasm', '--parallel', '2', '--data', data, '--output', output];
    return startAnneal(['compare', 'a.schedules.json', '--json', '--fresh', ...options, ...more], {
      cwd: folder.path(),
    });
  };

  /** Waits until the events of a comparison have told something. */
  const told = ({ child }: RunningAnneal, pattern: RegExp): Promise<void> =>
    new Promise((resolve) => {
      let text = '';
      child.stdout.on('data', (more: string) => {
        text += more;
        if (pattern.test(text)) resolve();
      });
    });

  const bothTrained =
    /"epochCompleted".*"first"[^]*"epochCompleted".*"second"|"epochCompleted".*"second"[^]*"epochCompleted".*"first"/;

  it('by Ctrl-C keeps what was trained and tells how to go on, and no worker is left', async () => {
    const running = await start("it's here");
    await told(running, bothTrained);
    const workers = await childrenOf(running.child.pid!);
    assert.equal(workers.length, 2);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.outcome;
    assert.equal(
      stderr,
      'Stopping after this step; press Ctrl-C again to end at once.\n' +
        "Stopped; what was trained is kept. To go on: anneal compare --resume 'it'\\''s here'\n",
    );
    assert.equal(code, 130);
    assert.deepEqual(await remaining(workers), []);

    const paths = comparisonFolder(folder.path("it's here"));
    const events = await readJournal(paths.events);
    assert.deepEqual(
      (await readPlan(paths.plan)).runs.map(({ run }) => run),
      ['first', 'second', 'third', 'fourth'],
    );
    assert.equal(events.at(-1)?.type, 'comparisonStopped');
    for (const run of ['first', 'second']) {
      const ofRun = events.filter((event) => 'run' in event && event.run === run);
      assert.deepEqual(ofRun.at(-1), { type: 'runStopped', run });
      const steps = ofRun.reduce(
        (sum, event) => sum + (event.type === 'stepsCompleted' ? event.losses.length : 0),
        0,
      );
      const name = steps % 4 === 0 ? `epoch-${steps / 4}` : `step-${steps}`;
      const bytes = await readFile(`${paths.checkpoints(run)}/${name}.safetensors`);
      assert.equal(decodeSafetensors(bytes).metadata['step'], String(steps));
      const epochs = ofRun.filter(({ type }) => type === 'epochCompleted').length;
      assert.equal(epochs, Math.floor(steps / 4));
    }
    const files = await readdir(folder.path("it's here"), { recursive: true });
    assert.deepEqual(
      files.filter((name) => /third|fourth|\.tmp/.test(name)),
      [],
    );
  });

  it('by SIGTERM ends just so', async () => {
    const running = await start('terminated');
    await told(running, /"stepsCompleted"/);
    const workers = await childrenOf(running.child.pid!);
    running.child.kill('SIGTERM');
    const { code, stderr } = await running.outcome;
    assert.match(stderr, /To go on: anneal compare --resume terminated\n$/);
    assert.equal(code, 130);
    assert.deepEqual(await remaining(workers), []);
  });

  it('by SIGKILL leaves no worker behind, and a journal that can be read', async () => {
    const running = await start('killed');
    await told(running, bothTrained);
    const workers = await childrenOf(running.child.pid!);
    assert.equal(workers.length, 2);
    running.child.kill('SIGKILL');
    await running.outcome;
    assert.deepEqual(await remaining(workers), []);
    const events = await readJournal(comparisonFolder(folder.path('killed')).events);
    assert.ok(events.filter(({ type }) => type === 'epochCompleted').length >= 2);
  });

  it('by SIGKILL in the midst of a long step leaves no worker behind either', async () => {
    const long = ['--train-examples', '2048', '--batch-size', '2048', '--parallel', '1'];
    const running = await start('long step', ...long);
    await told(running, /"runStarted"/);
    const workers = await childrenOf(running.child.pid!);
    assert.equal(workers.length, 1);
    await setTimeout(2000);
    running.child.kill('SIGKILL');
    await running.outcome;
    assert.deepEqual(await remaining(workers), []);
  });

  it('by a second Ctrl-C ends at once, without its workers, and goes on when it is resumed', async () => {
    const long = ['--train-examples', '1024', '--batch-size', '512', '--parallel', '1'];
    const running = await start('at once', ...long);
    await told(running, /"stepsCompleted"/);
    const workers = await childrenOf(running.child.pid!);
    running.child.kill('SIGINT');
    await setTimeout(400);
    running.child.kill('SIGINT');
    const { code } = await running.outcome;
    assert.equal(code, 130);
    assert.deepEqual(await remaining(workers), []);

    const data = ['--data', await fashionMnistFolder()];
    const resumed = startAnneal(['compare', '--resume', 'at once', '--json', ...data], {
      cwd: folder.path(),
    });
    await told(resumed, /"comparisonResumed"[^]*"stepsCompleted"/);
    resumed.child.kill('SIGINT');
    assert.equal((await resumed.outcome).code, 130);
  });
});
