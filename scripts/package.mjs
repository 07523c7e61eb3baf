// npm run package [-- --target=PLATFORM] [FILE]: packs the extension into anneal-VERSION.vsix, or that
// file, and says what is in it. With a platform as VS Code names it (linux-x64, win32-arm64,
// darwin-arm64, ...) it carries WebGPU for that one; without, it is for all, and trains on GPUs by CUDA
// alone. Built in a folder of its own, so that dist/ stays what tests and people run.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { createVSIX } from '@vscode/vsce';
import { end, root, say } from './environment.mjs';

/** What people download beside natives; engines that are no JavaScript come later, where they are wanted. */
const largestPackage = 3_000_000;

const { target, file } = choices();
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const suffix = target === undefined ? '' : `-${target}`;
const packagePath = resolve(file ?? join(root, `${name}-${version}${suffix}.vsix`));
const dawn = target === undefined ? undefined : dawnFor(target);
const stage = mkdtempSync(join(tmpdir(), 'anneal-package-'));
process.on('exit', () => rmSync(stage, { recursive: true, force: true }));

say('Building');
const build = ['esbuild.mjs', '--minify', `--outdir=${join(stage, 'dist')}`];
const { status } = spawnSync(process.execPath, build, { cwd: root, stdio: ['ignore', 2, 2] });
if (status !== 0) end('The extension could not be built.');

// What .vscodeignore names, by its first folder; vsce leaves out the rest again.
const named = readFileSync(join(root, '.vscodeignore'), 'utf8').matchAll(/^!([^/\n]+)/gm);
for (const part of new Set([...named].map(([, first]) => first ?? ''))) {
  if (part !== 'dist') cpSync(join(root, part), join(stage, part), { recursive: true });
}
cpSync(join(root, '.vscodeignore'), join(stage, '.vscodeignore'));
// Where the engine looks for it: runner/engines/webgpu/native.ts.
if (dawn !== undefined) {
  const natives = join(stage, 'dist/native', `${target}`);
  cpSync(dawn, natives, { recursive: true });
  cpSync(join(root, 'node_modules/webgpu/LICENSE.md'), join(natives, 'LICENSE.md'));
}

say('Packing');
const options = { cwd: stage, dependencies: false, allowMissingRepository: true };
const platform = target === undefined ? {} : { target };
await createVSIX({ ...options, ...platform, packagePath, rewriteRelativeLinks: false });

const bytes = statSync(packagePath).size;
console.log(`${packagePath}: ${(bytes / 1e6).toFixed(2)} MB`);
if (bytes - packedSize(dawn) > largestPackage) {
  end(`Without natives the package may have ${largestPackage / 1e6} MB at the most.`);
}

/** What the command line says. */
function choices() {
  try {
    const { values, positionals } = parseArgs({
      options: { target: { type: 'string' } },
      allowPositionals: true,
    });
    return { target: values.target, file: positionals[0] };
  } catch (error) {
    end(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The folder of Dawn for a platform, with the libraries that it wants beside it.
 *
 * @param {string} platform
 */
function dawnFor(platform) {
  const all = join(root, 'node_modules/webgpu/dist');
  // One file serves both processors of macOS.
  const platforms = readdirSync(all).flatMap((one) =>
    one === 'darwin-universal' ? ['darwin-arm64', 'darwin-x64'] : [one],
  );
  if (!platforms.includes(platform)) {
    end(`There is no WebGPU for ${platform}: --target is one of ${platforms.join(', ')}.`);
  }
  return join(all, platform.replace(/^darwin-.*/, 'darwin-universal'));
}

/**
 * Bytes that the files of a folder take in a package.
 *
 * @param {string | undefined} folder
 */
function packedSize(folder) {
  const names = folder === undefined ? [] : readdirSync(folder);
  return names.reduce(
    (sum, one) => sum + deflateRawSync(readFileSync(join(`${folder}`, one))).length,
    0,
  );
}
