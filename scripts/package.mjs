// npm run package [-- FILE]: packs the extension into anneal-VERSION.vsix, or that file, and says what
// is in it. Built in a folder of its own, so that dist/ stays what tests and people run.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { end, root, say } from './environment.mjs';

/** What people download; engines that are no JavaScript come later, where they are wanted. */
const largestPackage = 3_000_000;

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const target = resolve(process.argv[2] ?? join(root, `${name}-${version}.vsix`));
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

say('Packing');
const options = { cwd: stage, dependencies: false, allowMissingRepository: true };
await createVSIX({ ...options, packagePath: target, rewriteRelativeLinks: false });

const bytes = statSync(target).size;
console.log(`${target}: ${(bytes / 1e6).toFixed(2)} MB`);
if (bytes > largestPackage) end(`The package may have ${largestPackage / 1e6} MB at the most.`);
