import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { answer, pick, pickRow } from '../support/vscode/picking.ts';
import { takePicture } from '../support/vscode/picture.ts';
import { openFile, runCommand } from '../support/vscode/quickInput.ts';
import { workbenchForTests } from '../support/vscode/workbench.ts';

const comparePage = (page: Page): FrameLocator =>
  page
    .frameLocator('iframe.webview.ready[src*="extensionId=anneal"]')
    .frameLocator('iframe#active-frame');

describe('Comparing schedules in VS Code', function () {
  this.timeout(180_000);
  const workbench = workbenchForTests();

  it('is a matter of a pick and Enter', async () => {
    const { page, workspace } = workbench();
    await writeFile(
      join(workspace.folder, 'small.py'),
      `import optax

epochs, batch_size, steps = 3, 64, 24
warmup = optax.warmup_cosine_decay_schedule(0.0, 1e-3, 6, steps)
stairs = optax.exponential_decay(1e-3, 8, 0.5, staircase=True)
idle = optax.constant_schedule(1e-4)
first = optax.sgd(warmup)
second = optax.sgd(stairs)
`,
    );
    await openFile(page, 'small.py');
    await runCommand(page, 'Anneal: Compare Schedules');
    await pickRow(page, 'warmup').waitFor();
    await takePicture(page, 'compare-schedules');
    await page.keyboard.press('Enter');
    await pick(page, 'Images');
    await answer(page, 'Images to train on', '512');
    await answer(page, 'Images to test on', '200');
    await pickRow(page, 'Images: 512 to train on, 200 to test on').waitFor();
    await pickRow(page, 'under a minute').waitFor({ timeout: 60_000 });
    await takePicture(page, 'compare-training');
    await pick(page, 'Start: 2 schedules, 3 epochs');
    const list = comparePage(page);
    await list.getByText('warmup').first().waitFor();
    await takePicture(page, 'compare-panel-begin');
    await page.waitForTimeout(30_000);
    await takePicture(page, 'compare-panel');
    await runCommand(page, 'View: Show Anneal');
    await page.waitForTimeout(5_000);
    await takePicture(page, 'compare-history');
  });
});
