import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { compare, type ComparisonOutcome } from '../../../runner/comparison/compare.ts';
import { makePlan } from '../../../runner/comparison/plan.ts';
import type { ComparisonEvent } from '../../../runner/protocol.ts';
import { ofType, resultsIn } from '../../support/comparisons.ts';
import { fashionMnistFolder } from '../../support/fashionMnist.ts';
import { childrenOf } from '../../support/processes.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const settings = {
  epochs: 4,
  batchSize: 16,
  trainExamples: 64,
  testExamples: 32,
  seed: 0,
  shuffle: false,
  lossReduction: 'sum',
  optimizer: { name: 'sgd', args: { momentum: null, nesterov: false }, clipByGlobalNorm: null },
} as const;

describe('The supervision of workers', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  let expected: unknown;

  /** Compares two runs, one at a time, and does something at events of the first. */
  const train = async (
    name: string,
    react: (event: ComparisonEvent) => unknown,
  ): Promise<{ outcome: ComparisonOutcome; events: readonly ComparisonEvent[] }> => {
    const events: ComparisonEvent[] = [];
    const schedules = [1e-4, 2e-4].map((rate, i) => ({
      name: ['first', 'second'][i]!,
      function: 'constant_schedule',
      schedule: () => rate,
    }));
    const outcome = await compare({
      plan: { ...makePlan('a', schedules, settings), fresh: true },
      folder: folder.path(name),
      dataFolder: await fashionMnistFolder(),
      engine: 'wasm',
      parallel: 1,
      patience: 10,
      signal: new AbortController().signal,
      report: (message) => assert.fail(message),
      onEvent(event) {
        events.push(event);
        if ('run' in event && event.run === 'first') void react(event);
      },
    });
    return { outcome, events };
  };

  /** The worker that trains now. */
  const worker = async (): Promise<number> => {
    for (const child of await childrenOf(process.pid)) {
      const command = await readFile(`/proc/${child}/cmdline`, 'utf8');
      if (command.includes('wasmWorker')) return child;
    }
    throw new Error('There is no worker.');
  };

  before(async function () {
    // Only Linux tells a process's children.
    if (process.platform !== 'linux') return this.skip();
    const { outcome } = await train('undisturbed', () => undefined);
    assert.equal(outcome, 'completed');
    expected = await resultsIn(folder.path('undisturbed'));
  });

  it('replaces a worker that dies three times, however it dies, and nothing is lost', async () => {
    const signals = ['SIGSEGV', 'SIGKILL', 'SIGABRT'];
    const left = [...signals];
    const { outcome, events } = await train('three', async (event) => {
      const signal = event.type === 'epochCompleted' ? left.shift() : undefined;
      if (signal !== undefined) process.kill(await worker(), signal);
    });
    assert.equal(outcome, 'completed');
    const interruptions = ofType(events, 'runInterrupted');
    assert.deepEqual(
      interruptions.map(({ run, message }) => [run, message.split(';')[0]]),
      signals.map((signal) => ['first', `the worker process was ended by ${signal}`]),
    );
    const started = ofType(events, 'runStarted').filter(({ run }) => run === 'first');
    assert.equal(started.length, 4);
    started.forEach(({ fromEpoch }, i) => {
      assert.ok(fromEpoch > i, `an epoch is trained again: ${fromEpoch}`);
    });
    assert.deepEqual(await resultsIn(folder.path('three')), expected);
  });

  it('starts the same engine again where its first worker is killed before it is ready', async () => {
    const training = train('at the start', () => undefined);
    let starting: number | undefined;
    while (starting === undefined) starting = await worker().catch(() => undefined);
    process.kill(starting, 'SIGKILL');
    const { outcome, events } = await training;
    assert.equal(outcome, 'completed');
    assert.equal(ofType(events, 'comparisonStarted')[0]?.engine, 'wasm');
    assert.deepEqual(ofType(events, 'runInterrupted'), []);
  });

  it('gives a run up whose worker dies four times, says why, and trains the others', async () => {
    const { outcome, events } = await train('four', async (event) => {
      if (event.type === 'runStarted') process.kill(await worker(), 'SIGKILL');
    });
    assert.equal(outcome, 'failed');
    assert.deepEqual(ofType(events, 'runFailed'), [
      {
        type: 'runFailed',
        run: 'first',
        message:
          'the worker process was ended by SIGKILL; if memory ran out, try a smaller --parallel',
        diverged: false,
      },
    ]);
    assert.equal(ofType(events, 'runInterrupted').length, 3);
    assert.deepEqual(
      ofType(events, 'runCompleted').map(({ run }) => run),
      ['second'],
    );
    assert.equal(events.at(-1)?.type, 'comparisonCompleted');
  });

  it('replaces a worker that hangs', async () => {
    let stopped = 0;
    const { outcome, events } = await train('hanging', async (event) => {
      if (event.type === 'epochCompleted' && stopped++ === 0)
        process.kill(await worker(), 'SIGSTOP');
    });
    assert.equal(outcome, 'completed');
    const interruptions = ofType(events, 'runInterrupted');
    assert.equal(interruptions.length, 1);
    assert.match(interruptions[0]!.message, /^the worker process gave no sign of life for \d+ s$/);
    assert.deepEqual(await resultsIn(folder.path('hanging')), expected);
  });
});
