import assert from 'node:assert/strict';
import type { ComparisonEvent } from '../../../runner/protocol.ts';
import { syntheticEvents, syntheticResults } from '../../support/syntheticComparison.ts';
import { takePicture } from '../../support/vscode/picture.ts';
import { allThemes } from '../../support/vscode/theme.ts';
import {
  changesOf,
  comparePagesForTests,
  stateOf,
  told,
  type ComparePage,
} from '../support/compareHost.ts';
import { eventually } from '../support/eventually.ts';
import type { WebviewOptions } from '../support/webview.ts';

const whole = syntheticEvents({ stepsPerEpoch: 40 });
/** Of 14 runs some are done, two train, one has diverged, and others wait. */
const events: readonly ComparisonEvent[] = [
  ...whole.slice(0, Math.floor(0.6 * whole.length)),
  {
    type: 'runFailed',
    run: 'cosine_one_cycle_scheduler',
    message: 'Its loss is not finite any more after step 203. A lower peak may help.',
    diverged: true,
  },
];
const results = syntheticResults(events);

describe('the look of a comparison', () => {
  const { open } = comparePagesForTests();
  const places: Readonly<Record<string, WebviewOptions>> = {
    ...Object.fromEntries(allThemes.map((theme) => [theme, { theme, width: 1200 }])),
    narrow: { width: 300, theme: 'dark' },
    zoomed: { width: 450, height: 500, scale: 2, theme: 'light' },
    forcedColors: { forcedColors: true, theme: 'light', width: 1200 },
  };
  for (const [place, options] of Object.entries(places)) {
    it(`cuts nothing off, ${place}`, async () => {
      const page = await open(options);
      await page.show(stateOf(events, { results, status: { notice: 'The disk is nearly full.' } }));
      await page.page.locator('[data-run=piecewise_constant_scheduler] .name').click();
      await page.page.locator('[data-run=linear_scheduler] .name').click();
      await page.page.locator('figure').first().waitFor();
      await page.page.locator('[data-chart=accuracy] .reader').hover();
      await takePicture(page.page, `compare-${place}`);
      assert.deepEqual(await cutOff(page), []);
      await page.page.getByRole('button', { name: 'Table', exact: true }).click();
      await page.page.getByRole('button', { name: 'Export' }).click();
      await page.page.getByRole('menu').waitFor();
      assert.deepEqual(await cutOff(page), []);
    });
  }

  it('has a name for every control', async () => {
    const page = await open({ state: stateOf(events, { results }) });
    await page.page.locator('.run .name').first().click();
    await page.page.locator('figure').first().waitFor();
    const tree = await page.page.locator('body').ariaSnapshot();
    const names = [...tree.matchAll(/- (?:button|checkbox|textbox|slider|progressbar|img)(.*)/g)];
    assert.ok(names.length > 60, `${names.length} controls`);
    for (const [line, name = ''] of names) assert.match(name, /^ "/, `${line} has a name`);
  });

  it('reaches every control with the Tab key', async () => {
    const page = await open({ state: stateOf(events, { results }) });
    const reached = new Set<string>();
    for (let presses = 0; presses < 90; presses++) {
      await page.page.keyboard.press('Tab');
      reached.add(
        await page.page.evaluate<string>(
          `(({ tagName, className }) => tagName + '.' + className)(document.activeElement)`,
        ),
      );
    }
    for (const control of [
      'DIV.reader',
      'BUTTON.swatch',
      'BUTTON.name',
      'BUTTON.icon-button',
      'BUTTON.sort',
      'INPUT.',
      'VSCODE-BUTTON.toggle',
      'DIV.table',
    ]) {
      assert.ok(reached.has(control), `${control} is among ${[...reached].join(', ')}`);
    }
  });

  it('says when runs end, and not with every step', async () => {
    const [start, ...rest] = syntheticEvents({ runs: 2, epochs: 1, stepsPerEpoch: 30 });
    const comparison = told([start!]);
    const page = await open({
      state: comparison.state({ revision: 7000, title: 't', folder: '/f', results: null }),
    });
    await page.page.evaluate(`{
      globalThis.said = [];
      const status = document.querySelector('[role=status]');
      const note = () => said.push(status.textContent);
      new MutationObserver(note).observe(status, { childList: true });
    }`);
    for (const event of rest) await page.post(changesOf(comparison, [event]));
    await eventually(async () => {
      const said = await page.page.evaluate<string[]>('said');
      assert.match(said.at(-1) ?? '', /^completed: 2 of 2 runs done\. Best accuracy 0\.\d{4}\.$/);
      assert.ok(said.length <= 3, said.join(' | '));
    });
  });

  it('moves nothing by itself, so that it needs no reduced motion', async () => {
    const page = await open({ state: stateOf(events, { results }) });
    await page.page.locator('[data-chart=accuracy] .reader').hover();
    const moving = await page.page.evaluate<string[]>(`[...document.querySelectorAll('main *')]
      .filter((one) => {
        const { animationName, transitionDuration } = getComputedStyle(one);
        return animationName !== 'none' || parseFloat(transitionDuration) > 0;
      })
      .map((one) => one.tagName)`);
    assert.deepEqual(moving, []);
  });
});

/** Elements whose text does not fit into them, and the page where it is wider than the window. */
function cutOff({ page }: ComparePage): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('html, body *')]
    .filter((one) => {
      const { overflowX } = getComputedStyle(one);
      const scrolls = one.closest('.table, .only-read, .plot, svg') !== null;
      return !scrolls && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 &&
        (one.tagName === 'HTML' || overflowX !== 'visible' || one.childElementCount === 0);
    })
    .map((one) => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 50))`);
}
