import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, root } from './cache.ts';
import type { UserData } from './userData.ts';

const execute = promisify(execFile);
let packing: Promise<string> | undefined;

/** Packs the extension as `npm run package` does, once. @returns the path of the package. */
export function packedExtension(): Promise<string> {
  packing ??= pack();
  return packing;
}

async function pack(): Promise<string> {
  const target = join(cacheFolder, `anneal-${process.pid}.vsix`);
  process.on('exit', () => {
    rmSync(target, { force: true });
  });
  await execute(process.execPath, [join(root, 'scripts', 'package.mjs'), target]);
  return target;
}

/** Installs the package as a person does: VS Code's server unpacks it. */
export async function installPacked(server: string, userData: UserData): Promise<void> {
  await execute(process.execPath, [
    ...[server, '--accept-server-license-terms', '--install-extension', await packedExtension()],
    ...['--server-data-dir', userData.folder, '--extensions-dir', userData.extensions],
  ]);
}
