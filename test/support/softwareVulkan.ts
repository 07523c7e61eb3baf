import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { packagedChromium } from './browser.ts';
import { cached } from './vscode/cache.ts';

const execute = promisify(execFile);

/** Whether there is a software GPU for tests here. */
export const hasSoftwareVulkan = process.platform === 'linux' && process.arch === 'x64';

/** Of an ANNEAL_WEBGPU_ADAPTER that names it. */
export const softwareAdapter = 'SwiftShader';

/**
 * The environment in which a process finds a GPU that is software, SwiftShader, and no other: the one
 * that comes with the Chromium of npm, put into the cache where it is missing.
 */
export async function softwareVulkan(): Promise<Readonly<Record<string, string>>> {
  const folder = await cached('swiftshader', async (unfinished) => {
    const chromium = await packagedChromium();
    const archive = join(unfinished, 'swiftshader.tar');
    await pipeline(
      createReadStream(join(chromium, 'swiftshader.tar.br')),
      createBrotliDecompress(),
      createWriteStream(archive),
    );
    await execute('tar', ['-xf', archive, '-C', unfinished]);
    await rm(archive);
  });
  return {
    LD_LIBRARY_PATH: folder,
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
  };
}
