import assert from 'node:assert/strict';
import { cp, mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { findEngine } from '../../../runner/engines/engines.ts';
import { anneal, startAnneal, type Surroundings } from '../../support/anneal.ts';
import { eventsIn, ofType, resultsIn } from '../../support/comparisons.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { constant, linear, scheduleFile } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { tinyDisk } from '../../support/tinyDisk.ts';

/** The epochs' losses of what `resultsIn` gives. */
const lossesOf = (results: unknown): readonly number[] =>
  (results as { losses: readonly number[] }[]).flatMap(({ losses }) => losses);

describe('anneal compare --resume', function () {
  this.timeout(240_000);
  const folder = temporaryFolder();
  let options: readonly string[] = [];
  let expected: unknown;

  const resume = (path: string, args: readonly string[] = [], surroundings?: Surroundings) =>
    anneal(['compare', '--resume', path, ...options, ...args], {
      cwd: folder.path(),
      ...surroundings,
    });

  before(async () => {
    options = ['--data', await fashionMnistFolder()];
    const text = scheduleFile({
      training: {
        train_examples: 480,
        test_examples: 64,
        batch_size: 16,
        epochs: 2,
        optimizer: { function: 'sgd', args: { momentum: 0.9 } },
      },
      schedules: [constant('steady', 1e-4), linear('falling', 2e-4, 60)],
    });
    await writeFile(folder.path('a.schedules.json'), text);
    const compare = ['compare', 'a.schedules.json', '--engine', 'wasm', ...options];
    await mkdir(folder.path('whole'));
    const whole = await anneal([...compare, '--output', 'whole/a'], { cwd: folder.path() });
    assert.equal(whole.code, 0, whole.stderr);
    expected = await resultsIn(folder.path('whole/a'));

    // Stopped within the second epoch of a run: each test goes on with a copy.
    await mkdir(folder.path('stopped'));
    const running = startAnneal(
      [...compare, '--output', 'stopped/a', '--json', '--checkpoint-every', '1'],
      { cwd: folder.path() },
    );
    await new Promise<void>((resolve) => {
      let text = '';
      running.child.stdout.on('data', (more: string) => {
        text += more;
        if (/"epochCompleted"[^]*"firstStep":(3[3-9]|4\d)/.test(text)) resolve();
      });
    });
    running.child.kill('SIGINT');
    assert.equal((await running.outcome).code, 130);
  });

  /** A copy of the stopped comparison in a folder where nothing else is. */
  const stopped = async (name: string): Promise<string> => {
    await cp(folder.path('stopped/a'), folder.path(name, 'a'), { recursive: true });
    return `${name}/a`;
  };

  it('goes on at the very step, and ends as if it had never been stopped, bit for bit', async () => {
    const path = await stopped('same');
    const before = await eventsIn(folder.path(path));
    const { code, stdout, stderr } = await resume(path, ['--json']);
    assert.equal(code, 0, stderr);
    assert.deepEqual(await resultsIn(folder.path(path)), expected);

    const events = await eventsIn(folder.path(path));
    const file = await readFile(comparisonFolder(folder.path(path)).events, 'utf8');
    assert.equal(stdout, file, 'what was told before, then what is new');
    assert.equal(events[before.length]?.type, 'comparisonResumed');
    const told = ofType(before, 'stepsCompleted');
    const started = ofType(events.slice(before.length), 'runStarted');
    const within = started.filter(({ fromStep }) => fromStep % 30 !== 0);
    assert.ok(within.length > 0, 'a run goes on within an epoch');
    for (const { run, fromStep, fromEpoch } of started) {
      const last = told.findLast((event) => event.run === run);
      assert.equal(fromStep, (last?.firstStep ?? 0) + (last?.losses.length ?? 0));
      assert.equal(fromEpoch, Math.floor(fromStep / 30) + 1);
    }
    const epochs = ofType(events, 'epochCompleted').map(({ run, epoch }) => `${run} ${epoch}`);
    assert.equal(new Set(epochs).size, epochs.length, 'an epoch that is told twice');
    const files = await readdir(folder.path(path), { recursive: true });
    assert.deepEqual(
      files.filter((name) => /step-|tmp|lock/.test(name)),
      [],
    );
  });

  it('goes on with the runs that --only names, and leaves the others stopped', async () => {
    const path = await stopped('only');
    const { code, stdout, stderr } = await resume(path, ['--only', 'falling']);
    assert.equal(code, 130, stderr);
    assert.match(stderr, /Stopped; what was trained is kept\./);
    const events = await eventsIn(folder.path(path));
    const since = events.slice(events.findLastIndex(({ type }) => type === 'comparisonResumed'));
    assert.deepEqual(
      ofType(since, 'runStarted').map(({ run }) => run),
      ['falling'],
    );
    assert.match(stdout, /Going on with 1 of 2 schedules/);
    assert.match(stdout, /steady.*stopped/);
    const again = await resume(path, ['--only', 'falling']);
    assert.equal(again.stderr, "Run 'falling' is through: there is nothing left to train.\n");
    assert.equal(again.code, 1);
    const wrong = await resume(path, ['--only', 'rising']);
    assert.match(wrong.stderr, /--only rising: there is no such run; there are steady, falling\./);
    assert.equal(wrong.code, 2);
    assert.equal((await resume(path)).code, 0);
    assert.deepEqual(await resultsIn(folder.path(path)), expected);
  });

  it('trains nothing and repeats the result where all is trained', async () => {
    const before = await readFile(comparisonFolder(folder.path('whole/a')).events, 'utf8');
    const { code, stdout, stderr } = await resume('whole/a', ['--data', 'nowhere']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /│ steady +│/);
    assert.match(stderr, /^Done in \d+ s\. All of it is in whole\/a\.\n$/);
    assert.equal(await readFile(comparisonFolder(folder.path('whole/a')).events, 'utf8'), before);
  });

  it('goes on with another engine, and says so in the report', async function () {
    if ((await findEngine('tensorflow')).state === 'missing') return this.skip();
    const path = await stopped('other');
    const { code, stderr } = await resume(path, ['--engine', 'tensorflow']);
    assert.equal(code, 0, stderr);
    const losses = lossesOf(await resultsIn(folder.path(path)));
    assert.equal(losses.length, lossesOf(expected).length);
    lossesOf(expected).forEach((loss, i) => {
      assert.ok(Math.abs(losses[i]! / loss - 1) < 1e-3, `${losses[i]} instead of ${loss}`);
    });
    await anneal(['report', path, '--format', 'json'], { cwd: folder.path() });
    const report = await readFile(folder.path(path, 'report.json'), 'utf8');
    assert.match(report, /"engine": "wasm, then tensorflow"/);
  });

  it('uses the checkpoint before one that has a flipped bit, and says so', async () => {
    const path = await stopped('flipped');
    const { allCheckpoints } = comparisonFolder(folder.path(path));
    const names = await readdir(allCheckpoints, { recursive: true });
    const newest = names.find((name) => name.includes('step-'))!;
    const bytes = await readFile(`${allCheckpoints}/${newest}`);
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 4, middle);
    await writeFile(`${allCheckpoints}/${newest}`, bytes);
    const { code, stdout } = await resume(path);
    assert.equal(code, 0);
    assert.ok(
      stdout.includes(
        `${path}/checkpoints/${newest} is not used: Its checksum does not fit its content.`,
      ),
      stdout,
    );
    assert.deepEqual(await resultsIn(folder.path(path)), expected);
  });

  it('starts a run anew where none of its checkpoints is whole', async () => {
    const path = await stopped('hopeless');
    const checkpoints = comparisonFolder(folder.path(path)).checkpoints('steady');
    for (const name of await readdir(checkpoints)) await writeFile(`${checkpoints}/${name}`, 'x');
    assert.equal((await resume(path)).code, 0);
    assert.deepEqual(await resultsIn(folder.path(path)), expected);
    const started = ofType(await eventsIn(folder.path(path)), 'runStarted');
    assert.equal(
      started.filter(({ run, fromStep }) => run === 'steady' && fromStep === 0).length,
      2,
    );
  });

  it('goes on where the journal lost its end, and tells again what that held', async () => {
    const { events } = comparisonFolder(folder.path('stopped/a'));
    const lines = (await readFile(events, 'utf8')).split('\n');
    const epoch = lines.findIndex((line) => line.includes('"epochCompleted"'));
    for (const [i, text] of [
      lines.slice(0, epoch).join('\n').slice(0, -7),
      lines.slice(0, 3).join('\n'),
      '',
    ].entries()) {
      const path = await stopped(`torn-${i}`);
      await writeFile(comparisonFolder(folder.path(path)).events, text);
      const { code, stdout, stderr } = await resume(path);
      assert.equal(code, 0, stderr);
      if (text !== '') assert.match(stdout, /^The last line of \S+ is incomplete/);
      assert.deepEqual(await resultsIn(folder.path(path)), expected);
    }
  });

  it('refuses a journal that is damaged elsewhere, with the line, and leaves it as it is', async () => {
    const path = await stopped('damaged');
    const { events } = comparisonFolder(folder.path(path));
    const text = (await readFile(events, 'utf8')).split('\n').with(2, '{"type":').join('\n');
    await writeFile(events, text);
    const { code, stderr } = await resume(path);
    assert.equal(stderr, `${path}/events.jsonl is damaged in line 3; it is not an event.\n`);
    assert.equal(code, 1);
    assert.equal(await readFile(events, 'utf8'), text);
  });

  it('goes on where the clock was set back', async () => {
    const path = await stopped('clock');
    const future = new Date('2099-01-01');
    for (const name of await readdir(folder.path(path), { recursive: true })) {
      await utimes(folder.path(path, name), future, future);
    }
    const past = `data:text/javascript,${encodeURIComponent(`
      const { now } = Date;
      Date.now = () => now() - 1e12;
      globalThis.Date = class extends Date { constructor(...of) { super(...(of.length ? of : [Date.now()])); } };`)}`;
    const { code, stderr } = await resume(path, [], { env: { NODE_OPTIONS: `--import=${past}` } });
    assert.equal(code, 0, stderr);
    assert.deepEqual(await resultsIn(folder.path(path)), expected);
  });

  it('is given to one of two that start at once; the other one says who has it', async () => {
    const path = await stopped('twice');
    const outcomes = await Promise.all([resume(path), resume(path)]);
    const [won, lost] = outcomes.sort((a, b) => a.code! - b.code!);
    assert.equal(won.code, 0, won.stderr);
    assert.equal(lost.code, 1);
    assert.match(
      lost.stderr,
      /^twice\/a is in use: process \d+ trains it; wait for it or stop it\.\n$/,
    );
    assert.deepEqual(await resultsIn(folder.path(path)), expected);
  });

  it('refuses a folder that cannot be written, in a sentence', async function () {
    const disk = tinyDisk(8192);
    if (!disk) return this.skip();
    try {
      await cp(folder.path('stopped/a'), `${disk.path}/a`, { recursive: true });
      const thaw = disk.freeze(`${disk.path}/a`);
      const { code, stderr } = await resume(`${disk.path}/a`);
      thaw();
      assert.match(
        stderr,
        /^\S+\/a\/lock cannot be written: its file system is read-only; name another folder\.\n$/,
      );
      assert.equal(code, 1);
    } finally {
      disk.remove();
    }
  });

  it('stops with a sentence where its checkpoints cannot be written, and goes on once they can', async function () {
    const disk = tinyDisk(8192);
    if (!disk) return this.skip();
    try {
      await cp(folder.path('stopped/a'), `${disk.path}/a`, { recursive: true });
      const thaw = disk.freeze(comparisonFolder(`${disk.path}/a`).checkpoints('steady'));
      const { code, stderr } = await resume(`${disk.path}/a`);
      thaw();
      assert.match(
        stderr,
        /checkpoints\/steady\/\S+ cannot be written: its file system is read-only/,
      );
      assert.equal(code, 1);
      assert.equal((await resume(`${disk.path}/a`)).code, 0);
      assert.deepEqual(await resultsIn(`${disk.path}/a`), expected);
    } finally {
      disk.remove();
    }
  });

  it('refuses what is no comparison, and options that its plan has decided', async () => {
    for (const [path, says] of [
      ['nowhere', /^nowhere\/plan\.json cannot be read; is this the folder of a comparison\?\n$/],
      ['a.schedules.json', /^a\.schedules\.json\/plan\.json cannot be read; is this/],
    ] as const) {
      const { code, stderr } = await resume(path);
      assert.match(stderr, says);
      assert.equal(code, 1);
    }
    for (const args of [['--epochs', '3'], ['--fresh'], ['--set', 'a=1'], ['a.schedules.json']]) {
      const { code, stderr } = await resume('whole/a', args);
      assert.equal(code, 2, stderr);
    }
    assert.ok(!(await readdir(folder.path())).includes('nowhere'));
  });
});
