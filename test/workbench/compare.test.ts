import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { FrameLocator, Locator } from 'playwright-core';
import { childrenOf, processesOf } from '../support/processes.ts';
import { answer, pick, pickRow } from '../support/vscode/picking.ts';
import { takePicture } from '../support/vscode/picture.ts';
import { openFile, runCommand } from '../support/vscode/quickInput.ts';
import { reloadWindow } from '../support/vscode/reloading.ts';
import { retried } from '../support/vscode/retrying.ts';
import { workbenchForTests } from '../support/vscode/workbench.ts';

const code = `import optax

epochs, batch_size, steps = 3, 64, 24
warmup = optax.warmup_cosine_decay_schedule(0.0, 1e-3, 6, steps)
stairs = optax.exponential_decay(1e-3, 8, 0.5, staircase=True)
idle = optax.constant_schedule(1e-4)
first = optax.sgd(warmup)
second = optax.sgd(stairs)
`;

/** So many epochs that there is time to do something meanwhile. */
const long = JSON.stringify({
  training: { epochs: 500, batch_size: 64, train_examples: 512, test_examples: 200 },
  schedules: ['low', 'high'].map((name, i) => ({
    name,
    function: 'constant_schedule',
    args: { value: 10 ** (i - 4) },
  })),
});

