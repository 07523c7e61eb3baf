import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { startAnneal, type RunningAnneal } from '../../support/anneal.ts';
import { resultsIn } from '../../support/comparisons.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { childrenOf, remaining } from '../../support/processes.ts';
import { constant, linear, scheduleFile } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const kills = 25;

/** Uniform in 0 to 1, the same in every run of the test (Park and Miller's generator). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

describe(`A comparison whose processes are killed at ${kills} random moments`, function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const random = randomNumbers(20221);
  let args: readonly string[] = [];

  before(async function () {
    // Only Linux tells a process's children.
    if (process.platform !== 'linux') return this.skip();
    const text = scheduleFile({
      training: {
        train_examples: 512,
        test_examples: 64,
        batch_size: 16,
        epochs: 3,
        optimizer: 'adam',
      },
      schedules: [
        constant('steady', 1e-3),
        constant('slow', 1e-4),
        linear('falling', 2e-3, 96),
        linear('short', 1e-3, 20),
      ],
    });
    await writeFile(folder.path('a.schedules.json'), text);
    args = [
      'compare',
      'a.schedules.json',
      '--engine',
      'wasm',
      '--data',
      await fashionMnistFolder(),
    ];
  });

  const start = (output: string): RunningAnneal => {
    const isBegun = existsSync(comparisonFolder(folder.path(output)).plan);
    const what = isBegun
      ? ['compare', '--resume', output, ...args.slice(2)]
      : [...args, '--output', output];
    return startAnneal([...what, '--checkpoint-every', '1'], { cwd: folder.path() });
  };

  /** Kills the program or one of its workers after a while; whether there was anything to kill. */
  const killSomething = async ({ child, outcome }: RunningAnneal): Promise<boolean> => {
    const ended = outcome.then(() => true);
    if (await Promise.race([ended, setTimeout(100 + 2000 * random(), false)])) return false;
    const workers = await childrenOf(child.pid!).catch(() => []);
    const victim = random() < 0.5 ? undefined : workers[Math.floor(random() * workers.length)];
    if (victim !== undefined) return process.kill(victim, 'SIGKILL');
    if (!child.kill('SIGKILL')) return false;
    await outcome;
    assert.deepEqual(await remaining(workers), [], 'workers that outlive the program');
    return true;
  };

  it('ends with the results of an undisturbed one, bit for bit', async () => {
    await mkdir(folder.path('undisturbed'));
    const undisturbed = await start('undisturbed/a').outcome;
    assert.equal(undisturbed.code, 0, undisturbed.stderr);
    const expected = await resultsIn(folder.path('undisturbed/a'));

    let killed = 0;
    for (let comparison = 0; killed < kills; comparison++) {
      // In a folder of its own, so that nothing is there to be reused.
      const output = `disturbed-${comparison}/a`;
      let running = start(output);
      let code: number | null = null;
      while (code !== 0) {
        if (killed < kills && (await killSomething(running))) killed++;
        if (running.child.exitCode === null && running.child.signalCode === null && killed < kills)
          continue;
        ({ code } = await running.outcome);
        if (code !== 0) running = start(output);
      }
      assert.deepEqual(await resultsIn(folder.path(output)), expected);
    }
  });
});
