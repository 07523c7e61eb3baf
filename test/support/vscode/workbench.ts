import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { workbenchAddress } from './address.ts';
import { cacheFolder } from './cache.ts';
import { newEndings } from './endings.ts';
import { type Server, startServer } from './server.ts';
import { copiedWorkspace, type Settings, type Workspace } from './workspace.ts';

/** VS Code's window in a browser, with the extension installed. */
export interface Workbench {
  readonly page: Page;
  /** What it shows: a copy, which tests may change. */
  readonly workspace: Workspace;
  readonly server: Server;
  readonly close: () => Promise<void>;
}

export interface WorkbenchOptions {
  /** The folder of the repository whose copy is opened; examples/ if none is given. */
  readonly source?: string;
  readonly settings?: Settings;
  /** Install the extension from its package, as people do. */
  readonly isPacked?: boolean;
  /** Ask whether the folder is trusted. */
  readonly asksForTrust?: boolean;
}

/** Opens a workbench on a server of its own (5 s). */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const endings = newEndings();
  try {
    const workspace = await copiedWorkspace(options.source);
    endings.add(workspace.remove);
    if (options.settings) await workspace.changeSettings(options.settings);
    const server = await startServer({
      withExtension: options.isPacked ? 'packed' : true,
      asksForTrust: options.asksForTrust ?? false,
    });
    endings.add(server.stop);
    const browser = await launchBrowser();
    endings.add(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(20_000);
    await page.goto(workbenchAddress(server, { folder: workspace.folder }));
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    return { page, workspace, server, close: endings.run };
  } catch (error) {
    await endings.run();
    throw error;
  }
}

/** What a frame of the window shows, in words: all that is known of a failure elsewhere. */
async function textOf(frame: Frame): Promise<string> {
  const text = await frame.innerText('body', { timeout: 2_000 }).catch(() => '');
  return text.replaceAll(/\s+/g, ' ').slice(0, 2_000);
}

/**
 * A workbench for the tests of a `describe`, opened before and closed after them. Where a test
 * fails, a picture of what it saw is kept, and its words are printed.
 *
 * @returns the workbench; to be called inside of hooks and tests.
 */
export function workbenchForTests(options?: WorkbenchOptions): () => Workbench {
  let opened: Workbench | undefined;
  const workbench = (): Workbench => {
    if (opened === undefined) throw new Error('The workbench is open only while tests run.');
    return opened;
  };
  before(async () => {
    opened = await openWorkbench(options);
  });
  afterEach(async function () {
    const test = this.currentTest;
    // Of an attempt that is made again, Mocha does not say that it failed.
    if (!test || test.state === 'passed' || test.isPending()) return;
    const folder = join(cacheFolder, 'failure');
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${test.fullTitle().replaceAll(/\W+/g, '-')}.png`);
    await workbench().page.screenshot({ path });
    const texts = await Promise.all(workbench().page.frames().map(textOf));
    process.stderr.write(`What the screen showed: ${path}\n${texts.filter(Boolean).join('\n')}\n`);
  });
  after(() => opened?.close());
  return workbench;
}
