import assert from 'node:assert/strict';
import type { ComparisonEvent, Request } from '../../runner/protocol.ts';
import type { Outcome } from '../support/anneal.ts';
import { eventsIn, ofType } from '../support/comparisons.ts';
import { fashionMnistFolder } from '../support/fashionMnist.ts';
import { childrenOf, remaining } from '../support/processes.ts';
import { steeredRunners, type SteeredRunner } from '../support/steeredRunner.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const names = ['a', 'b', 'c', 'd'];
const epochs = 400;

const of =
  (type: ComparisonEvent['type'], run?: string) =>
  (event: ComparisonEvent): boolean =>
    event.type === type && (run === undefined || ('run' in event && event.run === run));

describe('A runner that takes requests', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let data = '';
  let runner: SteeredRunner;
  const runners = steeredRunners();

  before(async () => {
    data = await fashionMnistFolder();
  });
  const startNext = (): void => {
    runner = runners.start();
  };
  beforeEach(startNext);

  /** What the runner has said when its stdin has ended, and it with it. */
  const atItsEnd = async (): Promise<Outcome> => {
    runner.child.stdin.end();
    return runner.outcome;
  };

  const start = (output: string, parallel: number, change: Partial<Request> = {}): void => {
    const optimizer = {
      name: 'sgd',
      args: { momentum: null, nesterov: false },
      clipByGlobalNorm: null,
    };
    runner.send({
      type: 'start',
      folder: folder.path(output, 'comparison'),
      engine: 'wasm',
      parallel,
      data,
      settings: {
        epochs,
        batchSize: 8,
        trainExamples: 16,
        testExamples: 8,
        seed: 0,
        shuffle: false,
        lossReduction: 'sum',
        optimizer,
      },
      runs: names.map((name, i) => ({
        name,
        function: 'constant_schedule',
        learningRates: Array.from({ length: 2 * epochs }, () => (i + 1) * 1e-5),
      })),
      ...change,
    } as Request);
  };

  it('compares what it is given and stops when it is asked to, resumable', async () => {
    start('stopped', 2);
    const started = await runner.told(of('comparisonStarted'));
    assert.ok(started.type === 'comparisonStarted');
    assert.deepEqual(
      started.runs.map(({ run, totalSteps }) => [run, totalSteps]),
      names.map((name) => [name, 2 * epochs]),
    );
    await runner.told(of('epochCompleted', 'b'));
    runner.send({ type: 'stop' });
    const outcome = { type: 'ended', outcome: 'stopped', message: null, isInUse: false };
    assert.deepEqual(await runner.ended, outcome);
    const { code, stderr } = await atItsEnd();
    assert.equal(stderr, '');
    assert.equal(code, 130);
    assert.equal(runner.events.at(-1)?.type, 'comparisonStopped');
    assert.deepEqual(await eventsIn(folder.path('stopped/comparison')), runner.events);

    const before = runner.events;
    startNext();
    runner.send({ type: 'resume', folder: folder.path('stopped/comparison'), data });
    await runner.told(of('comparisonResumed'));
    const again = await runner.told(of('runStarted', 'a'));
    assert.ok(again.type === 'runStarted');
    const told = ofType(before, 'stepsCompleted').findLast(({ run }) => run === 'a')!;
    assert.equal(again.fromStep, told.firstStep + told.losses.length);
    assert.deepEqual(runner.events.slice(0, before.length), before);
    runner.send({ type: 'stop' });
    await runner.ended;
    assert.equal((await atItsEnd()).code, 130);
  });

  it('stops one run and goes on with the others, and with that one when it is asked to', async () => {
    start('one', 1);
    await runner.told(of('epochCompleted', 'a'));
    runner.send({ type: 'stop', run: 'a' });
    await runner.told(of('runStopped', 'a'));
    await runner.told(of('runStarted', 'b'));
    runner.send({ type: 'stop', run: 'c' });
    await runner.told(of('runStopped', 'c'));
    runner.send({ type: 'continue', run: 'a' });
    runner.send({ type: 'stop', run: 'b' });
    const again = await runner.told(of('runStarted'));
    assert.ok(again.type === 'runStarted' && again.run === 'a' && again.fromStep > 0);
  });

  it('goes on with one run of what was stopped, and with another when it is asked to', async () => {
    start('part', 1);
    await runner.told(of('epochCompleted', 'a'));
    runner.send({ type: 'stop' });
    await runner.ended;
    await atItsEnd();
    startNext();
    runner.send({ type: 'resume', folder: folder.path('part', 'comparison'), data, runs: ['c'] });
    await runner.told(of('comparisonResumed'));
    await runner.told(of('runStarted', 'c'));
    const since = runner.events.slice(runner.events.findLastIndex(of('comparisonResumed')));
    assert.deepEqual(ofType(since, 'comparisonResumed')[0]?.only, ['c']);
    runner.send({ type: 'continue', run: 'a' });
    runner.send({ type: 'stop', run: 'c' });
    const again = await runner.told(of('runStarted', 'a'));
    assert.ok(again.type === 'runStarted' && again.fromStep > 0);
    runner.send({ type: 'stop' });
    assert.equal((await runner.ended).outcome, 'stopped');
  });

  it('trains nothing while it is paused, and then goes on where it was', async () => {
    start('paused', 2);
    await runner.told(of('epochCompleted', 'a'));
    runner.send({ type: 'pause' });
    await runner.told(of('comparisonPaused'));
    await runner.told(of('runStopped'));
    await runner.told(of('runStopped'));
    const before = runner.events.length;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(runner.events.length, before, 'something is told in a pause');
    runner.send({ type: 'continue' });
    await runner.told(of('comparisonContinued'));
    for (const run of ['a', 'b']) {
      const again =
        runner.events.slice(before).find(of('runStarted', run)) ??
        (await runner.told(of('runStarted', run)));
      const told = ofType(runner.events.slice(0, before), 'stepsCompleted').findLast(
        (event) => event.run === run,
      );
      assert.ok(again.type === 'runStarted');
      assert.equal(again.fromStep, told ? told.firstStep + told.losses.length : 0);
    }
  });

  it('trains more or fewer runs at a time, and in another order', async () => {
    start('order', 1);
    await runner.told(of('epochCompleted', 'a'));
    runner.send({ type: 'reorder', runs: ['d', 'c'] });
    runner.send({ type: 'parallel', parallel: 2 });
    await runner.told(of('runStarted', 'd'));
    const workers = await childrenOf(runner.child.pid!);
    assert.equal(workers.length, 2);
    await runner.told(of('epochCompleted', 'd'));
    runner.send({ type: 'parallel', parallel: 1 });
    await runner.told(of('runStopped'));
    assert.equal((await remaining(workers)).length, 1);
    await runner.told(of('epochCompleted'));
    const started = ofType(runner.events, 'runStarted').map(({ run }) => run);
    assert.deepEqual(started, ['a', 'd']);
  });

  it('says what it does not understand, and goes on', async () => {
    runner.child.stdin.write('nonsense\n{"type":"parallel","parallel":0}\n');
    start('nonsense', 1);
    await runner.told(of('runStarted', 'a'));
    runner.child.stdin.write('{"type":"dance"}\n');
    runner.send({ type: 'stop', run: 'nobody' });
    start('second', 1);
    await runner.told(of('epochCompleted', 'a'));
    runner.send({ type: 'stop' });
    await runner.ended;
    const { code, stderr } = await atItsEnd();
    assert.equal(code, 130);
    const sentences = stderr.trimEnd().split('\n');
    assert.match(sentences[0]!, /^A request was not understood: Unexpected token .*\.$/);
    assert.deepEqual(sentences.slice(1).sort(), [
      'A comparison is open already; start another process for another one.',
      "A request was not understood: a request with a bad 'parallel'.",
      'A request was not understood: not a request.',
      "There is no run 'nobody' in what is trained now.",
    ]);
  });

  it('refuses what cannot be trained, in a sentence', async () => {
    for (const [change, says] of [
      [{ engine: 'abacus' }, /^There is no engine 'abacus': use one of auto, .*\.\n$/],
      [{ runs: [] }, /^There is no schedule to compare\.\n$/],
      [
        { runs: [{ name: 'short', function: 'f', learningRates: [1] }] },
        /^The rate of 'short' is NaN at step 1: /,
      ],
    ] as const) {
      startNext();
      start('refused', 1, change);
      const { outcome, message } = await runner.ended;
      assert.equal(outcome, 'refused');
      const { code, stderr } = await atItsEnd();
      assert.equal(stderr, `${message}\n`);
      assert.match(stderr, says);
      assert.equal(code, 1);
    }
  });

  it('stops, resumable, where the program that started it is gone', async () => {
    start('left', 2);
    await runner.told(of('epochCompleted', 'a'));
    const workers = await childrenOf(runner.child.pid!);
    runner.child.stdin.end();
    assert.equal((await runner.outcome).code, 130);
    assert.equal(runner.events.at(-1)?.type, 'comparisonStopped');
    assert.deepEqual(await remaining(workers), []);
  });
});