describe('Comparing schedules in VS Code, from the extension’s package', function () {
  this.timeout(180_000);
  const workbench = workbenchForTests({ isPacked: true });

  /** The page of the comparison that is in sight. */
  const comparison = (): FrameLocator =>
    workbench()
      .page.frameLocator('iframe.webview.ready[src*="extensionId=anneal"]:visible')
      .frameLocator('iframe#active-frame');
  const standing = (text: string | RegExp): Locator =>
    comparison().locator('.standing').filter({ hasText: text });
  /** What this window trains, not what it follows. */
  const training = /\bTraining(?! elsewhere)/;
  const button = (name: string): Locator => comparison().getByRole('button', { name, exact: true });

  /** How much of all training is done, in percent. */
  async function percentDone(): Promise<number> {
    const text = await comparison().locator('.standing').innerText();
    return Number(/(\d+) %/.exec(text)?.[1] ?? 100);
  }

  async function write(name: string, text: string): Promise<void> {
    await writeFile(join(workbench().workspace.folder, name), text);
    await openFile(workbench().page, name);
  }

  /** Starts a comparison of all schedules of a file. */
  async function compare(name: string): Promise<void> {
    const { page } = workbench();
    await write(name, long);
    await runCommand(page, 'Anneal: Compare Schedules');
    await pickRow(page, 'high').waitFor();
    await page.keyboard.press('Enter');
    await pick(page, 'Start: 2 schedules, 500 epochs');
    await standing(training).waitFor();
  }

  it('is a matter of a few keys, and shows epochs as they come', async () => {
    const { page } = workbench();
    await write('small.py', code);
    await runCommand(page, 'Anneal: Compare Schedules');
    await pickRow(page, 'warmup').waitFor();
    await takePicture(page, 'compare-schedules');
    await page.keyboard.press('Enter');
    await pick(page, 'Images');
    await answer(page, 'Images to train on', '512');
    await answer(page, 'Images to test on', '200');
    await pickRow(page, 'under a minute').waitFor({ timeout: 90_000 });
    await takePicture(page, 'compare-training');
    await page.keyboard.press('Enter');
    await comparison().locator('.runs').getByText('warmup').waitFor();
    await comparison().locator('.runs').getByText('stairs').waitFor();
    await standing('Completed · 2 of 2 runs done').waitFor({ timeout: 90_000 });
  });

  it('has a table of what came out, with the best schedule first', async () => {
    const rows = comparison().locator('.results tbody tr');
    await rows.nth(1).waitFor();
    const [best, other] = await rows.allInnerTexts();
    assert.match(`${best ?? ''} ${other ?? ''}`, /warmup/);
    assert.match(`${best ?? ''} ${other ?? ''}`, /stairs/);
    await takePicture(workbench().page, 'compare-panel');
  });

  it('exports files, which are opened', async () => {
    const { page, workspace } = workbench();
    for (const [item, ending] of [
      ['CSV, Each Epoch', 'csv'],
      ['HTML Report', 'html'],
    ] as const) {
      await button('Export').click();
      await comparison().getByRole('menuitem', { name: item }).click();
      await page.locator('.quick-input-widget:visible', { hasText: 'Export Comparison' }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator('.notification-toast', { hasText: 'Exported to' }).waitFor();
      await page.locator('.notification-toast').getByRole('button', { name: 'Open' }).click();
      await page.locator('.tab.active', { hasText: `.${ending}` }).waitFor();
      const [name = ''] = (await readdir(workspace.folder)).filter((one) => one.endsWith(ending));
      const text = await readFile(join(workspace.folder, name), 'utf8');
      assert.match(text, /warmup/);
      assert.match(text, /stairs/);
      await page.locator('.tab', { hasText: 'small-' }).first().click();
    }
  });

  it('saves a picture of its charts', async () => {
    const { page, workspace } = workbench();
    await button('Export').click();
    await comparison().getByRole('menuitem', { name: 'PNG Picture' }).click();
    await page.locator('.quick-input-widget:visible', { hasText: 'Save the Picture' }).waitFor();
    await page.keyboard.press('Enter');
    const pictures = async (): Promise<readonly string[]> =>
      (await readdir(workspace.folder)).filter((name) => name.endsWith('.png'));
    await retried(20, 'No picture was written', async () => {
      await setTimeout(200);
      const [name = ''] = await pictures();
      const bytes = await readFile(join(workspace.folder, name));
      assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    });
  });

  it('starts again as the last time with one key', async () => {
    const { page } = workbench();
    await openFile(page, 'small.py');
    await runCommand(page, 'Anneal: Compare Schedules');
    await pickRow(page, 'Start: 2 schedules, 3 epochs').waitFor();
    await page.keyboard.press('Enter');
    // What was trained before is there at once.
    await standing('Completed').waitFor({ timeout: 60_000 });
  });

  it('pauses, stops and goes on', async () => {
    const { page } = workbench();
    await compare('long.schedules.json');
    await takePicture(page, 'compare-progress');
    await button('Pause').click();
    await standing('Paused').waitFor();
    const before = await percentDone();
    await setTimeout(2_000);
    assert.ok((await percentDone()) <= before + 1, 'nothing trains while it is paused');
    await button('Go On').click();
    await standing(training).waitFor();
    await button('Stop').click();
    await standing('Stopped').waitFor();
    await button('Go On').click();
    await standing(training).waitFor({ timeout: 60_000 });
  });

  it('goes on by itself when the window was loaded anew', async () => {
    const { page } = workbench();
    const before = await percentDone();
    await reloadWindow(page, 'anneal.comparison');
    await standing(training).waitFor({ timeout: 90_000 });
    assert.ok((await percentDone()) >= before);
  });

  it('says that its process was killed, and goes on where the user wants it', async () => {
    const { page, server } = workbench();
    // That of the window before may still be there, and that of this one not train yet; another one has
    // what does not train.
    const message = page.locator('.notification-toast', { hasText: 'was killed (SIGKILL)' });
    await retried(10, 'VS Code does not say that it was killed', async () => {
      const runners = await processesOf(join(server.userData.extensions, '.*main.js'));
      const workers = await Promise.all(runners.map(childrenOf));
      for (const [i, runner] of runners.entries()) {
        if (workers[i]?.length) process.kill(runner, 'SIGKILL');
      }
      await message.waitFor({ timeout: 3_000 });
    });
    await takePicture(page, 'compare-killed');
    await standing('Stopped').waitFor();
    await message.getByRole('button', { name: 'Resume' }).click();
    await standing(training).waitFor({ timeout: 60_000 });
  });

  it('trains two at once, which the status bar and the view tell', async () => {
    const { page } = workbench();
    await compare('another.schedules.json');
    await page.locator('.statusbar-item', { hasText: '2 comparisons' }).waitFor();
    await runCommand(page, 'View: Show Anneal');
    const rows = page.locator('.pane-body .monaco-list-row');
    await rows.filter({ hasText: 'another' }).waitFor();
    await rows.filter({ hasText: 'small' }).first().waitFor();
    await takePicture(page, 'compare-history');
  });

  it('deletes a comparison that the user selects, when that is confirmed', async () => {
    const { page, workspace } = workbench();
    const rows = page.locator('.pane-body .monaco-list-row', { hasText: 'small' });
    const folders = async () => readdir(join(workspace.folder, '.anneal'));
    const before = await folders();
    const dialog = page.locator('.monaco-dialog-box');
    // VS Code passes over a click on a menu that it has just opened.
    await retried(5, 'VS Code does not ask whether to delete', async () => {
      const item = page.locator('.context-view .action-label', { hasText: 'Delete Comparison' });
      if (!(await item.isVisible())) await rows.first().click({ button: 'right' });
      await item.click({ timeout: 5_000 });
      await dialog.waitFor({ timeout: 2_000 });
    });
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await rows.nth(1).waitFor({ state: 'detached' });
    assert.equal((await folders()).length, before.length - 1);
  });

  it('starts from the toolbar of a notebook', async () => {
    const { page } = workbench();
    await openFile(page, 'tutorial.ipynb');
    await page.getByRole('button', { name: 'Compare Schedules' }).first().click();
    await pickRow(page, 'cosine_one_cycle_scheduler').waitFor();
    await page.keyboard.press('Escape');
  });

  it('sets up the TensorFlow engine, and says when it is ready', async () => {
    const { page } = workbench();
    await runCommand(page, 'Anneal: Set Up TensorFlow Engine');
    const ready = 'The TensorFlow engine is ready: comparisons train with it from now on.';
    const toast = page.locator('.notification-toast', { hasText: ready });
    await toast.waitFor({ timeout: 150_000 });
    await takePicture(page, 'tensorflow-ready');
    await page.keyboard.press('Escape');
  });

  it('refuses a file with errors, and goes to the first one', async () => {
    const { page } = workbench();
    await write(
      'broken.py',
      code.replace('optax.sgd(stairs)', 'optax.sgd(optax.cosine_decay_schedule(1.0, 0))'),
    );
    await runCommand(page, 'Anneal: Compare Schedules');
    const message = page.locator('.notification-toast', { hasText: 'broken.py (line 8)' });
    await message.getByRole('button', { name: 'Go There' }).click();
    await page.locator('.statusbar-item', { hasText: 'Ln 8' }).waitFor();
  });
});

describe('Comparing schedules in a folder that is not trusted', function () {
  this.timeout(90_000);
  const workbench = workbenchForTests({ asksForTrust: true });

  it('says why it is off, and how to have it', async () => {
    const { page } = workbench();
    const no = page.getByRole('button', { name: 'No, I don', exact: false });
    const restricted = page.locator('.statusbar-item', { hasText: 'Restricted Mode' });
    await no.or(restricted).first().waitFor();
    // Newer releases do not ask when they open a folder.
    await no.click({ timeout: 4_000 }).catch(() => undefined);
    await openFile(page, 'tutorial.py');
    await runCommand(page, 'Anneal: Compare Schedules');
    const message = page.locator('.notification-toast', {
      hasText: 'off in a workspace that you do not trust',
    });
    await message.waitFor();
    await takePicture(page, 'compare-untrusted');
    await message.getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page.locator('.workspace-trust-editor').waitFor();
  });
});
