import { resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * Anneal's cache folder, absolute: `ANNEAL_CACHE` where it is set, else the platform's place for
 * caches (`~/.cache/anneal` on Linux). It may not exist yet; everything in it can be made again.
 */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment['ANNEAL_CACHE'];
  return chosen ? resolve(chosen) : envPaths('anneal', { suffix: '' }).cache;
}
