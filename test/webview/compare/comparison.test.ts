import assert from 'node:assert/strict';
import type { ComparisonEvent, ComparisonStarted } from '../../../runner/protocol.ts';
import { newComparison, type Comparison } from '../../../webview/messages.ts';

const settings: ComparisonStarted['settings'] = {
  epochs: 2,
  batchSize: 4,
  trainExamples: 40,
  testExamples: 10,
  seed: 0,
  shuffle: false,
  lossReduction: 'sum',
  optimizer: { name: 'sgd', args: {}, clipByGlobalNorm: null },
};

function started(
  ...names: readonly (readonly [schedule: string, seed: number])[]
): ComparisonEvent {
  const runs = names.map(([schedule, seed]) => {
    const run = seed === 0 ? schedule : `${schedule} seed ${seed}`;
    const source = seed === 0 ? { source: '/project/train.py' } : {};
    const totalSteps = 20;
    return { run, name: run, schedule, seed, function: 'constant_schedule', totalSteps, ...source };
  });
  const engine = { engine: 'wasm', device: 'CPU, 2 cores' };
  return { type: 'comparisonStarted', comparison: 'c', ...engine, settings, runs };
}

const runStarted = (run: string, fromStep = 0, fromEpoch = 1): ComparisonEvent => ({
  type: 'runStarted',
  ...{ run, fromEpoch, fromStep },
});

const steps = (run: string, firstStep: number, losses: readonly number[]): ComparisonEvent => ({
  type: 'stepsCompleted',
  ...{ run, firstStep, losses, learningRates: losses.map((loss) => loss / 2), stepsPerSecond: 4 },
});

const epoch = (run: string, number: number, accuracy = 0.5): ComparisonEvent => ({
  type: 'epochCompleted',
  ...{ run, epoch: number, loss: 3, accuracy, learningRate: 1e-3, seconds: 2 },
});

function told(events: readonly ComparisonEvent[], clock?: () => number): Comparison {
  const comparison = newComparison(clock);
  for (const event of events) comparison.tell(event);
  return comparison;
}

const aside = { revision: 1, title: 'c', folder: '/c', results: null };
const stateOf = (comparison: Comparison) => comparison.state(aside);
const two = started(['a', 0], ['b', 0]);

