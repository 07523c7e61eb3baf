import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The repository's folder. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** What the harness downloads and leaves behind; git ignores it, and it can be deleted any time. */
export const cacheFolder = join(root, '.vscode-test');

/**
 * A folder of the cache, which is there complete or not at all: it is filled under another name and
 * then renamed.
 */
export async function cached(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await fill(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** What npm prints. Errors are one sentence with npm's reason. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  try {
    return (await execute('npm', [...args, ...quiet], { cwd, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { stderr = String(error) } = error as { readonly stderr?: string };
    const reason = stderr.split('\n').find((line) => line.startsWith('npm error')) ?? stderr;
    throw new Error(`"npm ${args.join(' ')}" failed: is the npm registry reachable? (${reason})`, {
      cause: error,
    });
  }
}

/** Unpacks the folder `part` of an npm package's tarball, such as `package/bin`, into a folder. */
export async function unpackPackage(name: string, part: string, folder: string): Promise<void> {
  await npm(['pack', name], folder);
  const [tarball = ''] = (await readdir(folder)).filter((file) => file.endsWith('.tgz'));
  const depth = part.split('/').length;
  await execute('tar', ['-xzf', tarball, `--strip-components=${depth}`, part], { cwd: folder });
  await rm(join(folder, tarball));
}
