import assert from 'node:assert/strict';
import type { ComparisonEvent } from '../../../runner/protocol.ts';
import type { ComparisonStatus } from '../../../webview/messages.ts';
import { syntheticEvents } from '../../support/syntheticComparison.ts';
import { comparePagesForTests, stateOf, type ComparePage } from '../support/compareHost.ts';
import { eventually } from '../support/eventually.ts';

const [start, ...told] = syntheticEvents({ runs: 6, epochs: 2, stepsPerEpoch: 10 });
const names = start!.type === 'comparisonStarted' ? start.runs.map(({ run }) => run) : [];
const [first, second, third, fourth, fifth, sixth] = names as [
  ...[string, string, string, string, string, string],
];
const of = (run: string): readonly ComparisonEvent[] =>
  told.filter((event) => 'run' in event && event.run === run);
const half = (run: string): readonly ComparisonEvent[] => of(run).slice(0, 5);

/** One run of each kind, the last of which waits. */
const mixed: readonly ComparisonEvent[] = [
  start!,
  ...half(first),
  ...half(second),
  { type: 'runStopped', run: second },
  ...half(third),
  { type: 'runFailed', run: third, message: 'Its loss is not finite any more.', diverged: true },
  ...half(fourth),
  { type: 'runFailed', run: fourth, message: 'No memory is left.', diverged: false },
  ...of(fifth).slice(0, -1),
  { type: 'runCompleted', run: fifth, accuracy: 0.8, seconds: 3, reused: true },
];

