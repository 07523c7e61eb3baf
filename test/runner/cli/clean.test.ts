import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { comparisonFolder, hideFromGit } from '../../../runner/comparison/folder.ts';
import { writePlan } from '../../../runner/comparison/plan.ts';
import { encodeEvent } from '../../../runner/protocol.ts';
import { withLock } from '../../../runner/lock.ts';
import { anneal, type Outcome } from '../../support/anneal.ts';
import { comparisonOf, wrongOn } from '../../support/comparedRuns.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const checkpointBytes = 500_000;

describe('anneal clean', () => {
  const temporary = temporaryFolder();
  const comparisons = temporary.path.bind(undefined, '.anneal');
  const clean = (...args: readonly string[]): Promise<Outcome> =>
    anneal(['clean', ...args], { cwd: temporary.path() });

  /** A comparison of two runs with three checkpoints each, as if it had been trained some days ago. */
  async function makeComparison(name: string, daysAgo: number): Promise<void> {
    const folder = comparisonFolder(comparisons(name));
    const { plan, state } = comparisonOf([wrongOn('a/b', 0, 10), wrongOn('c', 0, 10)]);
    for (const run of state.runs.keys()) {
      await mkdir(folder.checkpoints(run), { recursive: true });
      await mkdir(folder.predictions(run), { recursive: true });
      await writeFile(`${folder.predictions(run)}/epoch-2.u8`, new Uint8Array(1000));
      for (const file of ['epoch-2', 'epoch-10', 'step-2590'])
        await writeFile(
          `${folder.checkpoints(run)}/${file}.safetensors`,
          new Uint8Array(checkpointBytes),
        );
    }
    await writePlan(folder.plan, plan);
    await writeFile(folder.labels, new Uint8Array(1000));
    await writeFile(folder.report('html'), '');
    await writeFile(folder.events, `${encodeEvent(state.started)}\n`);
    const changed = new Date(2026, 4, 20 - daysAgo, 9, 5);
    await utimes(folder.events, changed, changed);
  }

  beforeEach(async () => {
    await rm(comparisons(), { recursive: true, force: true });
    await makeComparison('old', 9);
    await makeComparison('new', 1);
    await makeComparison('middle', 4);
  });

  const left = async (): Promise<readonly string[]> => (await readdir(comparisons())).sort();

  it('shows what comparisons take, the newest first, and removes nothing without being told', async () => {
    const { code, stdout, stderr } = await clean();
    assert.equal(code, 0, stderr);
    const rows = stdout.split('\n').filter((line) => line.includes('2026-05'));
    assert.deepEqual(
      rows.map((row) => row.split('│').slice(1, 4).map((cell) => cell.trim())), // prettier-ignore
      [
        ['new', '2026-05-19 09:05', '0 of 2 completed'],
        ['middle', '2026-05-16 09:05', '0 of 2 completed'],
        ['old', '2026-05-11 09:05', '0 of 2 completed'],
      ],
    );
    assert.match(rows[0]!, /│ 3\.0 MB │ 3\.0 MB │$/);
    assert.match(
      stdout,
      /^To be removed: 3 comparisons with all results; 3 could still be resumed\. This frees 9\.1 MB\.\nNothing was removed: to remove it, run this again with --yes\.\n$/m,
    );
    assert.deepEqual(await left(), ['middle', 'new', 'old']);
  });

  it('removes all but the newest with --keep and --yes', async () => {
    const { code, stdout } = await clean('--keep', '2', '--yes');
    assert.equal(code, 0);
    assert.match(stdout, /^Freed 3\.0 MB\.$/m);
    assert.deepEqual(await left(), ['middle', 'new']);
    assert.match((await clean('--keep', '2', '--yes')).stdout, /^There is nothing to remove\.$/m);
  });

  it("keeps results and each run's last checkpoints with --checkpoints-only", async () => {
    const { stdout } = await clean('--checkpoints-only', '--yes', '--keep', '1');
    assert.match(stdout, /^Freed 2\.0 MB\.$/m);
    const folder = comparisonFolder(comparisons('old'));
    assert.deepEqual((await readdir(folder.checkpoints('a/b'))).sort(), [
      'epoch-10.safetensors',
      'step-2590.safetensors',
    ]);
    for (const path of [folder.events, folder.plan, folder.labels, folder.predictions('a/b')])
      assert.ok(existsSync(path), path);
    const newest = comparisonFolder(comparisons('new'));
    assert.equal((await readdir(newest.checkpoints('a/b'))).length, 3);
  });

  it('takes the folder of one comparison too', async () => {
    await clean('.anneal/middle', '--yes');
    assert.deepEqual(await left(), ['new', 'old']);
  });

  it('leaves a comparison that is running as it is', async () => {
    const { lock } = comparisonFolder(comparisons('middle'));
    const { code, stdout } = await withLock(lock, () => clean('--yes'));
    assert.equal(code, 0);
    assert.match(stdout, /│ middle +│.*│ running │/);
    assert.deepEqual(await left(), ['middle']);
    assert.equal(
      (await readdir(comparisonFolder(comparisons('middle')).checkpoints('c'))).length,
      3,
    );
  });

  it('does not count what another comparison has too as freed', async () => {
    const [old, newer] = ['old', 'new'].map((name) =>
      comparisonFolder(comparisons(name)).checkpoints('c'),
    );
    await rm(`${newer}/epoch-10.safetensors`);
    await link(`${old}/epoch-10.safetensors`, `${newer}/epoch-10.safetensors`);
    assert.match((await clean('--keep', '2')).stdout, /This frees 2\.5 MB\./);
    assert.match((await clean()).stdout, /This frees 8\.6 MB\./);
  });

  it('removes titles and reports too, whatever their form', async () => {
    const old = comparisonFolder(comparisons('old'));
    await writeFile(old.title, 'Warm-up\n');
    await writeFile(old.report('svg'), '');
    await mkdir(`${old.report('tensorboard')}/a`, { recursive: true });
    await writeFile(`${old.report('tensorboard')}/a/events.out.tfevents.1.anneal`, '');
    await clean('--yes');
    assert.deepEqual(await left(), []);
  });

  it("touches nothing that is not Anneal's", async () => {
    const outside = temporary.path('outside.safetensors');
    await writeFile(outside, 'mine');
    await writeFile(comparisons('old', 'notes.txt'), 'mine');
    await symlink(temporary.path(), comparisons('old', 'checkpoints', 'elsewhere'));
    await mkdir(comparisons('mine'));
    await writeFile(comparisons('mine', 'events.txt'), 'mine');
    await clean('--yes');
    assert.deepEqual(await left(), ['mine', 'old']);
    assert.deepEqual((await readdir(comparisons('old'))).sort(), ['checkpoints', 'notes.txt']);
    assert.ok(existsSync(outside));
    assert.ok(existsSync(comparisons('mine', 'events.txt')));
  });

  it('removes what it cannot read, and says so before', async () => {
    await writeFile(comparisonFolder(comparisons('old')).events, 'no event\n');
    const { stdout } = await clean('--yes');
    assert.match(stdout, /│ old +│ [-\d]+ [:\d]+ │ not readable /);
    assert.deepEqual(await left(), []);
  });

  it('says where there is nothing', async () => {
    const { code, stdout } = await clean('elsewhere');
    assert.deepEqual([code, stdout], [0, 'There is no comparison in elsewhere.\n']);
  });
});

describe('The folder of the comparisons', () => {
  const temporary = temporaryFolder();

  it('is ignored by git, unless somebody has decided otherwise', async () => {
    const folder = comparisonFolder(temporary.path('.anneal', 'one'));
    await mkdir(folder.path, { recursive: true });
    await hideFromGit(folder);
    const ignored = temporary.path('.anneal', '.gitignore');
    assert.equal(await readFile(ignored, 'utf8'), '*\n');
    await writeFile(ignored, '*/checkpoints\n');
    await hideFromGit(folder);
    assert.equal(await readFile(ignored, 'utf8'), '*/checkpoints\n');
    await hideFromGit(comparisonFolder(temporary.path('here')));
    assert.ok(!existsSync(temporary.path('.gitignore')));
  });
});
