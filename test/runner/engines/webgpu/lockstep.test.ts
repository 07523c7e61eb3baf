import assert from 'node:assert/strict';
import type { ComparisonEvent, TrainingSettings } from '../../../../runner/protocol.ts';
import { comparisonFolder } from '../../../../runner/comparison/folder.ts';
import { eventsIn, ofType, resultsIn } from '../../../support/comparisons.ts';
import { fashionMnistFolder } from '../../../support/fashionMnist.ts';
import { smallStart } from '../../../support/smallComparison.ts';
import { startSteered, steeredRunners } from '../../../support/steeredRunner.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { hasTestGpu, testGpu } from '../../../support/testGpu.ts';

const epochs = 3;
const stepsPerEpoch = 3;
const settings: Partial<TrainingSettings> = {
  ...{ epochs, batchSize: 16, trainExamples: 40, testExamples: 24, shuffle: true },
  optimizer: {
    name: 'adam',
    args: { b1: 0.9, b2: 0.999, eps: 1e-8, eps_root: 0, nesterov: false },
    clipByGlobalNorm: null,
  },
};

const constantly = (rate: number): number[] => Array<number>(epochs * stepsPerEpoch).fill(rate);
const schedules: Readonly<Record<string, readonly number[]>> = {
  low: constantly(1e-4),
  high: constantly(1e-3),
  // In the second epoch its weights become infinite.
  wild: constantly(1e-3).map((rate, step) => (step === stepsPerEpoch ? 3e38 : rate)),
};

/** Of the results of runs, that of one. */
const resultOf = (results: unknown, name: string): unknown =>
  (results as readonly { readonly run: string }[]).find(({ run }) => run === name);

const isEnded = (event: ComparisonEvent, run: string): boolean =>
  ['runCompleted', 'runFailed', 'runStopped'].includes(event.type) &&
  'run' in event &&
  event.run === run;