describe('the runs of a comparison', () => {
  const { open } = comparePagesForTests();
  const row = ({ page }: ComparePage, run: string) => page.locator(`[data-run="${run}"]`);
  const words = async (page: ComparePage): Promise<readonly string[]> =>
    (await page.page.locator('.condition').allInnerTexts()).map((text) =>
      text.split(',')[0]!.trim(),
    );
  const heading = ({ page }: ComparePage, name: string) =>
    page.locator('.header vscode-button', { hasText: name });

  it('say in a word and by a sign how each is', async () => {
    const page = await open({ state: stateOf(mixed) });
    assert.deepEqual(await words(page), [
      ...['training', 'stopped', 'diverged', 'failed', 'reused', 'waiting'],
    ]);
    assert.equal(await page.page.locator('.condition svg').count(), 6);
    const signs = await page.page
      .locator('.condition svg')
      .evaluateAll((all) =>
        all.map((one) => (one as { innerHTML: string }).innerHTML.replace(/<!--.*?-->/g, '')),
      );
    assert.equal(new Set(signs).size, 6, 'each kind has a sign of its own');
    assert.match(await row(page, third).innerText(), /Its loss is not finite any more\./);
  });

  it('say that they were interrupted, whether they wait to go on or nothing trains any more', async () => {
    const message = 'Its worker process ended.';
    const interrupted = stateOf([...mixed, { type: 'runInterrupted', run: first, message }]);
    const page = await open({ state: interrupted });
    assert.equal((await words(page))[0], 'interrupted');
    assert.match(await row(page, first).innerText(), /Its worker process ended\./);
    await page.show(stateOf(mixed, { status: { status: 'opened' } }));
    assert.equal((await words(page))[0], 'interrupted');
    assert.equal((await words(page))[5], 'not trained');
  });

  it('are paused with the comparison', async () => {
    const page = await open({ state: stateOf(mixed, { status: { status: 'paused' } }) });
    assert.equal((await words(page))[0], 'paused');
  });

  it('show their newest figures and their progress', async () => {
    const page = await open({ state: stateOf(mixed) });
    const losses = half(first).flatMap((one) => (one.type === 'stepsCompleted' ? one.losses : []));
    const text = await row(page, first).innerText();
    assert.ok(text.includes(losses.at(-1)!.toFixed(3)), text);
    assert.match(text, /epoch \d.*left/);
    const bar = row(page, first).locator('progress');
    const progress = await bar.evaluate((one) => (one as unknown as { value: number }).value);
    assert.equal(progress, losses.length / 20);
  });

  it('are stopped, continued, trained first and shown in the code by their own buttons', async () => {
    const page = await open({ state: stateOf(mixed) });
    const press = async (label: string, run: string) => {
      await page.page.getByRole('button', { name: `${label}: ${run}`, exact: true }).click();
    };
    await press('Stop', first);
    assert.deepEqual(await page.lastly('stop'), { type: 'stop', run: first });
    await press('Go on', second);
    assert.deepEqual(await page.lastly('continue'), { type: 'continue', run: second });
    await press('Train first', sixth);
    assert.deepEqual(await page.lastly('first'), { type: 'first', run: sixth });
    await press('Show the code', fifth);
    assert.deepEqual(await page.lastly('showCode'), { type: 'showCode', run: fifth });
    const buttons = await page.page
      .locator('.run-actions button')
      .evaluateAll((all) => all.map((one) => (one as { ariaLabel: string }).ariaLabel));
    assert.ok(!buttons.includes(`Go on: ${third}`), 'a run that diverged cannot go on');
    assert.ok(buttons.includes(`Go on: ${fourth}`));
    assert.ok(!buttons.includes(`Stop: ${fifth}`));
  });

  it('go on one by one where the comparison has ended', async () => {
    const page = await open({ state: stateOf(mixed, { status: { status: 'stopped' } }) });
    const goOn = page.page.getByRole('button', { name: /^Go on: / });
    const labels = (): Promise<(string | null)[]> =>
      goOn.evaluateAll((all) => all.map((one) => (one as { ariaLabel: string }).ariaLabel));
    assert.deepEqual(
      await labels(),
      [second, fourth, sixth].map((run) => `Go on: ${run}`),
    );
    await goOn.first().click();
    assert.deepEqual(await page.lastly('continue'), { type: 'continue', run: second });
    await page.show(stateOf(mixed, { status: { status: 'opened' } }));
    assert.deepEqual(await labels(), []);
  });

  const offered: readonly (readonly [ComparisonStatus['status'], readonly string[]])[] = [
    ['reading', []],
    ['starting', ['Stop']],
    ['training', ['Pause', 'Stop']],
    ['paused', ['Go On', 'Stop']],
    ['stopping', []],
    ['stopped', ['Go On']],
    ['completed', []],
    ['opened', []],
    ['elsewhere', []],
  ];
  it('are steered together as far as the comparison can be at the moment', async () => {
    const page = await open();
    for (const [status, labels] of offered) {
      await page.show(stateOf(mixed, { status: { status } }));
      const shown = await page.page.locator('.header .actions > vscode-button').allInnerTexts();
      assert.deepEqual(
        shown.map((text) => text.trim()),
        labels,
        status,
      );
    }
    await page.show(stateOf(mixed));
    await heading(page, 'Pause').click();
    assert.deepEqual(await page.lastly('pause'), { type: 'pause' });
    await heading(page, 'Stop').click();
    assert.deepEqual(await page.lastly('stop'), { type: 'stop', run: null });
    await page.show(stateOf(mixed, { status: { status: 'stopped' } }));
    await heading(page, 'Go On').click();
    assert.deepEqual(await page.lastly('continue'), { type: 'continue', run: null });
  });

  it('have a header with the state, the progress, the time left, the engine and what to know', async () => {
    const page = await open({
      state: stateOf(mixed, {
        title: 'Night run',
        status: { notice: 'Fetching Fashion-MNIST (40 %)', seconds: 65, secondsLeft: 3700 },
      }),
    });
    const header = await page.page.locator('header').innerText();
    for (const part of ['Night run', 'Training', '1 of 6 runs done', 'wasm (CPU, 2 cores)']) {
      assert.ok(header.includes(part), `${part} in ${header}`);
    }
    assert.match(header, /1\smin\s05\ss/);
    assert.match(header, /about 1\sh\s01\smin left/);
    assert.match(header, /Fetching Fashion-MNIST \(40 %\)/);
  });

  it('stay as they are where the comparison gets another name', async () => {
    const page = await open({ state: stateOf(mixed, { title: 'Night run' }) });
    const before = await words(page);
    await page.post({ type: 'title', title: 'Day run' });
    await eventually(async () => {
      assert.match(await page.page.locator('header').innerText(), /Day run/);
    });
    assert.deepEqual(await words(page), before);
  });

  it('are exported in every form that there is', async () => {
    const page = await open({ state: stateOf(mixed) });
    for (const [label, format] of [
      ['HTML', 'html'],
      ['Markdown', 'md'],
      ['CSV', 'csv'],
      ['JSON', 'json'],
      ['SVG', 'svg'],
      ['TensorBoard', 'tensorboard'],
      ['Link', 'link'],
    ] as const) {
      await page.page.getByRole('button', { name: 'Export' }).click();
      await page.page.getByRole('menuitem', { name: label }).click();
      await eventually(async () => {
        assert.deepEqual(await page.lastly('export'), { type: 'export', format });
      });
    }
    await page.page.getByRole('button', { name: 'Export' }).click();
    await page.page.keyboard.press('ArrowDown');
    await page.page.keyboard.press('Escape');
    await eventually(async () => {
      assert.equal(await page.page.getByRole('menu').count(), 0);
    });
  });
});
