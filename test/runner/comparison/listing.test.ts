import assert from 'node:assert/strict';
import { appendFile, cp, mkdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { listComparisons } from '../../../runner/comparison/listing.ts';
import { writePlan } from '../../../runner/comparison/plan.ts';
import { writeTitle } from '../../../runner/comparison/title.ts';
import { withLock } from '../../../runner/lock.ts';
import { encodeEvent, type ComparisonEvent } from '../../../runner/protocol.ts';
import { comparisonOf, seeded, wrongOn, type TrainedRun } from '../../support/comparedRuns.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const diverged: TrainedRun = { run: 'a', epochs: [[9e9, 0.1]], failed: 'The loss is NaN.' };

describe('The list of comparisons', function () {
  this.timeout(60_000);
  const temporary = temporaryFolder();
  const paths = temporary.path.bind(undefined, '.anneal');

  beforeEach(() => rm(paths(), { recursive: true, force: true }));

  /** A comparison as if it had been trained some days ago. */
  async function make(name: string, runs: readonly TrainedRun[], daysAgo = 1): Promise<void> {
    const folder = comparisonFolder(paths(name));
    const { plan, events } = comparisonOf(runs, { comparison: name });
    await writePlan(folder.plan, plan);
    await writeFile(folder.events, events.map((event) => `${encodeEvent(event)}\n`).join(''));
    const started = new Date(2026, 4, 20 - daysAgo);
    await utimes(folder.plan, started, started);
  }

  const listed = async (name: string) => {
    const found = (await listComparisons(paths())).find(({ comparison }) => comparison === name);
    assert.ok(found, name);
    return found;
  };

  it('has the newest first, each with its best schedule, and what it takes', async () => {
    await make('old', [seeded('a', 0, 0.8), seeded('a', 1, 0.9), seeded('b', 0, 0.7)], 5);
    await make('new', [wrongOn('one', 0, 1000)], 2);
    const [first, second, ...others] = await listComparisons(paths());
    assert.deepEqual(others, []);
    const size = async (name: string): Promise<number> => {
      const { plan, events } = comparisonFolder(paths(name));
      return (await readFile(plan)).length + (await readFile(events)).length;
    };
    assert.deepEqual(first, {
      folder: paths('new'),
      comparison: 'new',
      title: 'new',
      started: new Date(2026, 4, 18).getTime(),
      status: 'completed',
      problem: null,
      schedules: 1,
      runs: 1,
      epochs: 3,
      best: { schedule: 'one', accuracy: 0.9 },
      bytes: await size('new'),
    });
    assert.equal(second?.comparison, 'old');
    assert.deepEqual([second.schedules, second.runs], [2, 3]);
    assert.equal(second.best?.schedule, 'a');
    assert.ok(Math.abs(second.best.accuracy - 0.85) < 1e-12);
  });

  it('tells how each stands', async () => {
    await make('failed', [wrongOn('b', 0, 10), diverged]);
    await make('stopped', [{ ...wrongOn('a', 0, 10), stopped: true }]);
    await make('begun', [wrongOn('a', 0, 10)]);
    await rm(comparisonFolder(paths('begun')).events);
    assert.equal((await listed('failed')).status, 'failed');
    assert.equal((await listed('stopped')).status, 'stopped');
    const begun = await listed('begun');
    assert.deepEqual([begun.status, begun.runs, begun.best], ['stopped', 1, null]);
    await withLock(comparisonFolder(paths('stopped')).lock, async () => {
      assert.equal((await listed('stopped')).status, 'training');
    });
  });

  it('has those too that cannot be read, with why', async () => {
    await make('good', [wrongOn('a', 0, 10)]);
    await make('bad journal', [wrongOn('a', 0, 10)]);
    const { events } = comparisonFolder(paths('bad journal'));
    await writeFile(events, `${await readFile(events, 'utf8')}{"type":"dance"}\n`);
    await make('bad plan', [wrongOn('a', 0, 10)]);
    await truncate(comparisonFolder(paths('bad plan')).plan, 100);
    await make('no plan', [wrongOn('a', 0, 10)]);
    await rm(comparisonFolder(paths('no plan')).plan);
    await mkdir(paths('something else'));
    await writeFile(paths('file'), '');

    const problems = (await listComparisons(paths())).map(
      ({ comparison, status, problem }) => `${comparison}: ${status}, ${problem}`,
    );
    assert.deepEqual(problems.sort(), [
      `bad journal: damaged, ${events} is damaged in line 6; it is not an event.`,
      `bad plan: damaged, ${paths('bad plan', 'plan.json')} is damaged: it is not the plan of a comparison.`,
      'good: completed, null',
      `no plan: damaged, ${paths('no plan', 'plan.json')} cannot be read; is this the folder of a comparison?`,
    ]);
  });

  it('calls them by the titles that people have given them', async () => {
    await make('a', [wrongOn('a', 0, 10)]);
    const folder = comparisonFolder(paths('a'));
    await writeTitle(folder, '  Warm-up\nor <b>not</b>?  ');
    assert.equal((await listed('a')).title, 'Warm-up or <b>not</b>?');
    await writeTitle(folder, '');
    assert.equal((await listed('a')).title, 'a');
    await assert.rejects(
      writeTitle(folder, 'x'.repeat(201)),
      /has 201 characters; use at most 200/,
    );
    await rm(paths('a'), { recursive: true });
    await assert.rejects(
      writeTitle(folder, 'gone'),
      /is not the folder of a comparison any more\.$/,
    );
  });

  it('follows a journal that grows', async () => {
    await make('a', [{ ...wrongOn('a', 0, 1000), stopped: true }]);
    assert.equal((await listed('a')).best, null);
    const end: ComparisonEvent = {
      type: 'runCompleted',
      run: 'a',
      accuracy: 0.9,
      seconds: 3,
      reused: false,
    };
    await appendFile(comparisonFolder(paths('a')).events, `${encodeEvent(end)}\n{"type":"torn`);
    assert.deepEqual((await listed('a')).best, { schedule: 'a', accuracy: 0.9 });
  });

  it('does not look into steps, which nearly all of a journal is: 200 are listed in seconds', async () => {
    await make('c0', [wrongOn('a', 0, 1000)]);
    const { events } = comparisonFolder(paths('c0'));
    const [start = '', ...others] = (await readFile(events, 'utf8')).split(/(?<=\n)/);
    const steps = `{"type":"stepsCompleted","run":"a",${'1.2345678,'.repeat(100)}}\n`;
    await writeFile(events, start + steps.repeat(1000) + others.join(''));
    for (let i = 1; i < 200; i++) await cp(paths('c0'), paths(`c${i}`), { recursive: true });
    const begin = process.cpuUsage();
    const all = await listComparisons(paths());
    const { user, system } = process.cpuUsage(begin);
    assert.equal(all.length, 200);
    assert.ok(all.every(({ best }) => best?.accuracy === 0.9));
    assert.ok((user + system) / 1e6 < 5, `${(user + system) / 1e6} s`);
  });

  it('is empty where there is no folder, and an error where it is none', async () => {
    assert.deepEqual(await listComparisons(paths('nowhere')), []);
    await mkdir(paths(), { recursive: true });
    await writeFile(paths('file'), '');
    await assert.rejects(listComparisons(paths('file')), /cannot be read; is it a folder of comp/);
  });
});
