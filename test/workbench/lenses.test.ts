import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { focusedEditor } from '../support/vscode/editor.ts';
import { takePicture } from '../support/vscode/picture.ts';
import { openFile } from '../support/vscode/quickInput.ts';
import { allThemes, useTheme } from '../support/vscode/theme.ts';
import { workbenchForTests } from '../support/vscode/workbench.ts';

const factory = `import optax


def create(learning_rate, steps_per_epoch):
    total_steps = 10 * steps_per_epoch
    return optax.warmup_cosine_decay_schedule(
        0.0, learning_rate, warmup_steps=warmup_steps, decay_steps=total_steps
    )
`;

const lens = (page: Page, text: string) =>
  page.locator('.codelens-decoration a, .codelens-decoration > span', { hasText: text }).first();

describe('What VS Code shows around the code', function () {
  this.timeout(120_000);
  const workbench = workbenchForTests();

  it('has length and rates of each schedule, hints, and a swatch of its colour', async () => {
    const { page } = workbench();
    await openFile(page, 'tutorial.py');
    await lens(page, '2350 steps, 1e-4 → 9.5e-5').waitFor();
    await page.getByText('→ 9.5e-5').nth(1).waitFor();
    for (const theme of allThemes) {
      await useTheme(workbench(), theme);
      const icons = '[...document.querySelectorAll(".glyph-margin-widgets .cgmr")]';
      const pictures = await page.evaluate<readonly string[]>(
        `${icons}.map((icon) => getComputedStyle(icon).backgroundImage)`,
      );
      assert.ok(pictures.length >= 2, 'several schedules are in sight');
      assert.equal(new Set(pictures).size, pictures.length, 'each has a colour of its own');
      await takePicture(page, `lenses-${theme}`);
    }
  });

  it('asks for a value that is assumed, and keeps it as a comment', async () => {
    const { page, workspace } = workbench();
    await writeFile(join(workspace.folder, 'factory.py'), factory);
    await openFile(page, 'factory.py');
    await lens(page, 'assumes steps_per_epoch = 1000').click();
    const input = page.locator('.quick-input-widget input[type=text]:visible').first();
    await input.waitFor();
    assert.equal(await input.inputValue(), '1000');
    await takePicture(page, 'assumed-value');
    await input.fill('2 *');
    await page.getByText('This cannot be computed').waitFor();
    await input.fill('235');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'comment' }).click();
    await lens(page, '2350 steps').waitFor();
    const text = await focusedEditor(page).locator('.view-lines').innerText();
    assert.match(text.replaceAll('\u00a0', ' '), /# anneal: steps_per_epoch=235/);
  });

  it('asks the same from the light bulb, and keeps it in the settings', async () => {
    const { page, workspace } = workbench();
    await openFile(page, 'factory.py');
    await page.locator('.view-line', { hasText: 'return optax' }).click();
    await page.keyboard.press('Control+.');
    const action = page.locator('.action-widget .monaco-list-row', { hasText: 'Set warmup_steps' });
    await action.waitFor();
    // Until the mouse moves VS Code takes no click there.
    await page.mouse.move(900, 600);
    await action.click();
    const input = page.locator('.quick-input-widget input[type=text]:visible').first();
    await input.fill('47');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'settings' }).click();
    await lens(page, 'warmup_steps = 47 is set by you').waitFor();
    await lens(page, 'assumes warmup_steps').waitFor({ state: 'hidden' });
    const settings = await readFile(join(workspace.folder, '.vscode', 'settings.json'), 'utf8');
    assert.match(settings, /"factory\.py": \{\s*"warmup_steps": 47\s*\}/);
    await takePicture(page, 'set-by-you');
  });
});