describe('Runs in lockstep on the GPU', function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const runners = steeredRunners();
  const alone: Record<string, unknown> = {};
  let environment: Readonly<Record<string, string>>;

  before(async function () {
    if (!hasTestGpu) this.skip();
    environment = await testGpu();
  });

  const start = async (output: string, names: readonly string[]) => {
    const runs = names.map((name) => ({
      ...{ name, function: 'constant_schedule' },
      learningRates: schedules[name] ?? [],
    }));
    const request = smallStart(folder.path(output), { engine: 'webgpu', settings });
    const asManyAsPayOff = await request.then(({ parallel: _, ...others }) => others);
    return { ...asManyAsPayOff, runs, fresh: true };
  };

  before('train each of them alone', async () => {
    for (const name of Object.keys(schedules)) {
      const runner = startSteered({ env: environment });
      runner.send(await start(name, [name]));
      await runner.ended;
      runner.child.stdin.end();
      await runner.outcome;
      alone[name] = resultOf(await resultsIn(folder.path(name)), name);
    }
  });

  it('get what each of them gets alone, bit for bit, also where one diverges', async () => {
    const runner = runners.start({ env: environment });
    runner.send(await start('together', Object.keys(schedules)));
    assert.equal((await runner.ended).outcome, 'failed');
    const events = await eventsIn(folder.path('together'));
    const firstEnd = events.findIndex(({ type }) => /run(Completed|Failed)/.test(type));
    const before = ofType(events.slice(0, firstEnd), 'runStarted');
    assert.equal(before.length, 3, 'one worker trains them at the same time');
    const results = await resultsIn(folder.path('together'));
    for (const name of Object.keys(schedules))
      assert.deepEqual(resultOf(results, name), alone[name]);
    const [failure] = ofType(events, 'runFailed');
    assert.match(failure?.message ?? '', /^diverged: the loss is \S+ at step [345]/);
  });

  it('are as many at a time as are asked for', async () => {
    const runner = runners.start({ env: environment });
    runner.send({ ...(await start('two', Object.keys(schedules))), parallel: 2 });
    await runner.ended;
    const events = await eventsIn(folder.path('two'));
    const kinds = events.map(({ type }) => type).filter((type) => /^run(S|C|F)/.test(type));
    assert.deepEqual(kinds.slice(0, 3), ['runStarted', 'runStarted', 'runCompleted']);
    assert.deepEqual(await resultsIn(folder.path('two')), Object.values(alone));
  });

  it('go on without one that is stopped, which later goes on by itself', async () => {
    const runner = runners.start({ env: environment });
    runner.send(await start('stopped', ['low', 'high']));
    await runner.told(({ type }) => type === 'epochCompleted');
    runner.send({ type: 'stop', run: 'low' });
    await runner.told((event) => isEnded(event, 'low'));
    await runner.told((event) => isEnded(event, 'high'));
    assert.equal((await runner.ended).outcome, 'stopped');
    const results = await resultsIn(folder.path('stopped'));
    assert.deepEqual(resultOf(results, 'high'), alone['high']);

    const resuming = runners.start({ env: environment });
    const data = await fashionMnistFolder();
    resuming.send({ type: 'resume', folder: folder.path('stopped'), data });
    assert.equal((await resuming.ended).outcome, 'completed');
    assert.deepEqual(await resultsIn(folder.path('stopped')), [alone['low'], alone['high']]);
  });

  it('stay together over a pause', async () => {
    const runner = runners.start({ env: environment });
    runner.send(await start('paused', ['low', 'high']));
    await runner.told(({ type }) => type === 'epochCompleted');
    runner.send({ type: 'pause' });
    await runner.told((event) => isEnded(event, 'low'));
    await runner.told((event) => isEnded(event, 'high'));
    runner.send({ type: 'continue' });
    assert.equal((await runner.ended).outcome, 'completed');
    const [, , ...again] = ofType(await eventsIn(folder.path('paused')), 'runStarted');
    assert.equal(new Set(again.map(({ fromStep }) => fromStep)).size, 1);
    assert.deepEqual(await resultsIn(folder.path('paused')), [alone['low'], alone['high']]);
  });

  /** A runner whose GPU fails after the first epoch of a comparison. */
  const failing = (output: string, how: 'memory' | 'loss') => {
    const lossModule = new URL('../../../support/loseDevice.mjs', import.meta.url);
    const { path } = comparisonFolder(folder.path(output));
    return runners.start({
      env: {
        ...environment,
        NODE_OPTIONS: `--import=${lossModule.href}`,
        ANNEAL_TEST_LOSE_WHEN: `${path}/checkpoints/low/epoch-1.safetensors`,
        ANNEAL_TEST_LOSE_HOW: how,
      },
    });
  };

  it('go on fewer at a time where the memory does not suffice', async () => {
    const runner = failing('crowded', 'memory');
    const names = Object.keys(schedules);
    runner.send(await start('crowded', names));
    await runner.ended;
    const events = await eventsIn(folder.path('crowded'));
    const interruptions = ofType(events, 'runInterrupted');
    assert.deepEqual(new Set(interruptions.map(({ run }) => run)), new Set(names));
    assert.match(interruptions[0]?.message ?? '', /^the memory of the GPU does not suffice/);
    const since = events.slice(events.findLastIndex(({ type }) => type === 'runInterrupted'));
    const order = since.map(({ type }) => type).filter((type) => /^run(S|C|F)/.test(type));
    assert.deepEqual(order, [
      'runStarted',
      'runCompleted',
      'runStarted',
      'runCompleted',
      'runStarted',
      'runFailed',
    ]);
    assert.deepEqual(await resultsIn(folder.path('crowded')), Object.values(alone));
  });

  it('go on together from their last checkpoints where the GPU is lost', async () => {
    const runner = failing('lost', 'loss');
    runner.send(await start('lost', ['low', 'high']));
    assert.equal((await runner.ended).outcome, 'completed');
    const events = await eventsIn(folder.path('lost'));
    const interrupted = ofType(events, 'runInterrupted').map(({ run }) => run);
    assert.deepEqual(interrupted.toSorted(), ['high', 'low']);
    assert.deepEqual(await resultsIn(folder.path('lost')), [alone['low'], alone['high']]);
  });
});
