import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, TestRunFailedError } from '@vscode/test-electron';
import { bundleSuite } from './bundle.ts';
import { cacheFolder, root } from './cache.ts';
import { newEndings } from './endings.ts';
import { copiedWorkspace } from './workspace.ts';

/**
 * Runs test files (paths in the repository) in the desktop's VS Code, which is downloaded into the
 * cache where it is missing.
 *
 * @param version such as `1.100.0`, or `stable`.
 * @returns whether all tests passed.
 * @throws Error where VS Code cannot be downloaded.
 */
export async function runInElectron(version: string, files: readonly string[]): Promise<boolean> {
  const vscodeExecutablePath = await download(version);
  const endings = newEndings();
  try {
    const bundle = await bundleSuite(files);
    endings.add(bundle.remove);
    const workspace = await copiedWorkspace();
    endings.add(workspace.remove);
    // Short, since a socket lies in it and macOS allows its path 103 characters.
    const userData = await mkdtemp(join(tmpdir(), 'anneal-'));
    endings.add(() => rm(userData, { recursive: true, force: true, maxRetries: 5 }));
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: bundle.entry,
      launchArgs: [
        ...[workspace.folder, '--user-data-dir', userData],
        ...['--disable-extensions', '--disable-workspace-trust'],
      ],
    });
    return true;
  } catch (error) {
    if (error instanceof TestRunFailedError) return false;
    throw error;
  } finally {
    await endings.run();
  }
}

async function download(version: string): Promise<string> {
  try {
    return await downloadAndUnzipVSCode({ version, cachePath: cacheFolder });
  } catch (error) {
    throw new Error(
      `VS Code ${version} could not be downloaded from update.code.visualstudio.com ` +
        `(${String(error)}). "npm test" tests in VS Code too, and needs the npm registry alone.`,
      { cause: error },
    );
  }
}
