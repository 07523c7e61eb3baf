import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { cacheFolder, root } from './cache.ts';

/**
 * Takes a picture of the window or a part of it: into docs/pictures/ where ANNEAL_PICTURES is set,
 * else into the cache, to be looked at.
 */
export async function takePicture(of: Page | Locator, name: string): Promise<void> {
  const docs = process.env['ANNEAL_PICTURES'] !== undefined;
  const folder = docs ? join(root, 'docs', 'pictures') : join(cacheFolder, 'pictures');
  await of.screenshot({ path: join(folder, `${name}.png`) });
}