describe('a comparison told by its events', () => {
  it('has every run of the plan, in its order, before anything is trained', () => {
    const state = stateOf(told([two]));
    assert.deepEqual(
      state.runs.map(({ run, status, stepsDone, hasSource }) => [
        run,
        status,
        stepsDone,
        hasSource,
      ]),
      [
        ['a', 'waiting', 0, true],
        ['b', 'waiting', 0, true],
      ],
    );
    assert.equal(state.status, 'starting');
    assert.deepEqual([state.engine, state.device], ['wasm', 'CPU, 2 cores']);
    assert.deepEqual(state.settings, settings);
  });

  it('knows nothing before it is told what is compared', () => {
    const { runs, settings: none, progress } = stateOf(told([runStarted('a'), epoch('a', 1)]));
    assert.deepEqual([runs, none, progress], [[], null, 0]);
  });

  it('gives the seeds of a schedule one colour', () => {
    const { runs } = stateOf(told([started(['a', 0], ['b', 0], ['a', 1], ['b', 1], ['c', 0])]));
    assert.deepEqual(
      runs.map(({ color }) => color),
      [0, 1, 0, 1, 2],
    );
  });

  it('holds the loss, the rate and the time of every step', () => {
    const [run] = stateOf(
      told([two, runStarted('a'), steps('a', 0, [8, 6]), steps('a', 2, [4, NaN])]),
    ).runs;
    assert.deepEqual([...run!.steps.losses], [8, 6, 4, NaN]);
    assert.deepEqual([...run!.steps.learningRates], [4, 3, 2, NaN]);
    assert.deepEqual(
      [...run!.steps.clock],
      [2, 0.5, 4, 1],
      'after 2 steps 0.5 s, after 4 steps 1 s',
    );
    assert.deepEqual([run!.stepsDone, run!.stepsPerSecond], [4, 4]);
  });

  it('tells of changes what is new since it told the last time', () => {
    const comparison = told([two, runStarted('a'), steps('a', 0, [8, 6])]);
    comparison.state(aside);
    assert.deepEqual(comparison.changes({ revision: 2 }).runs, []);
    comparison.tell(steps('a', 2, [4]));
    const { runs, revision } = comparison.changes({ revision: 3 });
    assert.deepEqual([runs.length, revision], [1, 3]);
    assert.deepEqual([runs[0]!.run, runs[0]!.steps.firstStep], ['a', 2]);
    assert.deepEqual([...runs[0]!.steps.losses], [4]);
    comparison.tell(epoch('a', 1));
    const [after] = comparison.changes({ revision: 4 }).runs;
    assert.equal(after!.epochs.length, 1);
    assert.equal(after!.steps.losses.length, 0);
  });

  it('says again from where steps became void, when a run goes on from an earlier one', () => {
    const comparison = told([
      ...[two, runStarted('a'), steps('a', 0, [8, 6, 4, 2]), epoch('a', 1)],
      ...[steps('a', 4, [1]), epoch('a', 2)],
    ]);
    comparison.state(aside);
    comparison.tell({ type: 'runInterrupted', run: 'a', message: 'Its worker died.' });
    const [waiting] = comparison.changes({ revision: 2 }).runs;
    assert.deepEqual([waiting!.status, waiting!.message], ['waiting', 'Its worker died.']);
    comparison.tell(runStarted('a', 3, 2));
    comparison.tell(steps('a', 3, [1.5]));
    const [again] = comparison.changes({ revision: 3 }).runs;
    assert.deepEqual([again!.steps.firstStep, [...again!.steps.losses]], [3, [1.5]]);
    assert.deepEqual(
      again!.epochs.map((one) => one.epoch),
      [1],
    );
    assert.deepEqual([...stateOf(comparison).runs[0]!.steps.clock], [3, 0.75, 4, 1]);
  });

  it('goes on with some runs, where it is told which', () => {
    const comparison = told([
      ...[started(['a', 0], ['b', 0], ['c', 0]), runStarted('a'), runStarted('b')],
      { type: 'runFailed', run: 'b', message: 'No memory is left.', diverged: false },
      { type: 'comparisonResumed', comparison: 'c', engine: 'wasm', device: 'CPU', only: ['c'] },
    ]);
    assert.deepEqual(
      stateOf(comparison).runs.map(({ status }) => status),
      ['stopped', 'failed', 'waiting'],
    );
  });

  it('tells how a run ended', () => {
    const { runs } = stateOf(
      told([
        started(['a', 0], ['b', 0], ['c', 0], ['d', 0]),
        { type: 'runCompleted', run: 'a', accuracy: 0.5, seconds: 4, reused: true },
        { type: 'runFailed', run: 'b', message: 'Its loss is not finite.', diverged: true },
        { type: 'runStopped', run: 'c' },
      ]),
    );
    assert.deepEqual(
      runs.map(({ status, isReused, isDiverged, message }) => [
        ...[status, isReused, isDiverged, message],
      ]),
      [
        ['completed', true, false, null],
        ['failed', false, true, 'Its loss is not finite.'],
        ['stopped', false, false, null],
        ['waiting', false, false, null],
      ],
    );
  });

  it('tells how far it is, and how long it takes at the present speed', () => {
    let now = 0;
    const comparison = told([two, runStarted('a')], () => now);
    comparison.tell(steps('a', 0, Array<number>(10).fill(1)));
    now = 5000;
    const { status } = comparison.changes({ revision: 1 });
    assert.equal(status.status, 'training');
    assert.equal(status.progress, 0.25);
    assert.equal(status.seconds, 5);
    assert.equal(status.secondsLeft, 30 / 4);
    // Of what was trained long ago and is only read, nothing is left to wait for.
    assert.equal(comparison.status({ status: 'reading' }).secondsLeft, null);
    comparison.tell({ type: 'comparisonStopped', comparison: 'c', seconds: 7 });
    const stopped = comparison.changes({ revision: 2 }).status;
    assert.deepEqual([stopped.status, stopped.seconds, stopped.secondsLeft], ['stopped', 7, null]);
    now = 8000;
    comparison.tell({
      type: 'comparisonResumed',
      comparison: 'c',
      engine: 'webgpu',
      device: 'GPU',
    });
    now = 9000;
    const resumed = comparison.changes({ revision: 3 }).status;
    assert.deepEqual([resumed.engine, resumed.seconds], ['wasm, then webgpu', 8]);
  });

  it('counts what a failed run will never train as done', () => {
    const failed = { type: 'runFailed', run: 'a', message: 'Diverged.', diverged: true } as const;
    assert.equal(stateOf(told([two, failed])).progress, 0.5);
  });

  it('has failed where all of its runs have', () => {
    const fail = (run: string): ComparisonEvent => ({
      type: 'runFailed',
      ...{ run, message: 'No memory.', diverged: false },
    });
    const end: ComparisonEvent = { type: 'comparisonCompleted', comparison: 'c', seconds: 1 };
    assert.equal(stateOf(told([two, fail('a'), fail('b'), end])).status, 'failed');
    assert.equal(stateOf(told([two, fail('a'), end])).status, 'completed');
  });

  it('lets runs that were not through wait again when it goes on', () => {
    const resumed = told([
      ...[two, runStarted('a'), steps('a', 0, [1])],
      { type: 'runFailed', run: 'b', message: 'Diverged.', diverged: true },
      { type: 'comparisonResumed', comparison: 'c', engine: 'wasm', device: 'CPU' },
    ]);
    assert.deepEqual(
      stateOf(resumed).runs.map(({ status }) => status),
      ['waiting', 'failed'],
    );
  });

  it('says what the host knows better', () => {
    const comparison = told([two, runStarted('a')]);
    const status = { status: 'stopping', notice: 'Ends the step.' } as const;
    assert.equal(comparison.state({ ...aside, status }).notice, 'Ends the step.');
    assert.equal(comparison.changes({ revision: 2, status }).status.status, 'stopping');
  });

  it('shows the preparation until the first run starts', () => {
    const comparison = newComparison();
    comparison.tell({ type: 'preparing', message: 'Fetching Fashion-MNIST', share: 0.259 });
    assert.equal(stateOf(comparison).notice, 'Fetching Fashion-MNIST (25 %)');
    for (const event of [two, runStarted('a')]) comparison.tell(event);
    assert.equal(stateOf(comparison).notice, null);
  });

  it('passes over what is out of order, of no run, or not known', () => {
    const right = [two, runStarted('a'), steps('a', 0, [8, 6]), epoch('a', 1)];
    const wrong = [
      steps('a', 5, [1]),
      steps('a', 1, [1]),
      epoch('a', 1, 0.9),
      epoch('a', 0, 0.9),
      steps('nobody', 0, [1]),
      runStarted('__proto__'),
      { type: 'runMelted', run: 'a' } as unknown as ComparisonEvent,
      { type: 'somethingElse' } as unknown as ComparisonEvent,
    ];
    assert.deepEqual(stateOf(told([...right, ...wrong])), stateOf(told(right)));
  });

  it('is another comparison after another start', () => {
    const comparison = told([two, runStarted('a'), steps('a', 0, [8]), started(['c', 0])]);
    const { runs, progress } = stateOf(comparison);
    assert.deepEqual(
      runs.map(({ run, stepsDone }) => [run, stepsDone]),
      [['c', 0]],
    );
    assert.equal(progress, 0);
  });

  it('takes a million steps in well under a second, and tells all of them at once', () => {
    const comparison = told([two, runStarted('a')]);
    const losses = Array.from({ length: 100 }, (_, i) => i);
    const begin = performance.now();
    for (let first = 0; first < 1e6; first += 100) comparison.tell(steps('a', first, losses));
    const [run] = stateOf(comparison).runs;
    const milliseconds = performance.now() - begin;
    assert.equal(run!.steps.losses.length, 1e6);
    assert.equal(run!.steps.losses[123_456], 56);
    assert.ok(milliseconds < 1000, `It took ${milliseconds.toFixed(0)} ms.`);
  });
});
