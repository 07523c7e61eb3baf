import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cacheFolder, root } from './cache.ts';

export interface SuiteBundle {
  /** The module for `extensionTestsPath`. */
  readonly entry: string;
  readonly remove: () => Promise<void>;
}

const entry = 'test/support/vscode/extensionHost/suite';

/** Bundles test files (paths in the repository) for the extension host, which loads CommonJS. */
export async function bundleSuite(files: readonly string[]): Promise<SuiteBundle> {
  await mkdir(cacheFolder, { recursive: true });
  // Inside of the repository, from where Mocha is found.
  const folder = await mkdtemp(join(cacheFolder, 'suite-'));
  await build({
    absWorkingDir: root,
    entryPoints: [`${entry}.ts`, ...files],
    outdir: folder,
    outbase: root,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    mainFields: ['module', 'main'],
    sourcemap: 'linked',
    logLevel: 'warning',
  });
  return {
    entry: join(folder, `${entry}.cjs`),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
