import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { cached, unpackPackage } from './vscode/cache.ts';

/** The package whose Chromium (Linux, x64) is taken where the machine has none. */
const packaged = { name: '@sparticuz/chromium', version: '147.0.0' } as const;

/**
 * Starts a headless Chromium: Playwright's own where it is installed; else the system's Chromium,
 * Chrome or Edge; else one from npm, which is put into the cache first.
 */
export async function launchBrowser(): Promise<Browser> {
  const installed = [chromium.executablePath(), ...onThePath()].find((path) => existsSync(path));
  if (installed !== undefined) return chromium.launch({ executablePath: installed });
  for (const channel of ['chrome', 'msedge']) {
    try {
      return await chromium.launch({ channel });
    } catch {
      // It is not where its installer puts it on this system.
    }
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    return chromium.launch({ executablePath: join(await packagedChromium(), 'chromium') });
  }
  throw new Error(
    'No browser was found: install Chrome, or run "npx playwright-core install chromium".',
  );
}

function onThePath(): readonly string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** The folder of the Chromium from npm, and of what comes with it. */
export function packagedChromium(): Promise<string> {
  return cached(`chromium-${packaged.version}`, async (unfinished) => {
    const name = `${packaged.name}@${packaged.version}`;
    process.stderr.write(`Taking Chromium from npm's ${name}\n`);
    await unpackPackage(name, 'package/bin', unfinished);
    await pipeline(
      createReadStream(join(unfinished, 'chromium.br')),
      createBrotliDecompress(),
      createWriteStream(join(unfinished, 'chromium'), { mode: 0o755 }),
    );
    await rm(join(unfinished, 'chromium.br'));
  });
}
