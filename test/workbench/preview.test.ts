import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { FrameLocator, Page } from 'playwright-core';
import { palettes } from '../../schedules/drawing/palettes.ts';
import { openNotebook } from '../support/vscode/notebook.ts';
import { takePicture } from '../support/vscode/picture.ts';
import { goTo, openFile, runCommand } from '../support/vscode/quickInput.ts';
import { retried } from '../support/vscode/retrying.ts';
import { allThemes, useTheme } from '../support/vscode/theme.ts';
import { reloadWindow } from '../support/vscode/reloading.ts';
import { workbenchForTests } from '../support/vscode/workbench.ts';

const previewPage = (page: Page): FrameLocator =>
  page
    .frameLocator('iframe.webview.ready[src*="extensionId=anneal"]')
    .frameLocator('iframe#active-frame');

const paletteOf = {
  light: 'light',
  dark: 'dark',
  highContrast: 'highContrastDark',
  highContrastLight: 'highContrastLight',
} as const;

/** Runs in the page, of whose types a test knows nothing. */
function strokeOf(element: unknown): string {
  const page = globalThis as unknown as {
    getComputedStyle(element: unknown): { readonly stroke: string };
  };
  return page.getComputedStyle(element).stroke;
}

/** `rgb(0, 120, 195)` -> `#0078c3` */
function hexOf(color: string): string {
  const parts = (color.match(/\d+/g) ?? []).slice(0, 3);
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`;
}

describe('The preview in VS Code', function () {
  this.timeout(90_000);
  const workbench = workbenchForTests();

  /** What the preview says of the rates of a schedule. */
  const rates = (name: string) =>
    previewPage(workbench().page).locator(`[data-schedule="${name}"] .value`);
  const ratesAre = (name: string, text: string) => rates(name).filter({ hasText: text }).waitFor();

  it('opens beside the code, with the schedule at the cursor as the active one', async () => {
    const { page } = workbench();
    await openFile(page, 'tutorial.py');
    await goTo(page, 90, 5);
    await runCommand(page, 'Anneal: Open Schedule Preview');
    await ratesAre('warmup_cosine_decay_scheduler', '1e-4 → 3e-4 → 1e-5');
    const active = previewPage(page).locator('.row.active .name');
    assert.match(await active.innerText(), /warmup_cosine_decay_/);
  });

  for (const theme of allThemes) {
    it(`has the colours of the theme: ${theme}`, async () => {
      const { page } = workbench();
      await useTheme(workbench(), theme);
      const line = previewPage(page).locator(
        '[data-schedule="cosine_decay_scheduler"] .swatch path',
      );
      const color = palettes[paletteOf[theme]].series[0];
      await retried(20, `The first line has not ${color ?? 'a colour'}`, async () => {
        const stroke = await line.evaluate(strokeOf);
        assert.equal(hexOf(stroke), color);
      });
      await takePicture(page, `preview-${theme}`);
    });
  }

  it('moves the curve while a number is typed', async () => {
    const { page } = workbench();
    await page.locator('.tab', { hasText: 'tutorial.py' }).first().click();
    // After the 3 of `peak_value=3e-4`.
    await goTo(page, 92, 16);
    await page.keyboard.press('Delete');
    await page.keyboard.type('8');
    await ratesAre('warmup_cosine_decay_scheduler', '8e-4');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await ratesAre('warmup_cosine_decay_scheduler', '3e-4');
  });

  it('moves the number while the curve is dragged, which one undo takes back', async () => {
    const { page } = workbench();
    const handle = previewPage(page).getByRole('slider', {
      name: 'peak_value of warmup_cosine_decay_scheduler',
    });
    const box = await handle.first().boundingBox();
    assert.ok(box);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y - 10, { steps: 3 });
    await page.mouse.move(x, y - 30, { steps: 5 });
    await page.mouse.up();
    const moved = page
      .locator('.view-line')
      .filter({ hasText: /peak_value=(3\.\d+|[4-9](\.\d+)?)e-4/ });
    await moved.waitFor();
    // What the drag ends with is written some time after the button is up.
    let written = '';
    await retried(20, 'The number does not come to rest', async () => {
      const before = written;
      await setTimeout(500);
      written = await moved.innerText();
      assert.equal(written, before);
    });
    await page.locator('.tab', { hasText: 'tutorial.py' }).first().click();
    await page.keyboard.press('Control+z');
    await ratesAre('warmup_cosine_decay_scheduler', '1e-4 → 3e-4 → 1e-5');
  });

  it('keeps the last curve while the code is broken, and says why', async () => {
    const { page } = workbench();
    await goTo(page, 94, 28);
    await page.keyboard.type(' * 0');
    const row = previewPage(page).locator('[data-schedule="warmup_cosine_decay_scheduler"]');
    await row.locator('.refused').waitFor();
    await takePicture(page, 'preview-broken');
    for (let i = 0; i < 4; i++) await page.keyboard.press('Backspace');
    await row.locator('.refused').waitFor({ state: 'detached' });
  });

  it('is there again after the window was loaded anew', async function () {
    this.timeout(150_000);
    const { page } = workbench();
    await page.keyboard.press('Control+s');
    await page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await reloadWindow(page, 'anneal.preview');
    await ratesAre('warmup_cosine_decay_scheduler', '1e-4 → 3e-4 → 1e-5');
  });

  it('follows to another file and to a notebook', async () => {
    const { page } = workbench();
    // Files open where the focus is, and that must not be over the preview.
    await page.locator('.tab', { hasText: 'tutorial.py' }).first().click();
    await openFile(page, 'traps.py');
    await ratesAre('one_cycle_without_rise', '→');
    await openNotebook(page, 'tutorial.ipynb');
    await ratesAre('warmup_cosine_decay_scheduler', '→');
  });
});
