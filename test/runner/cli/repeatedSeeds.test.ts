import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { disagreements, mcnemar } from '../../../runner/comparison/statistics/mcnemar.ts';
import { loadDataset } from '../../../runner/data/dataset.ts';
import { decodeEvent, type ComparisonEvent } from '../../../runner/protocol.ts';
import { anneal, startAnneal, type Outcome } from '../../support/anneal.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { constant, linear, scheduleFile, tinyTraining } from '../../support/scheduleFiles.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** The losses of every step of a run, in their order. */
function lossesOf(events: readonly ComparisonEvent[], run: string): readonly number[] {
  const losses: number[] = [];
  for (const event of events)
    if (event.type === 'stepsCompleted' && event.run === run)
      event.losses.forEach((loss, i) => (losses[event.firstStep + i] = loss));
  return losses;
}

const eventsOf = ({ stdout }: Outcome): readonly ComparisonEvent[] =>
  stdout.trimEnd().split('\n').map(decodeEvent);

describe('anneal compare', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  before(async () => {
    const schedules = [constant('a', 1e-3), constant('same', 1e-3), linear('falling', 1e-3, 8)];
    await writeFile(
      folder.path('a.schedules.json'),
      scheduleFile({ training: tinyTraining, schedules }),
    );
  });

  const compared = async (output: string, ...options: readonly string[]): Promise<string[]> => [
    ...['compare', 'a.schedules.json', '--engine', 'wasm', '--fresh', '--json'],
    ...['--data', await fashionMnistFolder(), '--output', output, ...options],
  ];
  const compare = async (output: string, ...options: readonly string[]): Promise<Outcome> =>
    anneal(await compared(output, ...options), { cwd: folder.path() });

  it("tells by McNemar's test which single runs differ by more than chance", async () => {
    const outcome = await compare('single');
    assert.equal(outcome.code, 0, outcome.stderr);
    await anneal(['report', 'single', '--format', 'json,html,md,csv'], { cwd: folder.path() });
    const single = comparisonFolder(folder.path('single'));
    const { tests } = JSON.parse(await readFile(single.report('json'), 'utf8')) as {
      tests: { schedules: [string, string]; p: number }[];
    };
    const { test } = await loadDataset(await fashionMnistFolder(), { testExamples: 64 });
    assert.deepEqual(new Uint8Array(await readFile(single.labels)), test.labels);
    const correct = async (run: string): Promise<Uint8Array> =>
      (await readFile(`${single.predictions(run)}/epoch-2.u8`)).map((c, i) =>
        Number(c === test.labels[i]),
      );
    assert.equal(tests.length, 3);
    for (const {
      schedules: [a, b],
      p,
    } of tests)
      assert.equal(p, mcnemar(...disagreements(await correct(a), await correct(b))));
    assert.match(await readFile(single.report('md'), 'utf8'), /\| ≈ −\d+\.\d\d \| 0\.\d{3} \|/);
  });

  describe('--seeds 2 --shuffle', () => {
    let outcome: Outcome;
    let events: readonly ComparisonEvent[];
    before(async () => {
      outcome = await compare(
        'seeds',
        '--seeds',
        '2',
        '--shuffle',
        '--seed',
        '3',
        '--only',
        'a,same',
      );
      events = eventsOf(outcome);
    });

    it('trains every schedule from the weights of each seed', () => {
      assert.equal(outcome.code, 0, outcome.stderr);
      const started = events.find((event) => event.type === 'comparisonStarted')!;
      assert.deepEqual(
        started.runs.map(({ run, schedule, seed }) => [run, schedule, seed]),
        [
          ['a (seed 3)', 'a', 3],
          ['same (seed 3)', 'same', 3],
          ['a (seed 4)', 'a', 4],
          ['same (seed 4)', 'same', 4],
        ],
      );
      assert.equal(started.settings.shuffle, true);
    });

    it('shows the schedules of one seed the same batches, and other seeds others', () => {
      const losses = (run: string): readonly number[] => lossesOf(events, run);
      assert.equal(losses('a (seed 3)').length, 8);
      assert.deepEqual(losses('a (seed 3)'), losses('same (seed 3)'));
      assert.deepEqual(losses('a (seed 4)'), losses('same (seed 4)'));
      assert.notDeepEqual(losses('a (seed 3)'), losses('a (seed 4)'));
    });

    it('trains the first seed as a comparison of that seed alone does', async () => {
      const alone = eventsOf(await compare('alone', '--shuffle', '--seed', '3', '--only', 'a'));
      assert.deepEqual(lossesOf(alone, 'a'), lossesOf(events, 'a (seed 3)'));
      const inFileOrder = eventsOf(await compare('order', '--seed', '3', '--only', 'a'));
      assert.notEqual(lossesOf(inFileOrder, 'a')[0], lossesOf(alone, 'a')[0]);
    });
  });

  it('adds seeds to a comparison without training the first ones again', async () => {
    assert.equal((await compare('one', '--only', 'falling')).code, 0);
    const args = (await compared('two', '--only', 'falling', '--seeds', '2')).filter(
      (arg) => arg !== '--fresh',
    );
    const events = eventsOf(await anneal(args, { cwd: folder.path() }));
    assert.deepEqual(
      events.flatMap((event) => (event.type === 'runCompleted' ? [[event.run, event.reused]] : [])),
      [
        ['falling (seed 0)', true],
        ['falling (seed 1)', false],
      ],
    );
    const { stdout } = await anneal(['report', 'two', '--format', 'md'], { cwd: folder.path() });
    assert.match(await readFile(folder.path(stdout.trim()), 'utf8'), /\| falling \| 0\.\d+ ± \d/);
  });

  it('--shuffle goes on in the middle of an epoch with the batches that are left', async () => {
    const options = ['--shuffle', '--only', 'falling', '--train-examples', '512'];
    const whole = lossesOf(eventsOf(await compare('whole', ...options)), 'falling');
    const { child, outcome } = startAnneal(await compared('stopped', ...options), {
      cwd: folder.path(),
    });
    child.stdout.on('data', (text: string) => {
      if (text.includes('stepsCompleted')) child.kill('SIGINT');
    });
    const stopped = await outcome;
    assert.equal(stopped.code, 130, stopped.stderr);
    const before = lossesOf(eventsOf(stopped), 'falling').length;
    assert.ok(before > 0 && before < whole.length && before % 8 !== 0, `${before} steps`);
    const args = ['compare', '--resume', 'stopped', '--json', '--data', await fashionMnistFolder()];
    const resumed = await anneal(args, { cwd: folder.path() });
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.deepEqual(lossesOf(eventsOf(resumed), 'falling'), whole);
  });

  it('says how the table of repeated seeds is to be read', async () => {
    const args = await compared('people', '--seeds', '2', '--only', 'a,same', '--epochs', '1');
    const people = args.filter((arg) => arg !== '--json');
    const { stdout } = await anneal(people, { cwd: folder.path() });
    assert.match(stdout, /^Comparing 4 runs \(2 schedules, 2 seeds each\) with wasm/m);
    assert.match(stdout, /│ a +│ 0\.\d{4} ± 0\.\d{4} │/);
    assert.match(stdout, /^Figures are means over 2 seeds, ± their 95 % interval\. ≈ is not /m);
  });

  it('refuses a last seed that JAX could not tell from another', async () => {
    const { code, stderr } = await compare('large', '--seed', String(2 ** 32 - 2), '--seeds', '3');
    assert.equal(code, 1);
    assert.match(stderr, /--seed 4294967296 is too large: a seed is at most 4294967295\./);
  });
});
