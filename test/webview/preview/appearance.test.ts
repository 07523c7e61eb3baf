import assert from 'node:assert/strict';
import { allThemes } from '../../support/vscode/theme.ts';
import { takePicture } from '../../support/vscode/picture.ts';
import { eventually } from '../support/eventually.ts';
import { mixture, tutorial } from '../support/examples.ts';
import { previewsForTests, stateOf, type Preview } from '../support/previewHost.ts';
import type { WebviewOptions } from '../support/webview.ts';

describe('the look of the preview', () => {
  const { open } = previewsForTests();
  const places: Readonly<Record<string, WebviewOptions>> = {
    ...Object.fromEntries(allThemes.map((theme) => [theme, { theme }])),
    narrow: { width: 300, theme: 'dark' },
    zoomed: { width: 450, height: 500, scale: 2, theme: 'light' },
    forcedColors: { forcedColors: true, theme: 'light' },
  };
  for (const [place, options] of Object.entries(places)) {
    it(`cuts nothing off, ${place}`, async () => {
      const preview = await open(options);
      const stale = 'A bracket that is opened in line 3 is not closed.';
      const state = stateOf(tutorial, { file: 'tutorial.py' });
      await preview.show({ ...state, active: 'warmup_cosine_decay_scheduler' });
      await preview.page.locator('.reader').hover();
      await takePicture(preview.page, `preview-${place}`);
      assert.deepEqual(await cutOff(preview), []);
      await preview.show(stateOf(mixture, { active: 'assumed', stale }));
      assert.deepEqual(await cutOff(preview), []);
      await preview.page.getByRole('button', { name: 'Copy As' }).click();
      await preview.page.getByRole('menu').waitFor();
      assert.deepEqual(await cutOff(preview), []);
      await preview.page.getByRole('button', { name: 'Insert…' }).click();
      await preview.page.locator('.gallery').waitFor();
      await takePicture(preview.page, `preview-gallery-${place}`);
      assert.deepEqual(await cutOff(preview), []);
    });
  }

  it('has a name for every control', async () => {
    const preview = await open({ text: mixture });
    for (const active of ['warmup', 'stairs', 'pieces', 'assumed']) {
      await preview.post({ type: 'active', active });
      await preview.chart();
      const tree = await preview.page.locator('body').ariaSnapshot();
      const names = [...tree.matchAll(/- (?:button|checkbox|textbox|slider|combobox)(.*)/g)];
      assert.ok(names.length > 20);
      for (const [line, name = ''] of names) {
        assert.match(name, /^ "/, `${line} has a name`);
        assert.doesNotMatch(name, /"(Icon Button|Checkbox|Text field)"/);
      }
    }
  });

  it('reaches every control with the Tab key, and shows where it is', async () => {
    const preview = await open({ text: mixture });
    const reached = new Set<string>();
    for (let presses = 0; presses < 60; presses++) {
      await preview.page.keyboard.press('Tab');
      reached.add(
        await preview.page.evaluate<string>(
          `(({ tagName, className }) => tagName + '.' + className)(document.activeElement)`,
        ),
      );
    }
    for (const control of [
      'DIV.reader',
      'DIV.handle rate',
      'DIV.handle step',
      'BUTTON.swatch',
      'BUTTON.name',
      'VSCODE-CHECKBOX.',
      'VSCODE-TEXT-FIELD.',
      'INPUT.',
      'VSCODE-BUTTON.compare',
    ]) {
      assert.ok(reached.has(control), `${control} is among ${[...reached].join(', ')}`);
    }
  });

  it('says once what has come of changes, when they are over', async () => {
    const preview = await open({ text: mixture });
    await preview.page.evaluate(`{
      globalThis.said = [];
      const status = document.querySelector('[role=status]');
      const note = () => said.push(status.textContent);
      new MutationObserver(note).observe(status, { childList: true });
    }`);
    for (const peak of ['2e-3', '3e-3', '4e-3']) {
      await preview.post(stateOf(mixture.replace('peak_value=1e-3', `peak_value=${peak}`)));
    }
    await eventually(async () => {
      assert.deepEqual(await preview.page.evaluate('said'), [
        'warmup: 0 → 4e-3 → 1e-5, laid out for 1,000 steps.',
      ]);
    });
  });
});

/** Elements whose text does not fit into them, and the page where it is wider than the window. */
function cutOff({ page }: Preview): Promise<unknown> {
  return page.evaluate(`[...document.querySelectorAll('html, body *')]
    .filter((one) => {
      const { overflowX } = getComputedStyle(one);
      const scrolls = one.closest('.table, .only-read, .plot, svg') !== null;
      return !scrolls && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 &&
        (one.tagName === 'HTML' || overflowX !== 'visible' || one.childElementCount === 0);
    })
    .map((one) => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 50))`);
}
