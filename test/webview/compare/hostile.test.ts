import assert from 'node:assert/strict';
import type { ComparisonEvent } from '../../../runner/protocol.ts';
import { syntheticEvents, syntheticResults } from '../../support/syntheticComparison.ts';
import { comparePagesForTests, stateOf } from '../support/compareHost.ts';
import { takePicture } from '../../support/vscode/picture.ts';

const evil = '<img src=x onerror=alert(1)>';
const strange = [evil, 'x'.repeat(10_000), '__proto__', '\u202eright to left', ''];

/** Events whose names, messages and figures are what nobody would expect. */
function hostileEvents(): readonly ComparisonEvent[] {
  const [start, ...rest] = syntheticEvents({ runs: 5, epochs: 2, stepsPerEpoch: 5 });
  if (start?.type !== 'comparisonStarted') throw new RangeError('The events have no start.');
  const renamed = new Map(start.runs.map(({ run }, i) => [run, strange[i]!]));
  const runs = start.runs.map((one, i) => {
    const name = strange[i]!;
    return {
      ...one,
      run: name,
      name,
      schedule: name,
      function: evil,
      totalSteps: i === 4 ? 0 : 10,
    };
  });
  const figures = [NaN, -Infinity, -0.5, 1e300, 3];
  const events = rest.map((event, i): ComparisonEvent => {
    const figure = figures[i % figures.length]!;
    if (event.type === 'stepsCompleted') {
      const losses = event.losses.map(() => figure);
      return { ...event, run: renamed.get(event.run)!, losses, stepsPerSecond: figure };
    }
    if (event.type === 'epochCompleted') {
      const odd = { accuracy: figure, loss: figure, learningRate: figure, seconds: figure };
      return { ...event, ...odd, run: renamed.get(event.run)! };
    }
    return 'run' in event ? { ...event, run: renamed.get(event.run)! } : event;
  });
  const failed: ComparisonEvent = { type: 'runFailed', run: evil, message: evil, diverged: true };
  const unknown = { type: 'runMelted', run: evil } as unknown as ComparisonEvent;
  return [{ ...start, engine: evil, device: evil, runs }, ...events, failed, unknown];
}

describe('a comparison with hostile values', () => {
  const { open } = comparePagesForTests();

  it('shows names and messages as text, and figures as what they are', async () => {
    const events = hostileEvents();
    const results = syntheticResults(events);
    const page = await open();
    const notice = evil;
    await page.show(
      stateOf(events, {
        title: evil,
        results: { ...results, explanation: evil },
        status: { notice },
      }),
    );
    assert.equal(await page.page.locator('img').count(), 0);
    assert.equal(await page.page.locator('h1').innerText(), evil);
    assert.equal(await page.page.locator('.run').count(), 5);
    for (const look of ['Epochs', 'Time', 'Table', 'Table', 'Tutorial']) {
      await page.page.getByRole('button', { name: look, exact: true }).click();
      await page.drawn();
    }
    for (const log of await page.page.getByRole('button', { name: 'Log' }).all()) await log.click();
    const { charts } = await page.drawn();
    const ys = [...charts.find(({ chart }) => chart === 'accuracy')!.series[0]!.ys];
    assert.ok(ys.every((y) => [NaN, -Infinity, -0.5, 1e300, 3].some((one) => Object.is(one, y))));
    await page.page.locator('.run .name').first().click();
    await page.lastly('predictions');
    await takePicture(page.page, 'compare-hostile');
    const [inner, outer] = await page.page.evaluate<number[]>(
      '[innerWidth, document.body.scrollWidth]',
    );
    assert.ok(outer! <= inner!, 'nothing makes the page wider');
  });

  it('ignores what is no message of the extension', async () => {
    const state = stateOf(syntheticEvents({ runs: 2, epochs: 1, stepsPerEpoch: 5 }));
    const page = await open({ state });
    const before = await page.drawn();
    for (const wrong of [
      { ...state, runs: [{ run: 'x' }] },
      { ...state, revision: -1 },
      { type: 'changes', revision: 9, status: {}, runs: [] },
      { type: 'eval', code: 'alert(1)' },
      'state',
      null,
    ]) {
      await page.post(wrong as never);
    }
    assert.deepEqual(await page.drawn(), before);
  });

  it('passes over changes of runs that it does not have, and steps that do not follow', async () => {
    const state = stateOf(syntheticEvents({ runs: 1, epochs: 1, stepsPerEpoch: 5 }));
    const page = await open({ state });
    const [run] = state.runs;
    const steps = {
      firstStep: 500,
      losses: new Float32Array(1),
      learningRates: new Float32Array(1),
      clock: new Float32Array(2),
    };
    await page.show({
      type: 'changes',
      revision: 99_999,
      status: state,
      runs: [
        { ...run!, run: 'nobody' },
        { ...run!, steps },
      ],
    });
    const { charts } = await page.drawn();
    assert.deepEqual(
      charts[1]!.series.map(({ run, ys }) => [run, ys.length]),
      [[run!.run, 5]],
    );
  });

  it('has nothing to show before anything is known', async () => {
    const page = await open();
    await page.show(stateOf([], { status: { notice: 'Fetching Fashion-MNIST' } }));
    assert.match(
      await page.page.locator('header').innerText(),
      /Starting.*Fetching Fashion-MNIST/s,
    );
  });
});
