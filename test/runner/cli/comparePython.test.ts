import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { comparisonFolder } from '../../../runner/comparison/folder.ts';
import { readPlan } from '../../../runner/comparison/plan.ts';
import { decodeEvent, type ComparisonEvent } from '../../../runner/protocol.ts';
import { anneal, type Outcome } from '../../support/anneal.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const text = `import optax

epochs = 3
batch_size = 128
peak = 5e-4

decay = optax.cosine_decay_schedule(peak, decay_steps=8)
unused = optax.constant_schedule(1.0)
adam = optax.chain(optax.clip_by_global_norm(2.0), optax.adam(decay, b1=0.8))
plain = optax.MultiSteps(optax.sgd(learning_rate=1e-4, momentum=0.5), 1)
other = optax.adafactor(1e-5)


def loss_of(logits, labels):
    return optax.softmax_cross_entropy(logits, labels).sum()
`;

const steps = 4;

describe('anneal compare of a Python file', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let outcome: Outcome;
  let events: readonly ComparisonEvent[];

  const compare = async (...args: readonly string[]) =>
    anneal(
      [
        'compare',
        'train.py',
        ...args,
        '--train-examples',
        '512',
        '--test-examples',
        '64',
        '--json',
      ],
      { cwd: folder.path() },
    );

  before(async () => {
    await writeFile(folder.path('train.py'), text);
    const data = ['--data', await fashionMnistFolder(), '--engine', 'auto'];
    const settings = ['--only', 'decay,plain', '--epochs', '1', '--set', 'peak=1e-3'];
    outcome = await compare(...data, ...settings, '--output', 'out');
    events = outcome.stdout.trimEnd().split('\n').map(decodeEvent);
  });

  it('trains each learning rate that an optimizer is given, under its name', () => {
    assert.equal(outcome.code, 0, outcome.stderr);
    const [started] = events;
    assert.ok(started?.type === 'comparisonStarted');
    assert.deepEqual(started.runs, [
      {
        run: 'decay',
        name: 'decay',
        schedule: 'decay',
        seed: 0,
        function: 'cosine_decay_schedule',
        totalSteps: steps,
        source: folder.path('train.py'),
        definition: {
          function: 'cosine_decay_schedule',
          args: { init_value: 1e-3, decay_steps: 8 },
        },
      },
      {
        run: 'plain',
        name: 'plain',
        schedule: 'plain',
        seed: 0,
        function: 'constant',
        totalSteps: steps,
        source: folder.path('train.py'),
        definition: { function: 'constant_schedule', args: { value: 1e-4 } },
      },
    ]);
    for (const run of ['decay', 'plain']) {
      const types = new Set(
        events.flatMap((event) => ('run' in event && event.run === run ? [event.type] : [])),
      );
      assert.deepEqual(
        [...types],
        ['runStarted', 'stepsCompleted', 'epochCompleted', 'runCompleted'],
      );
    }
    assert.equal(events.at(-1)?.type, 'comparisonCompleted');
  });

  it("takes the file's batch size and loss, and the epochs of the command line", () => {
    const [started] = events;
    assert.ok(started?.type === 'comparisonStarted');
    const { epochs, batchSize, trainExamples, lossReduction } = started.settings;
    assert.deepEqual(
      { epochs, batchSize, trainExamples, lossReduction },
      { epochs: 1, batchSize: 128, trainExamples: 512, lossReduction: 'sum' },
    );
  });

  it('plans each run with its own optimizer and the rates of its curve', async () => {
    const { runs } = await readPlan(comparisonFolder(folder.path('out')).plan);
    assert.deepEqual(
      runs.map(({ run, optimizer }) => ({ run, optimizer })),
      [
        {
          run: 'decay',
          optimizer: {
            name: 'adam',
            args: { b1: 0.8, b2: 0.999, eps: 1e-8, eps_root: 0, nesterov: false },
            clipByGlobalNorm: 2,
          },
        },
        {
          run: 'plain',
          optimizer: {
            name: 'sgd',
            args: { momentum: 0.5, nesterov: false },
            clipByGlobalNorm: null,
          },
        },
      ],
    );
    const cosine = (step: number): number => (1e-3 * (1 + Math.cos((Math.PI * step) / 8))) / 2;
    const expected = {
      decay: Array.from({ length: steps }, (_, step) => cosine(step)),
      plain: Array<number>(steps).fill(1e-4),
    };
    for (const { run, learningRates } of runs) {
      const rates = expected[run as keyof typeof expected];
      assert.equal(learningRates.length, steps);
      learningRates.forEach((rate, i) => {
        assert.ok(Math.abs(rate - rates[i]!) <= 1e-9, `${run} at ${i}: ${rate}, ${rates[i]}`);
      });
      const told = events.flatMap((event) =>
        event.type === 'stepsCompleted' && event.run === run ? event.learningRates : [],
      );
      assert.deepEqual(told, [...learningRates]);
    }
  });

  it('trains the runs differently, and every loss is finite', () => {
    const lossesOf = (run: string) =>
      events.flatMap((event) =>
        event.type === 'stepsCompleted' && event.run === run ? event.losses : [],
      );
    const [adam, sgd] = [lossesOf('decay'), lossesOf('plain')];
    assert.ok([...adam, ...sgd].every(Number.isFinite));
    assert.equal(adam[0], sgd[0], 'they begin with the same weights');
    assert.notDeepEqual(adam, sgd);
  });

  it('trains for the epochs of the file where the command line has none', async () => {
    const { code, stderr } = await compare('--set', 'epochs=10 ** 8');
    assert.match(stderr, /^100000000 epochs are 400000000 steps; /m);
    assert.equal(code, 1);
  });

  it('says which optimizer it has not, names what there is, and refuses unknown names', async () => {
    const other = await compare('--only', 'nothing');
    assert.match(other.stderr, /^The code trains with adafactor, which Anneal has not; /m);
    assert.match(other.stderr, /^Runs train with sgd without MultiSteps, which Anneal has not\.$/m);
    assert.match(other.stderr, /--only nothing: .*; there are decay, plain, other\.$/m);
    assert.equal(other.code, 2);
    const set = await compare('--set', 'paek=1');
    assert.match(set.stderr, /--set paek: the file has no name 'paek'; its names are .*peak/);
    assert.equal(set.code, 2);
  });

  it('says what the chosen schedules rest on that nothing gives, and how to set it', async () => {
    const open = [
      'import optax',
      'first = optax.cosine_decay_schedule(config["lr"], total_steps)',
      'second = optax.constant_schedule(other_lr)',
      'tx = [optax.sgd(first), optax.sgd(second)]',
    ];
    await writeFile(folder.path('train.py'), `${open.join('\n')}\n`);
    const only = ['--only', 'first', '--epochs', String(10 ** 8)];
    const { stdout, stderr } = await compare(...only);
    assert.ok(
      stderr.startsWith(
        `The rates of 'first' are assumed: total_steps = 10000, config["lr"] = 0.001, which nothing ` +
          `in the code gives; set it with --set total_steps=VALUE --set 'config["lr"]=VALUE'.\n`,
      ),
      stderr,
    );
    assert.doesNotMatch(stderr, /second|other_lr/);
    assert.equal(stdout, '');
    const set = await compare(...only, '--set', 'config["lr"]=0.1', '--set', 'total_steps=100');
    assert.doesNotMatch(set.stderr, /assumed/);
  });

  it('trains nothing where the file has errors', async () => {
    await writeFile(folder.path('bad.py'), `${text}bad = optax.constant_schedule()\n`);
    const { code, stdout, stderr } = await anneal(['compare', 'bad.py'], { cwd: folder.path() });
    assert.match(stderr, /^bad\.py:16:7: error missing-argument: /m);
    assert.deepEqual([code, stdout], [1, '']);
  });
});
