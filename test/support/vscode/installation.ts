import { cached, npm, unpackPackage } from './cache.ts';
import { buildSpdlog } from './spdlog.ts';

/** From this version on, ripgrep's binary comes in npm packages, not by an install script. */
const ripgrep = '@vscode/ripgrep@1.18.0';

/**
 * The folder of VS Code's server from a release of npm's code-server, installed into the cache
 * where it is missing (20 s). Of its native modules, the file watcher and ripgrep come compiled;
 * terminals and the watchdog of orphaned extension hosts are left out, which VS Code bears.
 */
export function installServer(release: string): Promise<string> {
  return cached(`code-server-${release}`, async (folder) => {
    process.stderr.write(`Installing VS Code's server (code-server ${release}) into ${folder}\n`);
    await unpackPackage(`code-server@${release}`, 'package/lib/vscode', folder);
    await npm(['install', '--omit=dev', '--ignore-scripts', '--no-save', ripgrep], folder);
    await buildSpdlog(folder);
  });
}
