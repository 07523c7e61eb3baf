import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server as Listener } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { format } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import { workbenchAddress } from './address.ts';
import { bundleSuite } from './bundle.ts';
import { cacheFolder, root } from './cache.ts';
import { newEndings } from './endings.ts';
import { startServer } from './server.ts';
import { copiedWorkspace } from './workspace.ts';

/** Milliseconds. A test that trains may take two minutes; a suite that is silent for longer hangs. */
const longestSilence = 180_000;

/**
 * Runs test files (paths in the repository) in the extension host of VS Code's server, with a copy
 * of examples/ as the workspace and the extension loaded from the repository. What Mocha reports
 * goes to stdout.
 *
 * @returns the exit code: 0 where all tests passed.
 * @throws Error where the suite hangs, with the end of VS Code's log.
 */
export async function runExtensionSuite(files: readonly string[]): Promise<number> {
  const endings = newEndings();
  try {
    const bundle = await bundleSuite(files);
    endings.add(bundle.remove);
    const workspace = await copiedWorkspace();
    endings.add(workspace.remove);
    const report = createServer().listen(0, '127.0.0.1');
    endings.add(() => report.close());
    const server = await startServer({ smokeTest: true, env: await outputVariables(report) });
    endings.add(server.stop);
    const browser = await launchBrowser();
    endings.add(() => browser.close());

    let lastHeard = Date.now();
    report.on('connection', (socket) => {
      socket.on('data', (text) => {
        lastHeard = Date.now();
        process.stdout.write(text);
      });
    });
    const page = await browser.newPage();
    let consoleLog = '';
    await page.exposeFunction('codeAutomationLog', (_level: string, values: unknown[]) => {
      consoleLog += `${format(...values)}\n`;
    });
    const exit = exitCode(page);
    const opening = {
      folder: workspace.folder,
      extensionDevelopmentPath: root,
      extensionTestsPath: bundle.entry,
    };
    await page.goto(workbenchAddress(server, opening));
    await stopReadingAlong(page);
    const code = await Promise.race([exit, silence(() => lastHeard)]);
    if (code === 0) return code;
    const kept = await keep(page, `${server.log()}\n${consoleLog}`);
    if (code !== undefined) {
      process.stderr.write(`What VS Code logged: ${kept}\n`);
      return code;
    }
    throw new Error(
      `The suite hangs: nothing was heard for ${longestSilence / 1000} s. What VS Code logged ends ` +
        `with\n${consoleLog.slice(-2_000)}\nAll of it, and what the screen shows: ${kept}`,
    );
  } finally {
    await endings.run();
  }
}

/** What tells the suite where its report goes (extensionHost/output.ts). */
async function outputVariables(report: Listener): Promise<Record<string, string>> {
  await once(report, 'listening');
  const { port } = report.address() as AddressInfo;
  return {
    ANNEAL_TEST_OUTPUT: String(port),
    // The extension is loaded before the suite can ask for source maps.
    NODE_OPTIONS: '--enable-source-maps',
    ANNEAL_TEST_COLOR: process.stdout.isTTY ? '1' : '0',
  };
}

/** VS Code calls this function of its page, where it is there, when a suite has run. */
async function exitCode(page: Page): Promise<number> {
  return new Promise((resolve, reject) => {
    page.exposeFunction('codeAutomationExit', resolve).catch(reject);
  });
}

/** Resolves when nothing was heard for too long. */
async function silence(lastHeard: () => number): Promise<undefined> {
  for (;;) {
    const left = lastHeard() + longestSilence - Date.now();
    if (left <= 0) return undefined;
    await setTimeout(left, undefined, { ref: false });
  }
}

/**
 * Playwright is told all that a page loads, and so gets a copy of whatever VS Code's extension host
 * tells its window: much where a comparison is large. Nothing here asks for it.
 */
async function stopReadingAlong(page: Page): Promise<void> {
  const { delegate } = internals(page)._connection.toImpl(page);
  await delegate._mainFrameSession._client.send('Network.disable');
}

/** There is no public way. */
const internals = (page: Page) =>
  page as unknown as {
    readonly _connection: {
      toImpl(page: Page): {
        readonly delegate: {
          readonly _mainFrameSession: {
            readonly _client: { send(method: 'Network.disable'): Promise<unknown> };
          };
        };
      };
    };
  };

/** Keeps a log and a picture of the page. @returns the folder. */
async function keep(page: Page, log: string): Promise<string> {
  const folder = join(cacheFolder, 'failure');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'vscode.log'), log);
  await page.screenshot({ path: join(folder, 'screen.png') });
  return folder;
}
